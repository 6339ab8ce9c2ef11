import { LLMock } from '@copilotkit/aimock';
import { stepCountIs, streamText, tool, type LanguageModel } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { providerKind, type ProviderKind } from '../../shared/models.ts';
import { createModels } from './create-models.ts';
import { modelsOptions, settingsWith } from './testing/settings-with.ts';

const USAGE = {
  prompt_tokens: 11,
  completion_tokens: 7,
  input_tokens: 11,
  output_tokens: 7,
  promptTokenCount: 11,
  candidatesTokenCount: 7,
};
const callOf = (city: string) => ({ name: 'weather', arguments: JSON.stringify({ city }) });

const provider = new LLMock({ host: '127.0.0.1', port: 0 });
beforeAll(async () => {
  provider.on({ userMessage: 'Rome', hasToolResult: true }, { content: 'It rains in Rome.', usage: USAGE });
  provider.on({ userMessage: 'Rome', hasToolResult: false }, { toolCalls: [callOf('Rome')], usage: USAGE });
  // Gemini ends a call as it ends an answer.
  provider.on({ userMessage: 'Oslo', hasToolResult: true }, { content: 'It rains in Oslo.', usage: USAGE });
  provider.on(
    { userMessage: 'Oslo', hasToolResult: false },
    { toolCalls: [callOf('Oslo')], usage: USAGE, finishReason: 'stop' },
  );
  provider.onMessage('Hello', { content: 'Good morning.', usage: USAGE });
  provider.onMessage('Fail', { status: 500, error: { message: 'Out of breath', type: 'api_error' } });
  await provider.start();
});
afterAll(() => provider.stop());

/** Where aimock speaks the kind's protocol. */
function addressOf(kind: ProviderKind): string {
  return kind === 'vertex' ? `${provider.url}/v1/projects/p/locations/l/publishers/google` : provider.url;
}

/** aimock adds reasoning to its answers where it is asked for, and not in the form of xAI's. */
const askNoReasoning: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { include: _, ...body } = (await request.json()) as { include?: unknown };
  return fetch(input, { ...init, body: JSON.stringify(body) });
};

async function modelOf(kind: ProviderKind): Promise<LanguageModel> {
  const settings = settingsWith({ work: { kind, baseUrl: addressOf(kind), apiKey: 'test-key-0123456789' } });
  const models = createModels({
    ...modelsOptions(),
    settings: () => settings,
    ...(kind === 'xai' && { fetch: askNoReasoning }),
  });
  const resolved = await models.resolve('work/one');
  if (!resolved.ok || resolved.value.type !== 'language-model') throw new Error(JSON.stringify(resolved));
  return resolved.value.model;
}

// aimock does not count as these do; agent/native-bridge-faults.test.ts looks at their own counts.
const UNCOUNTED: ReadonlySet<ProviderKind> = new Set(['ollama', 'groq', 'mistral']);

describe.each(providerKind.options)('%s', (kind) => {
  const usage = UNCOUNTED.has(kind) ? {} : { inputTokens: 11, outputTokens: 7 };

  it('streams text and tells the usage', async () => {
    const answer = streamText({ model: await modelOf(kind), prompt: 'Hello' });
    expect(await answer.text).toBe('Good morning.');
    expect(await answer.usage).toMatchObject(usage);
  });

  it('calls a tool and goes on with what it answered', async () => {
    const city = kind === 'google' || kind === 'vertex' ? 'Oslo' : 'Rome';
    const cities: string[] = [];
    const answer = streamText({
      model: await modelOf(kind),
      prompt: `How is the weather in ${city}?`,
      stopWhen: stepCountIs(3),
      tools: {
        weather: tool({
          description: 'The weather of a city',
          inputSchema: z.object({ city: z.string() }),
          execute: ({ city }) => {
            cities.push(city);
            return 'rain';
          },
        }),
      },
    });
    expect(await answer.text).toBe(`It rains in ${city}.`);
    expect(cities).toEqual([city]);
    expect(await answer.steps).toMatchObject([{ finishReason: 'tool-calls' }, { finishReason: 'stop' }]);
  });

  it('tells an error', async () => {
    const errors: unknown[] = [];
    const answer = streamText({
      model: await modelOf(kind),
      prompt: 'Fail',
      maxRetries: 0,
      onError: ({ error }) => void errors.push(error),
    });
    await answer.consumeStream();
    expect(errors).toMatchObject([
      { statusCode: 500, responseBody: expect.stringContaining('Out of breath') },
    ]);
  });

  it('can be aborted', async () => {
    const abort = new AbortController();
    const answer = streamText({ model: await modelOf(kind), prompt: 'Hello', abortSignal: abort.signal });
    abort.abort();
    const types: string[] = [];
    for await (const { type } of answer.stream) types.push(type);
    expect(types.at(-1)).toBe('abort');
  });
});
