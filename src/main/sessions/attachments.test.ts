import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { AttachmentSource } from '../../shared/attachments.ts';
import { activePane, describeSession, type LiveSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64');
const image: AttachmentSource = { type: 'image', name: 'shot.png', data: PNG };

function openFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-attached-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function openIn(opened: TestRegistry, folder: string): Promise<LiveSession> {
  const session = await opened.registry.open(folder);
  if (!session.ok) throw new Error(session.error.message);
  return live(opened.registry, session.value.id);
}

const attached = (session: LiveSession) =>
  describeSession(session).attachments.map(({ name, detail }) => [name, detail]);

it('sends what was added before the words, files as they are then, and keeps them with the message', async () => {
  const opened = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const { registry, bridges, archive } = opened;
  const folder = openFolder({ 'a.ts': 'before\n', 'gone.ts': 'was here' });
  const session = await openIn(opened, folder);
  const { attachments } = registry.turns;
  for (const path of ['a.ts', 'gone.ts']) await attachments.add(session, { type: 'path', path });
  await attachments.add(session, image);
  expect(attached(session)).toEqual([
    ['a.ts', '1 line'],
    ['gone.ts', '1 line'],
    ['shot.png', 'PNG, 1 kB'],
  ]);
  writeFileSync(join(folder, 'a.ts'), 'after\n');
  rmSync(join(folder, 'gone.ts'));
  const ids = describeSession(session).attachments.map(({ id }) => id);
  await registry.turns.send(session, 'What is it?', ids);
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(1));
  const parts = bridges[0]?.requests[0]?.history.at(-1)?.parts;
  expect(parts).toMatchObject([
    { type: 'attachment', name: 'a.ts', text: 'after\n' },
    { type: 'attachment', name: 'gone.ts', text: 'was here' },
    { type: 'image', mediaType: 'image/png', data: PNG },
    { type: 'text', text: 'What is it?' },
  ]);
  expect(attached(session)).toEqual([]);
  expect(archive.messages(session.id)[0]?.parts).toEqual(parts);
  expect(Object.keys(archive.config(session.id))).not.toContainEqual(expect.stringMatching(/^attachment:/));
});

it('keeps what was added over a restart, in its own tab alone', async () => {
  const first = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const session = await openIn(first, openFolder({ 'a.ts': 'a' }));
  const other = await openIn(first, openFolder());
  await first.registry.turns.attachments.add(session, { type: 'path', path: 'a.ts' });
  await first.registry.turns.attachments.add(session, image);
  const second = await first.restart();
  const restored = live(second.registry, session.id);
  expect(attached(restored)).toEqual([
    ['a.ts', '1 line'],
    ['shot.png', 'PNG, 1 kB'],
  ]);
  expect(attached(live(second.registry, other.id))).toEqual([]);
  const fork = await second.registry.fork(restored, undefined);
  expect(fork).toMatchObject({ value: { attachments: [] } });
  await second.registry.clearing.reset(restored);
  expect(attached(restored)).toHaveLength(2);
  const [one] = describeSession(restored).attachments;
  if (one) second.registry.turns.attachments.remove(restored, one.id);
  expect(attached(restored)).toEqual([['shot.png', 'PNG, 1 kB']]);
});

it('waits with its message in the queue, and goes when that is removed', async () => {
  const opened = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const { registry, bridges, archive } = opened;
  const session = await openIn(opened, openFolder({ 'a.ts': 'a' }));
  const add = async () => {
    const added = await registry.turns.attachments.add(session, { type: 'path', path: 'a.ts' });
    return added.ok ? [added.value.id] : [];
  };
  await registry.turns.send(session, 'running');
  await registry.turns.send(session, 'removed', await add());
  await registry.turns.send(session, 'kept', await add());
  expect(attached(session)).toEqual([]);
  expect(describeSession(session).queue.map(({ attachments }) => attachments?.[0]?.name)).toEqual([
    'a.ts',
    'a.ts',
  ]);
  const [removed] = session.queue;
  if (removed) await registry.turns.queue.remove(session, removed.id);
  expect(session.attachments).toHaveLength(1);
  bridges[0]?.answer('done');
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(2));
  expect(bridges[0]?.requests[1]?.history.at(-1)?.parts).toMatchObject([{ name: 'a.ts' }, { text: 'kept' }]);
  expect(Object.keys(archive.config(session.id))).not.toContainEqual(expect.stringMatching(/^attachment:/));
});

it('refuses images for a model that cannot see, at once and after a switch, and names one that can', async () => {
  const opened = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const { registry } = opened;
  const session = await openIn(opened, openFolder());
  await registry.turns.attachments.add(session, image);
  await registry.switching.setModel(session, 'paid/blind', 'tab');
  const message = expect.stringMatching(/^blind cannot see images\. Models that can: one\/seeing\./);
  const refusal = { ok: false, error: { code: 'attachment-refused', message } };
  expect(await registry.turns.attachments.add(session, image)).toEqual(refusal);
  const ids = describeSession(session).attachments.map(({ id }) => id);
  expect(await registry.turns.send(session, 'Look', ids)).toEqual(refusal);
  expect(attached(session)).toHaveLength(1);
  expect(registry.turns.messagesOf(session)).toEqual([]);
});

it('takes the last commands by their text, and one of them with its output', async () => {
  const opened = await openRegistry();
  const { registry, ptys } = opened;
  const session = await openIn(opened, openFolder());
  const pane = activePane(session);
  const pty = ptys.at(-1);
  if (!pty) throw new Error('The tab has a shell');
  pty.blocks = ['ls', 'npm test', 'make'].map((commandLine, index) => ({
    id: index + 1,
    commandLine,
    cwd: '/work',
    isRunning: false,
    exitCode: index,
    output: `output of ${commandLine}`,
  }));
  const { attachments } = registry.turns;
  const lines = async (query: string) => {
    const found = await attachments.find(session, query);
    return found.ok
      ? found.value.mentions.map((mention) => 'commandLine' in mention && mention.commandLine)
      : [];
  };
  expect(await lines('')).toEqual(['make', 'npm test', 'ls']);
  expect(await lines('block')).toEqual(['make', 'npm test', 'ls']);
  expect(await lines('test')).toEqual(['npm test']);
  await attachments.add(session, { type: 'block', paneId: pane.id, blockId: 2 });
  expect(attached(session)).toEqual([['npm test', 'exit 1']]);
  expect(session.attachments[0]?.part).toMatchObject({ text: 'output of npm test', cwd: '/work' });
  expect(await attachments.add(session, { type: 'block', paneId: pane.id, blockId: 9 })).toMatchObject({
    error: { message: 'This command is not in the terminal any more.' },
  });
});

it('takes no more than a message may have', async () => {
  const opened = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const session = await openIn(opened, openFolder({ 'a.ts': 'a' }));
  const { attachments } = opened.registry.turns;
  for (let count = 0; count < 20; count++) await attachments.add(session, { type: 'path', path: 'a.ts' });
  expect(await attachments.add(session, { type: 'path', path: 'a.ts' })).toMatchObject({
    error: { message: 'A message takes 20 attachments at most.' },
  });
});
