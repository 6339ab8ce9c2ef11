import { describe, expect, it } from 'vitest';
import { textOf } from '../../shared/agent.ts';
import { allKinds, bridgeTo } from './testing/ask.ts';
import { faults } from './testing/faults.ts';
import { look, playTurn } from './testing/play-turn.ts';
import { serve } from './testing/serve.ts';

const ONE_RETRY = { steps: 4, retries: 1 };

describe.each(allKinds)('%s', (kind) => {
  const ofKind = faults.filter(({ kinds = allKinds }) => kinds.includes(kind));

  it.each(ofKind)('tells that it $does', async (fault) => {
    const { code, says, details = /^/, keeps = '', waits, idleTimeoutMs = 10_000 } = fault;
    const { url } = await serve((request, response) => void fault.answer(kind, response, request));
    const bridge = await bridgeTo(kind, url, { idleTimeoutMs });
    const { outcome, calls, waitsMs, lastSaved } = await playTurn(bridge, { tools: [look] }, ONE_RETRY);
    expect(outcome).toMatchObject({ status: 'failed', error: { code } });
    const { error } = outcome.message;
    expect(error?.message).toMatch(says);
    expect(error?.message).toMatch(/\b([Tt]ry again|[Cc]heck|[Cc]hoose|Say)\b/);
    expect(error?.message.length).toBeLessThan(700);
    expect(error?.details ?? '').toMatch(details);
    expect(calls).toEqual([]);
    expect(textOf(outcome.message)).toBe(keeps);
    expect(outcome.message).toEqual(lastSaved);
    expect(waitsMs).toEqual(waits === undefined ? [] : [waits * 1000]);
  });
});
