import { expect, it } from 'vitest';
import type { Message } from '../../../shared/agent.ts';
import { finishedParts } from './announcements.ts';

const result = {
  type: 'tool-result',
  toolCallId: '1',
  toolName: 'run_command',
  output: '',
  isError: true,
} as const;
const parts: Message['parts'] = [
  { type: 'reasoning', text: 'Hm.' },
  { type: 'text', text: 'I look.' },
  result,
];
const message = (changes: Partial<Message>) => ({ role: 'assistant', parts, ...changes }) as Message;

it('says the parts of an answer that are whole', () => {
  expect(finishedParts(message({ status: 'streaming' }))).toEqual(['', 'I look.']);
  expect(finishedParts(message({ status: 'complete' }))).toEqual(['', 'I look.', 'run_command failed']);
});

it('says nothing of what the person wrote', () => {
  expect(finishedParts(message({ role: 'user', status: 'complete' }))).toEqual([]);
});
