import { z } from 'zod';
import type { ProviderKind } from '../../../shared/models.ts';
import type { ReachableProvider } from '../provider.ts';
import { createTransport } from '../transport.ts';
import { askJson } from './ask-json.ts';
import { isChatModel } from '../catalogue/model-id.ts';
import { listOllama } from './list-ollama.ts';
import type { ListedModel } from './listed-model.ts';
import { parseListing, type ListingKind } from './parse-listing.ts';

/** Whether providers of that kind list their models where they are asked. */
export function listsModels(kind: ProviderKind): kind is ListingKind | 'ollama' {
  return kind !== 'azure' && kind !== 'bedrock' && kind !== 'vertex';
}

type Options = { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal };

/** Asks a provider for its chat models. Throws a `TransportError`, or what the signal was aborted with. */
export async function askProvider(
  provider: ReachableProvider,
  { fetch, signal }: Options,
): Promise<ListedModel[]> {
  const { endpoint, settings } = provider;
  const { kind } = settings;
  const { ask } = createTransport(kind, fetch);
  const headers = headersOf(provider);
  const get = (path: string) => askJson(ask, toUrl(endpoint, path), { headers, signal });
  if (kind === 'ollama') {
    return await listOllama((path, body) => {
      if (!body) return get(path);
      const post = { method: 'POST', body: JSON.stringify(body), headers, signal };
      return askJson(ask, toUrl(endpoint, path), post);
    });
  }
  if (!listsModels(kind)) throw new Error(`${kind} lists no models`);
  const answers = kind === 'openrouter' ? await askPages(get) : [await get(PATHS[kind] ?? 'models')];
  return answers.flatMap((answer) => parseListing(kind, answer)).filter(({ id }) => isChatModel(id));
}

const PATHS: Partial<Record<ProviderKind, string>> = {
  anthropic: 'models?limit=1000',
  google: 'models?pageSize=1000',
};

const MAX_PAGES = 10;
const page = z.object({ links: z.object({ next: z.string().min(1) }) });

/** OpenRouter's list comes in pages of 500. */
async function askPages(get: (path: string) => Promise<unknown>): Promise<unknown[]> {
  const answers: unknown[] = [];
  let query: string | undefined = '';
  while (query !== undefined && answers.length < MAX_PAGES) {
    const answer = await get(`models${query}`);
    answers.push(answer);
    // Only where to begin is taken from it, so that the key goes nowhere else.
    query = /\?.*/.exec(page.safeParse(answer).data?.links.next ?? '')?.[0];
  }
  return answers;
}

function toUrl(endpoint: URL, path: string): URL {
  return new URL(`${endpoint.href.replace(/\/$/, '')}/${path}`);
}

function headersOf({ credential, settings }: ReachableProvider): Record<string, string> {
  const key = credential.status === 'key' ? credential.key : '';
  const own = {
    anthropic: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    google: { 'x-goog-api-key': key },
  };
  const usual: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const { kind, headers } = settings;
  return { ...(kind === 'anthropic' || kind === 'google' ? own[kind] : usual), ...headers };
}
