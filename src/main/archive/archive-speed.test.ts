import { expect, it } from 'vitest';
import { openedUntilTheEnd, sampleMessage, sampleSession } from './testing/archive-samples.ts';

function medianMs(times: number, work: () => void): number {
  const durations = Array.from({ length: times }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return durations.sort((left, right) => left - right)[Math.floor(times / 2)] ?? Infinity;
}

it('reads 50 open sessions without reading their messages or screens', () => {
  const archive = openedUntilTheEnd();
  const text = 'x'.repeat(400_000);
  for (let position = 0; position < 50; position += 1) {
    const session = sampleSession({ position });
    archive.insertSession(session);
    archive.saveScrollback(session.id, { text, savedAt: 1 });
    archive.saveMessage(sampleMessage(session.id, { parts: [{ type: 'text', text }] }));
  }
  const sessionsMs = medianMs(9, () => expect(archive.openSessions().sessions).toHaveLength(50));
  // 40 MB lie beside them; reading those takes tens of times as long.
  expect(sessionsMs).toBeLessThan(25);
});

it('saves a streaming message of 64 kB four times a second at little cost', () => {
  const archive = openedUntilTheEnd();
  const session = sampleSession();
  archive.insertSession(session);
  const message = sampleMessage(session.id, { status: 'streaming' });
  let characters = 0;
  const saveMs = medianMs(40, () => {
    characters += 1_600;
    archive.saveMessage({ ...message, parts: [{ type: 'text', text: 'x'.repeat(characters) }] });
  });
  // At most a fifth of the time on a slow and busy disk; a quick one takes 0.3 ms a save.
  expect(4 * saveMs).toBeLessThan(200);
});
