import { expect, it } from 'vitest';
import type { Message } from '../../../../shared/agent.ts';
import { endsWithPlan } from './ends-with-plan.ts';

const answer = (text: string, changes: Partial<Message> = {}) =>
  ({
    role: 'assistant',
    status: 'complete',
    mode: 'plan',
    parts: [{ type: 'text', text }],
    ...changes,
  }) as Message;

it.each([
  ['Aim.\n\n1. Look.\n2. Mend.\n\nShall I?', true],
  ['Move the file, then run the tests.', true],
  ['Before I plan:\n\n1. Which database?\n2. Which port?', false],
  ['Which database?', false],
  ['', false],
])('sees whether %j is a plan', (text, expected) => {
  expect(endsWithPlan(answer(text))).toBe(expected);
});

it('takes whole answers in plan mode only', () => {
  for (const changes of [{ mode: 'code' }, { status: 'interrupted' }, { role: 'user' }] as const)
    expect(endsWithPlan(answer('1. Look.', changes))).toBe(false);
});
