import { expect, it } from 'vitest';
import type { Message, MessagePart } from '../../shared/agent.ts';
import { turnId } from '../../shared/ids.ts';
import { hasOpenCalls, historyBefore } from './history.ts';

const first = turnId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAA');
const second = turnId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAB');

const TEXT: MessagePart = { type: 'text', text: 'words' };
const CALL: MessagePart = { type: 'tool-call', toolCallId: 'a', toolName: 'look', input: {} };
const RESULT: MessagePart = {
  type: 'tool-result',
  toolCallId: 'a',
  toolName: 'look',
  output: 'seen',
  isError: false,
};

type Row = [
  id: string,
  turn: typeof first,
  role: Message['role'],
  status?: Message['status'],
  parts?: MessagePart[],
];

function rows(...rows: Row[]): Message[] {
  return rows.map(([id, turn, role, status = 'complete', parts = [TEXT]], index) => {
    const row = { id, turnId: turn, role, status, parts, sequence: index + 1 };
    return row as unknown as Message;
  });
}

function told(messages: Message[]): [string, number][] {
  const answer = messages.at(-1);
  if (!answer) throw new Error('There is an answer');
  return historyBefore(messages, answer).map(({ id, parts }) => [id, parts.length]);
}

it("keeps each turn's last answer, and none of the turn that runs", () => {
  const messages = rows(
    ['question', first, 'user'],
    ['cut off', first, 'assistant', 'interrupted'],
    ['retried', first, 'assistant'],
    ['next question', second, 'user'],
    ['failed', second, 'assistant', 'failed'],
    ['running', second, 'assistant', 'streaming', []],
  );
  expect(told(messages).map(([id]) => id)).toEqual(['question', 'retried', 'next question']);
});

it('keeps what tools did in an answer that was broken off, and not what came after it', () => {
  const messages = rows(
    ['question', first, 'user'],
    ['broken', first, 'assistant', 'failed', [TEXT, CALL, RESULT, TEXT]],
    ['running', first, 'assistant', 'streaming', []],
  );
  expect(told(messages)).toEqual([
    ['question', 1],
    ['broken', 3],
  ]);
});

it('keeps both parts of an answer that the person spoke into', () => {
  const messages = rows(
    ['question', first, 'user'],
    ['before', first, 'assistant', 'complete', [CALL, RESULT]],
    ['steering', first, 'user'],
    ['after', first, 'assistant', 'complete', [TEXT]],
    ['next', second, 'user'],
    ['running', second, 'assistant', 'streaming', []],
  );
  expect(told(messages).map(([id]) => id)).toEqual(['question', 'before', 'steering', 'after', 'next']);
});

it('knows calls that wait for their result', () => {
  const [open, ended] = rows(
    ['open', first, 'assistant', 'interrupted', [TEXT, CALL]],
    ['ended', first, 'assistant', 'interrupted', [TEXT, CALL, RESULT]],
  );
  expect([open, ended].map((message) => message && hasOpenCalls(message))).toEqual([true, false]);
});
