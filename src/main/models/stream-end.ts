import type { ProviderKind } from '../../shared/models.ts';
import { TransportError } from './transport-error.ts';

const CHAT_COMPLETIONS = /^data:\s*\[DONE\]|"finish_reason"\s*:\s*"[^"]|^data:.*"error"\s*:\s*[{"]/;

/**
 * The line with which a protocol ends its stream, be it well or with an error of its own. Quotes inside of a JSON string are
 * escaped, so a model that writes of `"done":true` does not match.
 */
const ENDS: Readonly<Record<ProviderKind, RegExp>> = {
  anthropic: /^data:.*"type"\s*:\s*"(message_stop|error)"/,
  openai: /^data:\s*\[DONE\]|"type"\s*:\s*"(response\.(completed|incomplete|failed)|error)"/,
  google: /"finishReason"\s*:\s*"|"blockReason"\s*:\s*"|^data:.*"error"\s*:\s*\{/,
  openrouter: CHAT_COMPLETIONS,
  ollama: /"done"\s*:\s*true/,
  'openai-compatible': CHAT_COMPLETIONS,
};

function endsStream(kind: ProviderKind, line: string): boolean {
  return ENDS[kind].test(line);
}

/** What Ollama's package would pass over in silence: a line that is an error, or no JSON at all. */
function failureInLine(kind: ProviderKind, line: string): TransportError | undefined {
  if (kind !== 'ollama' || line.trim() === '') return undefined;
  try {
    const { error } = JSON.parse(line) as { error?: unknown };
    return error === undefined
      ? undefined
      : new TransportError('provider-failed', 'stopped the answer with an error.', line);
  } catch {
    return new TransportError('bad-response', 'sent a line that is not JSON.', line);
  }
}

/**
 * Passes a streamed body on, line by line, and reports when it breaks off or is not what the protocol wants. It then ends
 * like any other body, because an error would throw away the text that the reader has not taken yet.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  { kind, signal, report }: WatchOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let unfinished = '';
  let hasEnded = false;
  const cut = (details?: string) => {
    if (!hasEnded)
      report(new TransportError('stream-cut', 'broke off before the answer was whole.', details));
  };
  /** The lines that are fit to be passed on, and the failure that comes after them. */
  const take = (text: string) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      const failure = failureInLine(kind, line);
      if (failure) return { lines: lines.slice(0, index), failure };
      hasEnded ||= endsStream(kind, line);
    }
    return { lines };
  };

  return new ReadableStream({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            hasEnded ||= endsStream(kind, unfinished);
            cut();
            controller.enqueue(encoder.encode(unfinished));
            controller.close();
            return;
          }
          const { lines, failure } = take(decoder.decode(value, { stream: true }));
          if (lines.length > 0) controller.enqueue(encoder.encode(`${lines.join('\n')}\n`));
          if (failure) {
            report(failure);
            controller.close();
            await reader.cancel();
          }
          if (failure || lines.length > 0) return;
        }
      } catch (error) {
        if (!signal?.aborted) cut(String(error));
        controller.close();
      }
    },
    // Some readers do not look at the promise; a body that has failed already would reject it.
    cancel: (reason) => reader.cancel(reason).catch(() => {}),
  });
}

export type WatchOptions = {
  readonly kind: ProviderKind;
  readonly signal: AbortSignal | undefined;
  readonly report: (failure: TransportError) => void;
};
