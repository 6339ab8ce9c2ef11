import { expect, it } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { ask, bridgeTo, messageOf, requestOf } from './testing/ask.ts';
import { look } from './testing/play-turn.ts';
import { serve } from './testing/serve.ts';
import { answerWhole } from './testing/wire.ts';

type Sent = {
  readonly system: readonly { readonly cache_control?: unknown }[];
  readonly tools: readonly { readonly cache_control?: unknown }[];
  readonly messages: readonly { readonly content: readonly { readonly cache_control?: unknown }[] }[];
};

const history = [
  messageOf('user', 'First'),
  messageOf('assistant', 'One'),
  messageOf('user', 'Second'),
  messageOf('assistant', 'Two'),
  messageOf('user', 'Third'),
];

async function bodyOf(kind: ProviderKind, reference: `work/${string}`): Promise<string> {
  const { url, bodies } = await serve((_, response) => answerWhole(kind, response));
  await ask(await bridgeTo(kind, url, { reference }), requestOf('', { history, tools: [look] }));
  return bodies[0] ?? '';
}

it('asks Anthropic to keep tools and prompt, and the history up to its end', async () => {
  const { system, tools, messages } = JSON.parse(await bodyOf('anthropic', 'work/one')) as Sent;
  const ephemeral = { type: 'ephemeral' };
  expect(system).toMatchObject([{ cache_control: ephemeral }]);
  expect(tools).toHaveLength(1);
  expect(messages.map(({ content }) => content.at(-1)?.cache_control)).toEqual([
    undefined,
    undefined,
    ephemeral,
    undefined,
    ephemeral,
  ]);
});

it.each([
  ['openrouter', 'work/anthropic/claude-sonnet-latest', 'cache_control', 3],
  ['bedrock', 'work/global.anthropic.claude-opus-5-5', 'cachePoint', 3],
  ['openrouter', 'work/openai/gpt-6-luna', 'cache_control', 0],
  ['bedrock', 'work/amazon.nova', 'cachePoint', 0],
  ['openai', 'work/one', 'cache_control', 0],
] as const)('asks %s for %s with %s %i times', async (kind, reference, word, count) => {
  expect((await bodyOf(kind, reference)).split(word)).toHaveLength(count + 1);
});
