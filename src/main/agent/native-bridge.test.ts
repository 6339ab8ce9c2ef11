import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { Answer } from './answer.ts';
import { allKinds, ask, bridgeTo, messageOf, requestOf, textOf } from './testing/ask.ts';
import { serve } from './testing/serve.ts';
import { answerWhole } from './testing/wire.ts';

const USAGE = {
  prompt_tokens: 11,
  completion_tokens: 7,
  input_tokens: 11,
  output_tokens: 7,
  promptTokenCount: 11,
  candidatesTokenCount: 7,
  prompt_eval_count: 11,
  eval_count: 7,
};

/** Where aimock speaks the kind's protocol. */
function addressOf(kind: ProviderKind, url: string): string {
  return kind === 'vertex' ? `${url}/v1/projects/p/locations/l/publishers/google` : url;
}

// Its answers for OpenAI hold reasoning that is not as xAI's: models/protocols.test.ts asks for none.
const spoken = allKinds.filter((kind) => kind !== 'xai');

describe.each(spoken)('%s, as the provider speaks it', (kind) => {
  const provider = new LLMock({ host: '127.0.0.1', port: 0 });
  beforeAll(async () => {
    provider.onMessage('Hello', { content: 'Good morning.', usage: USAGE });
    for (const status of [400, 401, 404, 429, 500, 529]) {
      provider.onMessage(`Fail ${status}`, {
        status,
        error: { message: `No ${status}`, type: 'api_error' },
        retryAfter: 7,
      });
    }
    await provider.start();
  });
  afterAll(() => provider.stop());

  it('streams the text and maps the usage', async () => {
    const events = await ask(await bridgeTo(kind, addressOf(kind, provider.url)), requestOf('Hello'));
    expect(textOf(events)).toBe('Good morning.');
    // aimock does not count as these do; native-bridge-faults.test.ts looks at their own counts.
    const isCounted = kind !== 'ollama' && kind !== 'groq' && kind !== 'mistral';
    const usage = isCounted ? { inputTokens: 11, outputTokens: 7 } : {};
    expect(events.at(-1)).toMatchObject({ type: 'finished', usage });
  });

  it.each([
    [400, 'request-refused'],
    [401, 'credential-refused'],
    [404, 'model-unknown'],
    [429, 'rate-limited'],
    [500, 'provider-failed'],
    [529, 'provider-failed'],
  ])('tells a %i as %s', async (status, code) => {
    const events = await ask(
      await bridgeTo(kind, addressOf(kind, provider.url)),
      requestOf(`Fail ${status}`),
    );
    expect(events).toEqual([
      {
        type: 'failed',
        error: expect.objectContaining({ code, status, message: expect.stringContaining(`(${status})`) }),
      },
    ]);
    const retryAfterSeconds = status === 429 ? 7 : undefined;
    expect(events[0]).toMatchObject({ error: { ...(retryAfterSeconds && { retryAfterSeconds }) } });
    expect(events[0]).toMatchObject({ error: { details: expect.stringContaining(`No ${status}`) } });
  });
});

describe('reasoning', () => {
  const provider = new LLMock({ host: '127.0.0.1', port: 0 });
  beforeAll(async () => {
    const thought = { reasoning: 'Hm, a greeting.', reasoningSignature: 'signed-by-anthropic' };
    provider.onMessage('Hello', { content: 'Good morning.', ...thought });
    await provider.start();
  });
  afterAll(() => provider.stop());

  /** The answer to "Hello", as the turn loop stores it. */
  async function storedAnswer() {
    const answer = new Answer(messageOf('assistant', '', { parts: [] }));
    for (const event of await ask(await bridgeTo('anthropic', provider.url), requestOf('Hello'))) {
      if ('text' in event || event.type === 'reasoning-metadata') answer.append(event);
    }
    return answer.message;
  }

  it('is kept apart from the text, with its signature', async () => {
    expect((await storedAnswer()).parts).toEqual([
      {
        type: 'reasoning',
        text: 'Hm, a greeting.',
        metadata: { kind: 'anthropic', data: { anthropic: { signature: 'signed-by-anthropic' } } },
      },
      { type: 'text', text: 'Good morning.' },
    ]);
  });

  it('goes back to the model that made it, and to no other', async () => {
    const { url, bodies } = await serve((_, response) => answerWhole('anthropic', response));
    const history = [messageOf('user', 'Hello'), await storedAnswer(), messageOf('user', 'And now?')];
    await ask(await bridgeTo('anthropic', url), requestOf('', { history }));
    await ask(await bridgeTo('anthropic', url, { reference: 'work/two' }), requestOf('', { history }));
    const [toSame, toAnother] = bodies;
    expect(toSame).toMatch(/Hm, a greeting\..*signed-by-anthropic.*Good morning\./);
    expect(toAnother).toMatch(/Good morning\./);
    expect(toAnother).not.toMatch(/Hm, a greeting|signed-by-anthropic/);
  });
});
