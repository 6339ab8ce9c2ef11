import { expect, it } from 'vitest';
import { allKinds, ask, bridgeTo, messageOf, requestOf } from './testing/ask.ts';
import { look } from './testing/play-turn.ts';
import { serve } from './testing/serve.ts';
import { answerWhole } from './testing/wire.ts';

type Turn = { readonly role?: string; readonly type?: string };

/** Who speaks, in the order of the request; what the protocol calls them is told apart no further than that. */
function speakers(body: string): string[] {
  const { messages, input, contents } = JSON.parse(body) as Record<string, readonly Turn[] | undefined>;
  return (messages ?? input ?? contents ?? [])
    .map(({ role, type }) => role ?? type ?? '')
    .filter((speaker) => speaker !== 'system' && speaker !== 'developer');
}

const RESPONSES = ['user', 'function_call', 'function_call_output', 'user'];
const BLOCKS = ['user', 'assistant', 'user'];
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  anthropic: BLOCKS,
  bedrock: BLOCKS,
  openai: RESPONSES,
  azure: RESPONSES,
  xai: RESPONSES,
  google: ['user', 'model', 'user', 'user'],
  vertex: ['user', 'model', 'user', 'user'],
  mistral: ['user', 'assistant', 'tool', 'assistant', 'user'],
};

it.each(allKinds)('puts a message between two steps where %s accepts one', async (kind) => {
  const { url, bodies } = await serve((_, response) => answerWhole(kind, response));
  const call = { toolCallId: 'call_one1', toolName: 'look' };
  const history = [
    messageOf('user', 'Look at it.'),
    messageOf('assistant', '', {
      parts: [
        { type: 'tool-call', ...call, input: { path: 'a.txt' } },
        { type: 'tool-result', ...call, output: 'Seen.', isError: false },
      ],
    }),
    messageOf('user', 'The other one!'),
  ];
  const events = await ask(await bridgeTo(kind, url), requestOf('', { history, tools: [look] }));
  expect(events.at(-1)).toMatchObject({ type: 'finished' });
  const [body = ''] = bodies;
  expect(body.indexOf('Seen.')).toBeGreaterThan(0);
  expect(body.indexOf('The other one!')).toBeGreaterThan(body.indexOf('Seen.'));
  expect(speakers(body)).toEqual(EXPECTED[kind] ?? ['user', 'assistant', 'tool', 'user']);
});
