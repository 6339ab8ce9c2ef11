import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/agent.ts';
import { toModelMessages } from './model-messages.ts';
import { messageOf } from './testing/ask.ts';

const user = (text: string) => messageOf('user', text);
const assistant = (text: string, rest?: Partial<Message>) => messageOf('assistant', text, rest);
const said = (text: string) => ({ role: 'assistant', content: [{ type: 'text', text }] });
const asked = (content: string) => ({ role: 'user', content });

const metadata = { kind: 'anthropic', data: { anthropic: { signature: 's' } } };
const thoughtful = (rest?: Partial<Message>) =>
  assistant('', {
    parts: [
      { type: 'reasoning', text: 'Hm.', metadata },
      { type: 'text', text: 'Yes.' },
    ],
    ...rest,
  });
const withReasoning = {
  role: 'assistant',
  content: [
    { type: 'reasoning', text: 'Hm.', providerOptions: metadata.data },
    { type: 'text', text: 'Yes.' },
  ],
};

describe('the history for a model', () => {
  it.each<[string, Message[], object[]]>([
    ['takes turns as they are', [user('a'), assistant('b'), user('c')], [asked('a'), said('b'), asked('c')]],
    [
      'keeps what an interrupted answer said',
      [user('a'), assistant('b', { status: 'interrupted' })],
      [asked('a'), said('b')],
    ],
    ['leaves an answer without a word out', [user('a'), assistant(' \n'), user('b')], [asked('a\n\nb')]],
    ['begins with the user', [assistant('a'), user('b')], [asked('b')]],
    [
      'joins answers that follow each other',
      [user('a'), assistant('b'), assistant('c')],
      [asked('a'), { role: 'assistant', content: [...said('b').content, ...said('c').content] }],
    ],
    ['gives reasoning back to its maker', [user('a'), thoughtful()], [asked('a'), withReasoning]],
    [
      'keeps reasoning from another model',
      [user('a'), thoughtful({ model: 'work/two' })],
      [asked('a'), said('Yes.')],
    ],
    [
      'leaves reasoning without an answer out',
      [user('a'), thoughtful({ parts: thoughtful().parts.slice(0, 1) })],
      [asked('a')],
    ],
  ])('%s', (_, history, expected) => {
    expect(toModelMessages(history, { kind: 'anthropic', reference: 'work/one' })).toEqual(expected);
  });

  it('keeps reasoning from a provider that changed its kind', () => {
    const messages = toModelMessages([user('a'), thoughtful()], { kind: 'openai', reference: 'work/one' });
    expect(messages).toEqual([asked('a'), said('Yes.')]);
  });
});
