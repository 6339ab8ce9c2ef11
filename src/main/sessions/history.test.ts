import { expect, it } from 'vitest';
import type { Message } from '../../shared/agent.ts';
import { turnId } from '../../shared/ids.ts';
import { historyForTurn } from './history.ts';

const first = turnId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAA');
const second = turnId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAB');

function row(id: string, turn: typeof first, role: Message['role']): Message {
  return { id, turnId: turn, role } as unknown as Message;
}

it("keeps each turn's last answer, and none of the turn that runs", () => {
  const messages = [
    row('question', first, 'user'),
    row('cut off', first, 'assistant'),
    row('retried', first, 'assistant'),
    row('next question', second, 'user'),
    row('failed', second, 'assistant'),
  ];
  expect(historyForTurn(messages, second).map(({ id }) => id)).toEqual([
    'question',
    'retried',
    'next question',
  ]);
});
