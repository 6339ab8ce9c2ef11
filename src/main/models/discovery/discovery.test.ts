import type { RequestListener } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { serve } from '../../agent/testing/serve.ts';
import { createModels, type ModelsOptions } from '../create-models.ts';
import { modelsOptions, settingsWith, type TestProviders } from '../testing/settings-with.ts';
import type { Models } from '../types.ts';

const KEY = 'test-key-0123456789';
const MINUTE_MS = 60_000;

const listing = (...ids: string[]): RequestListener => {
  const data = ids.map((id) => ({ id, object: 'model', created: 1 }));
  return (_, response) => response.end(JSON.stringify({ object: 'list', data }));
};

function modelsWith(providers: () => TestProviders, options: Partial<ModelsOptions> = {}): Models {
  return createModels({ ...modelsOptions(), settings: () => settingsWith(providers()), ...options });
}

function idsOf(models: Models, provider = 'work'): string[] {
  return models
    .list()
    .models.filter((entry) => entry.provider === provider)
    .map(({ reference }) => reference.slice(provider.length + 1));
}

describe('a provider that cannot be asked', () => {
  it.each<[string, RequestListener, RegExp]>([
    [
      'refuses the key',
      (_, response) => response.writeHead(401).end(JSON.stringify({ error: { message: `Wrong ${KEY}` } })),
      /^work \(127\.0\.0\.1:\d+\) refused the key \(401\)\. Check api_key in \[providers\.work\]\.$/,
    ],
    ['is not there', (_, response) => response.writeHead(404).end(), /\(404\)\. Check base_url/],
    ['is broken', (_, response) => response.writeHead(500).end('Oh no'), /failed \(500\)/],
    ['answers with a page', (_, response) => response.end('<h1>Sign in</h1>'), /not JSON\. Check base_url/],
    ['answers with half of it', (_, response) => response.end('{"data": [{"id": "on'), /not JSON/],
    ['answers with something else', (_, response) => response.end('{"ok": true}'), /not a list of models/],
    ['never answers', () => {}, /did not answer within 0\.3 s/],
    [
      'stops half-way',
      (_, response) => response.writeHead(200).write('{"data": ['),
      /did not answer within 0\.3 s/,
    ],
    [
      'breaks off',
      (_, response) => response.writeHead(200).write('{', () => response.destroy()),
      /broke off before the answer was whole/,
    ],
    [
      'answers without end',
      (_, response) => response.writeHead(200).write(`{"data": ["${'x'.repeat(10 * 1024 * 1024)}`),
      /more than 5 MB/,
    ],
    [
      'leads to another host',
      (_, response) => response.writeHead(302, { location: 'http://localhost:1/' }).end(),
      /redirected to another host/,
    ],
  ])('that %s keeps what it listed, and a test says why', async (_, fault, reason) => {
    let answer = listing('one');
    const { url } = await serve((request, response) => answer(request, response));
    const models = modelsWith(() => ({ work: { kind: 'openai', baseUrl: url, apiKey: KEY } }), {
      listingTimeoutMs: 300,
    });
    await models.refresh();
    answer = fault;
    await models.refresh({ isForced: true });
    expect(idsOf(models)).toEqual(['one']);
    const tested = await models.test('work');
    expect(tested).toMatchObject({ ok: false, error: { code: 'provider-failed' } });
    expect(!tested.ok && tested.error.message).toMatch(reason);
    expect(JSON.stringify(tested)).not.toContain(KEY);
  });

  it('because nothing runs there offers what the catalogue has', async () => {
    const models = modelsWith(() => ({
      work: { kind: 'anthropic', baseUrl: 'http://127.0.0.1:1', apiKey: KEY },
    }));
    await models.refresh();
    expect(idsOf(models)).toContain('claude-opus-5-5');
    expect(await models.test('work')).toMatchObject({
      error: { message: expect.stringContaining('could not be reached at 127.0.0.1:1') },
    });
  });

  it.each<[string, TestProviders, string]>([
    ['is not in settings', {}, 'provider-not-configured'],
    ['has no address', { work: { kind: 'openai-compatible' } }, 'provider-not-configured'],
    ['has no key', { work: { kind: 'openai' } }, 'credential-missing'],
  ])('because it %s is told as such', async (_, providers, code) => {
    expect(await modelsWith(() => providers).test('work')).toMatchObject({ ok: false, error: { code } });
  });
});

describe('a test', () => {
  it('counts the models', async () => {
    const { url } = await serve(listing('one', 'two', 'whisper-1'));
    const models = modelsWith(() => ({
      work: { kind: 'openai', baseUrl: url, apiKey: KEY, models: ['one'] },
    }));
    expect(await models.test('work')).toEqual({ ok: true, value: { models: 2 } });
  });

  it.each(['azure', 'bedrock', 'vertex'] as const)(
    'of %s, which lists nothing, asks a model',
    async (kind) => {
      const { url, requests } = await serve((_, response) => {
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"message": "No"}');
      });
      const models = modelsWith(() => ({ work: { kind, baseUrl: url, apiKey: KEY, models: ['mine'] } }));
      expect(await models.test('work')).toMatchObject({
        error: { code: 'provider-failed', message: expect.stringContaining('refused the key (403). Check') },
      });
      expect(requests).toHaveLength(1);
      await models.refresh({ isForced: true });
      expect(requests).toHaveLength(1);
    },
  );

  it('of one that lists nothing succeeds when the model answers', async () => {
    const { url } = await serve((_, response) => {
      const output = { message: { role: 'assistant', content: [{ text: 'Yes.' }] } };
      const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ output, usage, stopReason: 'end_turn' }));
    });
    const models = modelsWith(() => ({
      work: { kind: 'bedrock', baseUrl: url, apiKey: KEY, models: ['mine'] },
    }));
    expect(await models.test('work')).toEqual({ ok: true, value: { models: 1 } });
  });
});

describe('what was listed', () => {
  it('is asked for again only after ten minutes, or half a minute on this machine', async () => {
    let asked: string[] = [];
    let now = 1_000_000;
    const models = modelsWith(
      () => ({
        far: { kind: 'openai', apiKey: KEY },
        near: { kind: 'openai-compatible', baseUrl: 'http://localhost:1234' },
      }),
      {
        now: () => now,
        fetch: (input) => {
          asked.push(new URL(new Request(input).url).hostname);
          return Promise.resolve(Response.json({ data: [{ id: 'one' }] }));
        },
      },
    );
    const refreshAfter = async (elapsedMs: number, isForced?: boolean) => {
      now += elapsedMs;
      asked = [];
      await models.refresh({ ...(isForced && { isForced }) });
      return asked.toSorted();
    };
    expect(await refreshAfter(0)).toEqual(['api.openai.com', 'localhost']);
    expect(await refreshAfter(29_000)).toEqual([]);
    expect(await refreshAfter(2_000)).toEqual(['localhost']);
    expect(await refreshAfter(9 * MINUTE_MS)).toEqual(['localhost']);
    expect(await refreshAfter(MINUTE_MS)).toEqual(['api.openai.com', 'localhost']);
    expect(await refreshAfter(0, true)).toEqual(['api.openai.com', 'localhost']);
  });

  it('is asked for once by many at the same time', async () => {
    const { url, requests } = await serve(listing('one'));
    const models = modelsWith(() => ({ work: { kind: 'openai', baseUrl: url, apiKey: KEY } }));
    await Promise.all([models.refresh(), models.refresh({ isForced: true }), models.test('work')]);
    expect(requests).toHaveLength(1);
  });

  it('outlives a restart, without a key in what is kept', async () => {
    const { url } = await serve(listing('one', 'two'));
    const options = modelsOptions();
    const providers: TestProviders = { work: { kind: 'openai', baseUrl: url, apiKey: KEY } };
    await modelsWith(() => providers, options).refresh();
    expect(options.cache.load()).toContain('two');
    expect(options.cache.load()).not.toContain(KEY);
    const unreachable = { ...options, fetch: () => Promise.reject(new Error('offline')) };
    const later = modelsWith(() => providers, unreachable);
    await later.refresh();
    expect(idsOf(later)).toEqual(['one', 'two']);
  });

  it.each(['nonsense', '[]', '{"work": {"place": 7}}'])('may be damaged: %s', (text) => {
    const cache = { load: () => text, save: () => {} };
    const models = modelsWith(() => ({ work: { kind: 'groq', apiKey: KEY } }), { cache });
    expect(idsOf(models)).toContain('openai/gpt-oss-120b');
  });

  it.each([{ apiKey: 'another-key' }, { baseUrl: 'http://127.0.0.1:1' }, { kind: 'xai' as const }])(
    'counts no more with %o, and again without',
    async (change) => {
      const { url } = await serve(listing('one'));
      const before = { kind: 'openai' as const, baseUrl: url, apiKey: KEY };
      let work: TestProviders[string] = before;
      const models = modelsWith(() => ({ work }));
      await models.refresh();
      work = { ...before, ...change };
      expect(idsOf(models)).not.toContain('one');
      work = before;
      expect(idsOf(models)).toEqual(['one']);
    },
  );

  it('gives way to the models of settings, and tells of them', async () => {
    const data = [{ id: 'mine', context_length: 12_345 }, { id: 'other' }];
    const { url } = await serve((_, response) => response.end(JSON.stringify({ data })));
    const models = modelsWith(() => ({
      work: { kind: 'openai-compatible', baseUrl: url, models: ['mine', 'unlisted'] },
    }));
    await models.refresh();
    // It is only asked on purpose.
    expect(models.factsOf('work/mine')).toBeUndefined();
    await models.refresh({ isForced: true });
    expect(idsOf(models)).toEqual(['mine', 'unlisted']);
    expect(models.factsOf('work/mine')).toEqual({ contextWindow: 12_345, abilities: {} });
    expect(models.check('work/other')).toMatchObject({ error: { code: 'model-unknown' } });
  });

  it('is told once when it is another than before', async () => {
    let answer = listing('one');
    const { url } = await serve((request, response) => answer(request, response));
    const models = modelsWith(() => ({ work: { kind: 'openai', baseUrl: url, apiKey: KEY } }));
    const heard = vi.fn<() => void>();
    const stop = models.onChange(heard);
    await models.refresh();
    await models.refresh({ isForced: true });
    expect(heard).toHaveBeenCalledTimes(1);
    answer = listing('one', 'two');
    await models.refresh({ isForced: true });
    expect(heard).toHaveBeenCalledTimes(2);
    stop();
    answer = listing('three');
    await models.refresh({ isForced: true });
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('is the first choice for the alias local', async () => {
    const { url } = await serve(listing('installed'));
    const models = modelsWith(() => ({
      suggested: { kind: 'ollama', baseUrl: 'http://127.0.0.1:1' },
      near: { kind: 'openai-compatible', baseUrl: url },
    }));
    await models.refresh();
    expect(models.check('local')).toEqual({ ok: true, value: 'near/installed' });
  });
});

it('asks no provider that is turned off or has no key', async () => {
  const { url, requests } = await serve(listing('one'));
  const models = modelsWith(() => ({
    off: { kind: 'openai', baseUrl: url, apiKey: KEY, isEnabled: false },
    keyless: { kind: 'openai', baseUrl: url },
  }));
  await models.refresh();
  expect(requests).toEqual([]);
});

it('lets its questions go when it is disposed', async () => {
  const { url, letGo, requests } = await serve(() => {});
  const models = modelsWith(() => ({ work: { kind: 'openai', baseUrl: url, apiKey: KEY } }));
  const heard = vi.fn<() => void>();
  models.onChange(heard);
  const refreshed = models.refresh();
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  models[Symbol.dispose]();
  await refreshed;
  await letGo;
  expect(heard).not.toHaveBeenCalled();
});

it('lists a thousand models within ten milliseconds', async () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `maker/model-${index}`);
  const { url } = await serve(listing(...ids));
  const models = modelsWith(() => ({
    work: { kind: 'openai-compatible', baseUrl: url },
    claude: { kind: 'anthropic', apiKey: KEY },
    aws: { kind: 'bedrock', apiKey: KEY },
  }));
  await models.refresh();
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now();
    expect(models.list().models.length).toBeGreaterThan(1000);
    return performance.now() - startedAt;
  });
  // The first reads the catalogue; the machine may be busy with others meanwhile.
  expect(Math.min(...times)).toBeLessThan(10);
});
