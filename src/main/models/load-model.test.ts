import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText } from 'ai';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import type { ProviderSettings } from '../settings/types.ts';
import { createModels } from './create-models.ts';
import { modelsOptions, settingsWith } from './testing/settings-with.ts';
import type { ResolvedModel } from './types.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

type Sent = { readonly url: string; readonly headers: Headers; readonly body: string };

/** Asks a model whose provider answers 500 to everything, or as `answer` says, and tells what was sent. */
async function send(
  provider: Partial<ProviderSettings> & Pick<ProviderSettings, 'kind'>,
  environment: NodeJS.ProcessEnv = {},
  answer: (url: string) => Response | undefined = () => undefined,
): Promise<{ sent: Sent[]; resolved: LanguageModelOf; error: Error }> {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, headers } = request;
    sent.push({ url, headers, body: await request.text() });
    return answer(url) ?? new Response('{}', { status: 500 });
  };
  const settings = settingsWith({ work: provider });
  const models = createModels({ ...modelsOptions(), settings: () => settings, environment, fetch });
  const found = await models.resolve('work/one');
  if (!found.ok || found.value.type !== 'language-model') throw new Error(JSON.stringify(found));
  const resolved = found.value;
  const error = await generateText({ model: resolved.model, prompt: 'Hello', maxRetries: 0 }).then(
    () => new Error('It answered'),
    (error: Error) => error,
  );
  return { sent, resolved, error };
}

type LanguageModelOf = Extract<ResolvedModel, { type: 'language-model' }>;

const baseUrl = 'https://mine.openai.azure.com';

it.each([
  [undefined, `${baseUrl}/openai/v1/responses?api-version=v1`],
  ['preview', `${baseUrl}/openai/v1/responses?api-version=preview`],
  ['2024-10-21', `${baseUrl}/openai/deployments/one/chat/completions?api-version=2024-10-21`],
])('asks Azure for version %s at %s', async (apiVersion, url) => {
  const { sent } = await send({ kind: 'azure', baseUrl, apiKey: 'k', ...(apiVersion && { apiVersion }) });
  expect(sent.map((request) => request.url)).toEqual([url]);
  expect(sent[0]?.headers.get('api-key')).toBe('k');
});

it('asks Bedrock in the region, with the key', async () => {
  const { sent } = await send({ kind: 'bedrock', apiKey: 'key', region: 'eu-west-1' });
  expect(sent.map(({ url }) => url)).toEqual([
    'https://bedrock-runtime.eu-west-1.amazonaws.com/model/one/converse',
  ]);
  expect(sent[0]?.headers.get('authorization')).toBe('Bearer key');
});

it('signs for Bedrock with AWS keys of the user’s environment, and with no others', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'OTHERACCOUNT');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other-secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'other-token');
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'other-bearer');
  const keys = { AWS_ACCESS_KEY_ID: 'MYACCOUNT', AWS_SECRET_ACCESS_KEY: 'my-secret-key' };
  const { sent, resolved } = await send({ kind: 'bedrock' }, keys);
  expect(sent[0]?.headers.get('authorization')).toMatch(
    /^AWS4-HMAC-SHA256 Credential=MYACCOUNT\/\d+\/us-east-1\/bedrock\//,
  );
  expect(JSON.stringify([...(sent[0]?.headers ?? [])])).not.toContain('other');
  expect(resolved.redact('it echoes my-secret-key')).toBe('it echoes •••');

  const session = await send({ kind: 'bedrock' }, { ...keys, AWS_SESSION_TOKEN: 'my-session-token' });
  expect(session.sent[0]?.headers.get('x-amz-security-token')).toBe('my-session-token');
  expect(session.resolved.redact('it echoes my-session-token')).toBe('it echoes •••');
});

it('asks Vertex with a key where there is one', async () => {
  vi.stubEnv('GOOGLE_VERTEX_API_KEY', 'other-key');
  const { sent } = await send({ kind: 'vertex', apiKey: 'my-key', project: 'mine' });
  expect(sent[0]?.url).toBe(
    'https://aiplatform.googleapis.com/v1/publishers/google/models/one:generateContent',
  );
  expect(sent[0]?.headers.get('x-goog-api-key')).toBe('my-key');
});

it('asks Vertex with Google’s application default credentials, and hides the token they gave', async () => {
  vi.stubEnv('GOOGLE_VERTEX_API_KEY', 'other-key');
  const folder = mkdtempSync(join(tmpdir(), 'carrel-google-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'credentials.json');
  const credentials = { client_id: 'me', client_secret: 'my-secret', refresh_token: 'my-refresh-token' };
  writeFileSync(file, JSON.stringify({ type: 'authorized_user', ...credentials }));
  const { sent, resolved } = await send(
    { kind: 'vertex', project: 'mine', region: 'europe-west4' },
    { GOOGLE_APPLICATION_CREDENTIALS: file },
    (url) => {
      if (!url.startsWith('https://oauth2.googleapis.com/')) return undefined;
      return Response.json({ access_token: 'fresh-token', expires_in: 3600, token_type: 'Bearer' });
    },
  );
  expect(sent.map(({ url }) => url)).toEqual([
    'https://oauth2.googleapis.com/token',
    'https://europe-west4-aiplatform.googleapis.com/v1beta1/projects/mine/locations/europe-west4/publishers/google/models/one:generateContent',
  ]);
  expect(sent[0]?.body).toContain('my-refresh-token');
  expect(sent[1]?.headers.get('authorization')).toBe('Bearer fresh-token');
  expect(resolved.redact('it echoes fresh-token')).toBe('it echoes •••');
});

it('says what to do when Google’s credentials cannot be used', async () => {
  const { error } = await send(
    { kind: 'vertex', project: 'mine' },
    { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/credentials.json' },
  );
  expect(error).toMatchObject({
    name: 'TransportError',
    code: 'credential-refused',
    message: expect.stringContaining('gcloud auth application-default login'),
  });
});

it.each([
  [undefined, undefined],
  [16_384, 16_384],
])('tells Ollama the window that settings say: %s', async (contextWindow, expected) => {
  const { sent } = await send({ kind: 'ollama', ...(contextWindow && { contextWindow }) });
  const { options } = JSON.parse(sent[0]?.body ?? '') as { options?: { num_ctx?: number } };
  expect(options?.num_ctx).toBe(expected);
});
