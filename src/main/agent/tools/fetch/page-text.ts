import { decodeText } from '../../files/text.ts';
import { runJob } from '../../files/worker/run-job.ts';
import type { Answer } from './request.ts';

const TIME_LIMIT_MS = 10_000;

/** The answer as text, a page as Markdown; undefined for what is no text. */
export async function asText(
  { bytes, mediaType, charset }: Answer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const text = decode(bytes, charset);
  const isPage = /^(text\/html|application\/xhtml\+xml)$/.test(mediaType);
  if (text === undefined || !isPage) return text;
  const options = { signal, timeoutMs: TIME_LIMIT_MS, tooSlow: 'The page takes too long to read.' };
  return runJob({ type: 'markdown', page: text }, options);
}

function decode(bytes: Buffer, charset: string | undefined): string | undefined {
  const text = decodeText(bytes)?.text;
  if (text === undefined || charset === undefined) return text;
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return text;
  }
}
