import { TransportError } from '../transport-error.ts';

/** OpenRouter's list, the longest, is about 1 MB. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_DETAILS_CHARACTERS = 300;

/** Asks for JSON of a few megabytes at most. Throws a `TransportError` for whatever else comes. */
export async function askJson(ask: typeof globalThis.fetch, url: URL, init: RequestInit): Promise<unknown> {
  const response = await ask(url, init);
  const text = await readText(response);
  if (!response.ok) throw refusal(response.status, text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const message = 'answered with something that is not JSON. Check base_url in settings.toml.';
    throw new TransportError('bad-response', message, text.slice(0, MAX_DETAILS_CHARACTERS));
  }
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      // Leaving the loop lets the connection go.
      if (bytes > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new TransportError('stream-cut', 'broke off before the answer was whole.', String(error));
  }
  if (bytes > MAX_BYTES) {
    const megabytes = MAX_BYTES / 1024 / 1024;
    throw new TransportError(
      'bad-response',
      `answered with more than ${megabytes} MB. Check base_url in settings.toml.`,
    );
  }
  return Buffer.concat(chunks).toString();
}

/** An answer that is an error, in words that go on after the provider's name. */
export function refusal(status: number, text: string): TransportError {
  const details = text.slice(0, MAX_DETAILS_CHARACTERS);
  if (status === 401 || status === 403 || text.includes('API_KEY_INVALID')) {
    return new TransportError('credential-refused', `refused the key (${status}).`, details);
  }
  if (status === 404 || status === 405) {
    const message = `knows nothing of models there (${status}). Check base_url in settings.toml.`;
    return new TransportError('bad-response', message, details);
  }
  return new TransportError('provider-failed', `failed (${status}). Try again in a while.`, details);
}
