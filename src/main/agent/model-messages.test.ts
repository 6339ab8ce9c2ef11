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

  const call = (toolCallId: string) =>
    ({ type: 'tool-call', toolCallId, toolName: 'list_files', input: { path: '.' } }) as const;
  const result = (toolCallId: string, output = 'a.txt') =>
    ({ type: 'tool-result', toolCallId, toolName: 'list_files', output, isError: false }) as const;
  const toolHistory = (...parts: Message['parts']) => [
    user('a'),
    assistant('', { parts, model: 'other/one' }),
  ];
  const told = (toolCallId: string, value = 'a.txt', type = 'text') => ({
    type: 'tool-result',
    toolCallId,
    toolName: 'list_files',
    output: { type, value },
  });
  const withTools = { kind: 'anthropic', reference: 'work/one', tools: new Set(['list_files']) } as const;

  it('pairs each call with its result, and steps with steps', () => {
    const history = toolHistory(
      call('one'),
      call('two'),
      result('two'),
      result('one'),
      call('three'),
      result('three'),
      {
        type: 'text',
        text: 'Done.',
      },
    );
    expect(toModelMessages(history, withTools)).toEqual([
      asked('a'),
      { role: 'assistant', content: [call('one'), call('two')] },
      { role: 'tool', content: [told('one'), told('two')] },
      { role: 'assistant', content: [call('three')] },
      { role: 'tool', content: [told('three')] },
      said('Done.'),
    ]);
  });

  it('gives a call that was broken off a result, and leaves a result without its call out', () => {
    const messages = toModelMessages([...toolHistory(call('one'), result('lost')), user('b')], withTools);
    expect(messages).toEqual([
      asked('a'),
      { role: 'assistant', content: [call('one')] },
      {
        role: 'tool',
        content: [told('one', 'There is no result: it was broken off before it ended.', 'error-text')],
      },
      asked('b'),
    ]);
  });

  it('tells calls of tools that the request does not declare in words', () => {
    const [, answer] = toModelMessages(toolHistory(call('one'), result('one')), {
      ...withTools,
      tools: new Set(),
    });
    expect(answer).toEqual(said('[The tool list_files was used with {"path":"."}. It answered:]\na.txt'));
  });

  it("tells another model's calls to Google in words, because it wants a signature of its own with each", () => {
    const recipient = { ...withTools, kind: 'google' } as const;
    expect(toModelMessages(toolHistory(call('one'), result('one')), recipient)).toHaveLength(2);
    expect(
      toModelMessages(toolHistory(call('one'), result('one')), { ...recipient, reference: 'other/one' }),
    ).toHaveLength(3);
  });

  it.each([
    ['mistral', /^[a-zA-Z0-9]{9}$/],
    ['openai', /^[\w-]{1,64}$/],
  ] as const)('gives %s ids that it takes, the same in call and result', (kind, wanted) => {
    const id = `call:${'x'.repeat(80)}`;
    const messages = toModelMessages(toolHistory(call(id), result(id)), { ...withTools, kind });
    const ids = messages
      .slice(1)
      .flatMap(({ content }) => (content as { toolCallId: string }[]).map((part) => part.toolCallId));
    expect(ids).toEqual([expect.stringMatching(wanted), ids[0]]);
  });

  it('shows images to a model with eyes, and tells one without that they were there', () => {
    const image = { type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' } as const;
    const history = [messageOf('user', '', { parts: [{ type: 'text', text: 'What is it?' }, image] })];
    expect(toModelMessages(history, withTools)).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
        ],
      },
    ]);
    expect(toModelMessages(history, { ...withTools, seesImages: false })).toEqual([
      asked('What is it?\n\n[An image (image/png) was here, which this model cannot see.]'),
    ]);
  });

  it('tells what was attached before the words', () => {
    const file = { type: 'attachment', kind: 'file', name: 'a "b".ts', text: 'let a;', marks: [] } as const;
    const command = {
      ...file,
      kind: 'command',
      name: 'make',
      text: 'Error',
      cwd: '/work',
      exitCode: 2,
    } as const;
    const parts: Message['parts'] = [
      { ...file, marks: [] },
      { ...command, marks: [] },
      { type: 'text', text: 'Why?' },
    ];
    expect(toModelMessages([messageOf('user', '', { parts })], withTools)).toEqual([
      asked(
        [
          '<file path="a \\"b\\".ts">\nlet a;\n</file>',
          '<command line="make" folder="/work" outcome="exit code 2">\nError\n</command>',
          'Why?',
        ].join('\n\n'),
      ),
    ]);
  });

  it('keeps reasoning from a provider that changed its kind', () => {
    const messages = toModelMessages([user('a'), thoughtful()], { kind: 'openai', reference: 'work/one' });
    expect(messages).toEqual([asked('a'), said('Yes.')]);
  });
});
