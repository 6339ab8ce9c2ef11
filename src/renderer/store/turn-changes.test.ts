import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { Message, MessagePart, UndoPart } from '../../shared/agent.ts';
import type { SessionId } from '../../shared/ids.ts';
import { sampleMessage } from './testing/samples.ts';
import { changedInWords, isUndoable, turnChanges } from './turn-changes.ts';

const changed = (files: number, folders = 0): MessagePart => ({ type: 'changes', files, folders });
const undone = (more: Partial<UndoPart> = {}): UndoPart => ({
  type: 'undo',
  undoId: 'undo-1',
  isRedo: false,
  count: 1,
  paths: ['/a'],
  left: [],
  leftCount: 0,
  ...more,
});

const session = ulid() as SessionId;
const [one, two] = [sampleMessage(session), sampleMessage(session)];
function saying({ turnId }: Message, role: Message['role'], ...parts: MessagePart[]): Message {
  return { ...sampleMessage(session), turnId, role, parts };
}

it('tells of each turn what it changed in all, after its last message, and what became of it', () => {
  const messages = [
    saying(one, 'user', { type: 'text', text: 'go' }),
    saying(one, 'assistant', changed(1)),
    saying(one, 'assistant', { type: 'text', text: 'again' }, changed(2)),
    saying(two, 'user', { type: 'text', text: 'only look' }),
    saying(two, 'assistant', { type: 'text', text: 'done' }),
    saying(one, 'user', undone()),
  ];
  expect(turnChanges(messages)).toEqual([
    {
      turnId: one.turnId,
      files: 2,
      folders: 0,
      after: messages[2]?.id,
      undone: { ...undone(), messageId: messages[5]?.id },
    },
  ]);
});

it('can undo what was not undone whole, and what was redone', () => {
  const before = [saying(one, 'assistant', changed(1))];
  const after = (part: UndoPart) => turnChanges([...before, saying(one, 'user', part)]).map(isUndoable);
  expect([
    turnChanges(before).map(isUndoable),
    after(undone()),
    after(undone({ leftCount: 1 })),
    after(undone({ isRedo: true })),
  ]).toEqual([[true], [false], [true], [true]]);
});

it('counts files, and folders where there are no files', () => {
  const words = (files: number, folders: number) =>
    turnChanges([saying(one, 'assistant', changed(files, folders))]).map(changedInWords);
  expect([words(1, 0), words(2, 5), words(0, 1)].flat()).toEqual([
    '1 file changed',
    '2 files changed',
    '1 folder changed',
  ]);
});
