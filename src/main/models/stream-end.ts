import type { ProviderKind } from '../../shared/models.ts';
import type { Follower } from './follower.ts';
import { FrameFollower } from './frame-follower.ts';
import { TransportError } from './transport-error.ts';

/** Bedrock alone streams in frames. */
type LineKind = Exclude<ProviderKind, 'bedrock'>;

const CHAT_COMPLETIONS = /^data:\s*\[DONE\]|"finish_reason"\s*:\s*"[^"]|^data:.*"error"\s*:\s*[{"]/;
const RESPONSES = /^data:\s*\[DONE\]|"type"\s*:\s*"(response\.(completed|incomplete|failed)|error)"/;
const GOOGLE = /"finishReason"\s*:\s*"|"blockReason"\s*:\s*"|^data:.*"error"\s*:\s*\{/;

/**
 * The line with which a protocol ends its stream, be it well or with an error of its own. Quotes inside of a JSON string are
 * escaped, so a model that writes of `"done":true` does not match.
 */
const ENDS: Readonly<Record<LineKind, RegExp>> = {
  anthropic: /^data:.*"type"\s*:\s*"(message_stop|error)"/,
  openai: RESPONSES,
  google: GOOGLE,
  openrouter: CHAT_COMPLETIONS,
  ollama: /"done"\s*:\s*true/,
  'openai-compatible': CHAT_COMPLETIONS,
  // Its older API is that of chat completions.
  azure: new RegExp(`${RESPONSES.source}|${CHAT_COMPLETIONS.source}`),
  vertex: GOOGLE,
  groq: CHAT_COMPLETIONS,
  xai: RESPONSES,
  mistral: CHAT_COMPLETIONS,
  deepseek: CHAT_COMPLETIONS,
};

class LineFollower implements Follower {
  readonly #kind: LineKind;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();
  #unfinished = '';
  hasEnded = false;

  constructor(kind: LineKind) {
    this.#kind = kind;
  }

  take(bytes: Uint8Array): ReturnType<Follower['take']> {
    const lines = (this.#unfinished + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      const failure = failureInLine(this.#kind, line);
      if (failure) return { whole: this.#encode(lines.slice(0, index)), failure };
      this.hasEnded ||= ENDS[this.#kind].test(line);
    }
    return { whole: this.#encode(lines) };
  }

  rest() {
    this.hasEnded ||= ENDS[this.#kind].test(this.#unfinished);
    return this.#encoder.encode(this.#unfinished);
  }

  #encode(lines: readonly string[]) {
    return this.#encoder.encode(lines.map((line) => `${line}\n`).join(''));
  }
}

/** What the package of that kind would pass over or misread: an error of the provider, or no JSON at all. */
function failureInLine(kind: LineKind, line: string): TransportError | undefined {
  if (kind === 'mistral' && /^data:\s*\{("object"\s*:\s*"error"|"error"\s*:)/.test(line))
    return stopped(line);
  if (kind !== 'ollama' || line.trim() === '') return undefined;
  try {
    const { error } = JSON.parse(line) as { error?: unknown };
    return error === undefined ? undefined : stopped(line);
  } catch {
    return new TransportError('bad-response', 'sent a line that is not JSON.', line);
  }
}

function stopped(line: string): TransportError {
  return new TransportError('provider-failed', 'stopped the answer with an error.', line);
}

/**
 * Passes a streamed body on, line by line or frame by frame, and reports when it breaks off or is not what the protocol wants.
 * It then ends like any other body, because an error would throw away the text that the reader has not taken yet.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  { kind, signal, report }: WatchOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const follower = kind === 'bedrock' ? new FrameFollower() : new LineFollower(kind);
  const cut = (details?: string) => {
    if (!follower.hasEnded)
      report(new TransportError('stream-cut', 'broke off before the answer was whole.', details));
  };

  return new ReadableStream({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            controller.enqueue(follower.rest());
            cut();
            controller.close();
            return;
          }
          const { whole, failure } = follower.take(value);
          if (whole.length > 0) controller.enqueue(whole);
          if (failure) {
            report(failure);
            controller.close();
            await reader.cancel();
          }
          if (failure || whole.length > 0) return;
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
