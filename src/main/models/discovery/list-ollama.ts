import { z } from 'zod';
import { isOllamaCloud } from '../provider.ts';
import { TransportError } from '../transport-error.ts';
import { listed, type ListedModel } from './listed-model.ts';

/** A model's window where neither it nor its user says one and the graphics memory is below 24 GiB ("Context length", docs.ollama.com). */
const DEFAULT_WINDOW_TOKENS = 4096;

/** Questions at a time: the server reads a file for each. */
const QUESTIONS_AT_ONCE = 8;

const named = z.object({ models: z.array(z.unknown()) });
const installed = z.object({ model: z.string().min(1) });
const loaded = z.object({ model: z.string(), context_length: z.number().int().positive() });
const shown = z.object({
  capabilities: z.array(z.string()).optional().catch(undefined),
  model_info: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** As `num_ctx 8192`, a parameter a line. */
  parameters: z.string().optional().catch(undefined),
});

/** Asks a path of Ollama's, as `tags`. */
export type AskOllama = (path: string, body?: object) => Promise<unknown>;

/** The installed models that chat, with what each of them says of itself. */
export async function listOllama(ask: AskOllama): Promise<ListedModel[]> {
  const [tags, running] = await Promise.all([ask('tags'), ask('ps').catch(() => ({ models: [] }))]);
  const found = named.safeParse(tags);
  if (!found.success) {
    throw new TransportError(
      'bad-response',
      'answered with something that is not a list of models. Check kind and base_url in settings.toml.',
    );
  }
  const ids = found.data.models.flatMap((entry) => installed.safeParse(entry).data?.model ?? []);
  const windows = new Map(
    (named.safeParse(running).data?.models ?? []).flatMap((entry) => {
      const { data } = loaded.safeParse(entry);
      return data ? [[data.model, data.context_length] as const] : [];
    }),
  );
  const models: ListedModel[] = [];
  for (let start = 0; start < ids.length; start += QUESTIONS_AT_ONCE) {
    const some = ids.slice(start, start + QUESTIONS_AT_ONCE).map((id) => describe(id, ask, windows.get(id)));
    models.push(...(await Promise.all(some)).filter((model) => model !== undefined));
  }
  return models;
}

async function describe(
  id: string,
  ask: AskOllama,
  loadedWindow: number | undefined,
): Promise<ListedModel | undefined> {
  // One that is removed meanwhile does not lose the others.
  const answer = await ask('show', { model: id }).catch((error: unknown) => {
    if (error instanceof DOMException) throw error;
  });
  const { data } = shown.safeParse(answer);
  if (!data) return listed(id, {});
  const { capabilities, parameters } = data;
  if (capabilities?.includes('completion') === false) return undefined;
  const own = Number(/^num_ctx\s+(\d+)/m.exec(parameters ?? '')?.[1]) || undefined;
  const most = greatestWindow(data.model_info);
  const unsaid = isOllamaCloud(id) ? most : Math.min(DEFAULT_WINDOW_TOKENS, most ?? Infinity);
  const reasons = capabilities?.includes('thinking');
  return listed(id, {
    contextWindow: own ?? loadedWindow ?? unsaid,
    abilities: {
      tools: capabilities?.includes('tools'),
      images: capabilities?.includes('vision'),
      reasoning: reasons,
    },
    // It thinks or it does not; how much is not its user's to say.
    ...(reasons && { efforts: ['none', 'high'] }),
  });
}

/** That which the weights were made for, as `llama.context_length`. */
function greatestWindow(info: Readonly<Record<string, unknown>> = {}): number | undefined {
  const window = Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1];
  return typeof window === 'number' && window > 0 ? window : undefined;
}
