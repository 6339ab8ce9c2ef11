import { expect, it } from 'vitest';
import type { Message } from './agent.ts';
import { hasGapBefore, withDelta } from './turn-delta.ts';

const message = { parts: [{ type: 'text', text: 'Hello' }] } as unknown as Message;

it.each([
  ['adds what follows', { part: 0, offset: 5, text: ', you' }, ['Hello, you']],
  ['adds what is missing of an overlap', { part: 0, offset: 3, text: 'lo!' }, ['Hello!']],
  ['ignores what it has', { part: 0, offset: 0, text: 'Hello' }, ['Hello']],
  ['begins the next part', { part: 1, offset: 0, text: 'New' }, ['Hello', 'New']],
  ['guesses nothing after a gap', { part: 0, offset: 9, text: 'late' }, ['Hello']],
  ['guesses no part between', { part: 2, offset: 0, text: 'late' }, ['Hello']],
])('%s', (_, delta, texts) => {
  const changed = withDelta(message, { kind: 'text', ...delta });
  expect(changed.parts.map((part) => 'text' in part && part.text)).toEqual(texts);
});

it('knows a gap', () => {
  const delta = { part: 0, kind: 'text', text: 'x' } as const;
  expect([
    hasGapBefore(message, { ...delta, offset: 6 }),
    hasGapBefore(message, { ...delta, offset: 5 }),
  ]).toEqual([true, false]);
});
