import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { undoOf, type MessagePart } from '../../shared/agent.ts';
import { turnId, type TurnId } from '../../shared/ids.ts';
import type { AgentEvent } from '../agent/types.ts';
import type { LiveSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

const FINISHED: AgentEvent = { type: 'finished', usage: {} };

/** Commands look through the folder before and after: on a busy machine that takes its time. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

function openFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-undoing-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The tool `command` does `act` in the folder, as an approved command would. */
function commandIn(folder: string, { tools, openUndo }: TestRegistry, act: () => void): void {
  tools.run = async ({ toolCallId, toolName }, signal, turn) => {
    const watch = await (await openUndo()).beforeCommand(turn.turnId, folder, signal);
    act();
    await watch.finish();
    return { type: 'tool-result', toolCallId, toolName, output: 'done', isError: false };
  };
}

async function runTurn(started: TestRegistry, session: LiveSession): Promise<TurnId> {
  const bridge = () => started.bridges.at(-1);
  const before = bridge()?.requests.length ?? 0;
  await started.registry.turns.send(session, 'go');
  bridge()?.say(
    { type: 'tool-call', call: { type: 'tool-call', toolCallId: 'a', toolName: 'command', input: {} } },
    FINISHED,
  );
  await until(() => expect(bridge()?.requests).toHaveLength(before + 2));
  bridge()?.answer('done');
  await until(() => expect(session.turn).toBeUndefined());
  return lastPart(started, session).turnId;
}

function lastPart({ registry }: TestRegistry, session: LiveSession): { part?: MessagePart; turnId: TurnId } {
  const message = registry.turns.messagesOf(session).at(-1);
  const part = message?.parts.at(-1);
  return { turnId: message?.turnId as TurnId, ...(part && { part }) };
}

/** A tab whose one turn changed a file, made another in a new folder and removed a third. */
async function openChanged() {
  const folder = openFolder();
  const path = (name: string) => join(folder, name);
  writeFileSync(path('changed'), 'one\n');
  writeFileSync(path('removed'), 'old');
  const started = await openRegistry();
  const session = await started.open();
  commandIn(folder, started, () => {
    writeFileSync(path('changed'), 'two\n');
    rmSync(path('removed'));
    mkdirSync(path('new'));
    writeFileSync(path('new/made'), 'made');
  });
  const id = await runTurn(started, session);
  return { started, session, folder, path, target: { turnId: id } };
}

it('says at the end of a turn how much it changed, also after a restart, and undoes and redoes it', async () => {
  const { started, session, path, target } = await openChanged();
  const { undoing } = started.registry;
  expect(lastPart(started, session).part).toEqual({ type: 'changes', files: 3, folders: 1 });
  const preview = await undoing.preview(session, target);
  expect(preview).toMatchObject({
    ok: true,
    value: {
      changes: [
        {
          path: path('changed'),
          change: 'changed',
          status: 'ready',
          kind: 'file',
          bytesNow: 4,
          bytesThen: 4,
        },
        { path: path('new'), change: 'created', kind: 'folder' },
        { path: path('new/made'), change: 'created', kind: 'file', bytesNow: 4 },
        { path: path('removed'), change: 'removed', kind: 'file', bytesThen: 3 },
      ],
      gaps: [],
    },
  });
  expect(await undoing.diff(session, { ...target, path: path('changed') })).toMatchObject({
    value: { type: 'lines', hunks: [{ lines: ['-two', '+one'] }] },
  });
  const again = await started.restart();
  const restored = live(again.registry, session.id);
  const undone = await again.registry.undoing.undo(restored, target);
  if (!undone.ok) throw new Error(undone.error.message);
  expect([
    readFileSync(path('changed'), 'utf8'),
    existsSync(path('new')),
    existsSync(path('removed')),
  ]).toEqual(['one\n', false, true]);
  expect(lastPart(again, restored).part).toMatchObject({
    type: 'undo',
    isRedo: false,
    count: 4,
    leftCount: 0,
  });
  const { undoId } = undoOf(undone.value) ?? {};
  await again.registry.undoing.undo(restored, { ...target, undoId });
  expect([readFileSync(path('changed'), 'utf8'), existsSync(path('removed'))]).toEqual(['two\n', false]);
  expect(lastPart(again, restored).part).toMatchObject({ type: 'undo', isRedo: true, count: 4 });
});

it('leaves what was changed since, until it is chosen, and says so', async () => {
  const { started, session, path, target } = await openChanged();
  const { undoing } = started.registry;
  writeFileSync(path('changed'), 'mine\n');
  expect(await undoing.preview(session, target)).toMatchObject({
    value: {
      changes: [{ path: path('changed'), status: 'conflict', reason: 'it was changed since' }, {}, {}, {}],
    },
  });
  await undoing.undo(session, target);
  expect(readFileSync(path('changed'), 'utf8')).toBe('mine\n');
  expect(lastPart(started, session).part).toMatchObject({
    count: 3,
    left: [{ path: path('changed'), reason: 'it was changed since' }],
  });
  expect(await undoing.undo(session, target)).toMatchObject({
    error: { code: 'nothing-to-undo', message: expect.stringContaining('choose what to restore') },
  });
  await undoing.undo(session, { ...target, restore: [path('changed')] });
  expect(readFileSync(path('changed'), 'utf8')).toBe('one\n');
  expect(await undoing.preview(session, target)).toMatchObject({ value: { changes: [] } });
  expect(await undoing.undo(session, target)).toMatchObject({ error: { code: 'nothing-to-undo' } });
});

it('tells the model what was undone with the next message, and answers no undoing', async () => {
  const { started, session, path, target } = await openChanged();
  await started.registry.undoing.undo(session, target);
  expect(await started.registry.turns.retry(session)).toMatchObject({ error: { code: 'nothing-to-retry' } });
  await started.registry.turns.send(session, 'and now?');
  const history = started.bridges.at(-1)?.requests.at(-1)?.history ?? [];
  expect(history.at(-2)?.parts).toMatchObject([
    { type: 'undo', paths: expect.arrayContaining([path('changed')]) },
  ]);
  started.bridges.at(-1)?.answer('done');
  await until(() => expect(session.turn).toBeUndefined());
});

it('refuses while a turn runs, and what is no turn of this tab', async () => {
  const { started, session, path, target } = await openChanged();
  const { undoing, turns } = started.registry;
  const other = await started.open();
  const unknown = { turnId: turnId.parse('01JD0000000000000000000001') };
  expect(await undoing.undo(other, target)).toMatchObject({ error: { code: 'turn-not-found' } });
  expect(await undoing.preview(session, unknown)).toMatchObject({ error: { code: 'turn-not-found' } });
  expect(await undoing.undo(session, { ...target, undoId: 'undo-of-another' })).toMatchObject({
    error: { code: 'turn-not-found' },
  });
  await turns.send(session, 'more');
  for (const refused of [await undoing.preview(session, target), await undoing.undo(session, target)])
    expect(refused).toMatchObject({ error: { code: 'turn-running' } });
  started.bridges.at(-1)?.answer('done');
  await until(() => expect(session.turn).toBeUndefined());
  expect(readFileSync(path('changed'), 'utf8')).toBe('two\n');
});

it.each(['clear', 'reset'] as const)('keeps nothing for undoing after %s, and ends rules', async (how) => {
  const { started, session, target } = await openChanged();
  const { registry } = started;
  const undo = await started.openUndo();
  await registry.undoing.undo(session, target);
  const { undoId = '' } = undoOf({ parts: [lastPart(started, session).part as MessagePart] }) ?? {};
  expect([await undo.preview(target.turnId), await undo.preview(undoId)].map(({ length }) => length)).toEqual(
    [4, 4],
  );
  await registry.clearing[how](session);
  expect([await undo.preview(target.turnId), await undo.preview(undoId)]).toEqual([[], []]);
  expect(started.endedRules).toEqual(how === 'clear' ? [] : [session.id]);
});

it('undoes in a tab that was closed and brought back, whose rules have ended', async () => {
  const { started, session, path, target } = await openChanged();
  const { registry } = started;
  await registry.close(session);
  registry.reopen(session.id);
  const reopened = live(registry, session.id);
  expect(await registry.undoing.undo(reopened, target)).toMatchObject({ ok: true });
  expect(readFileSync(path('changed'), 'utf8')).toBe('one\n');
  expect(started.endedRules).toEqual([session.id]);
});

it('leaves it to the source of a fork to undo', async () => {
  const { started, session, target } = await openChanged();
  await started.registry.undoing.undo(session, target);
  const fork = await started.registry.fork(session, undefined);
  if (!fork.ok) throw new Error(fork.error.message);
  const forked = live(started.registry, fork.value.id);
  const messages = started.registry.turns.messagesOf(forked);
  expect(messages.flatMap(({ parts }) => parts.map(({ type }) => type))).not.toContain('changes');
  expect(undoOf(messages.at(-1) ?? { parts: [] })).not.toHaveProperty('undoId');
  expect(await started.registry.undoing.undo(forked, target)).toMatchObject({
    error: { code: 'turn-not-found' },
  });
  await started.registry.close(forked);
  expect(await (await started.openUndo()).preview(target.turnId)).toHaveLength(4);
});

it('finds out after a crash what the turn that it cut off had changed', async () => {
  const { started, session } = await openChanged();
  const rows = started.archive.messages(session.id);
  const again = await started.restart();
  for (const row of rows.filter(({ role }) => role === 'assistant')) {
    const parts = row.parts.filter(({ type }) => type !== 'changes');
    again.archive.saveMessage({ ...row, parts, status: 'interrupted' });
  }
  const restored = live(again.registry, session.id);
  again.registry.turns.messagesOf(restored);
  await until(() =>
    expect(lastPart(again, restored).part).toEqual({ type: 'changes', files: 3, folders: 1 }),
  );
});
