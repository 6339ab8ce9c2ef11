import type { ProviderKind } from '../../shared/models.ts';
import type { Followed, Follower } from './follower.ts';
import { ollamaLine } from './ollama-line.ts';
import { TransportError } from './transport-error.ts';

/** Bedrock alone streams in frames. */
type LineKind = Exclude<ProviderKind, 'bedrock'>;

/** No event of use is longer, an image in base64 included; one without end would fill the memory. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;
const NEW_LINE = 10;

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

/** Follows server-sent events, or JSON by lines (Ollama). */
export class LineFollower implements Follower {
  readonly #kind: LineKind;
  /** The line that has begun, as it came. */
  #unfinished: Uint8Array[] = [];
  /** Of the event that has begun. */
  #eventBytes = 0;
  hasEnded = false;

  constructor(kind: LineKind) {
    this.#kind = kind;
  }

  take(bytes: Uint8Array): Followed {
    const end = bytes.lastIndexOf(NEW_LINE) + 1;
    const whole = end === 0 ? NOTHING : Buffer.concat([...this.#unfinished, bytes.subarray(0, end)]);
    if (end > 0) this.#unfinished = [];
    this.#unfinished.push(bytes.subarray(end));
    const followed = this.#look(whole);
    if (followed.failure) return followed;
    this.#eventBytes += bytes.length - end;
    return this.#eventBytes > MAX_EVENT_BYTES ? { ...followed, failure: tooLong() } : followed;
  }

  rest(): Followed {
    const line = Buffer.concat(this.#unfinished);
    const text = line.toString();
    if (text.trim() === '') return { whole: NOTHING };
    const failure = failureInLine(this.#kind, text, () => text);
    // Half a line of JSON was cut.
    if (failure?.code === 'bad-response' && text.startsWith('{')) return { whole: NOTHING };
    if (failure) return { whole: NOTHING, failure };
    this.hasEnded ||= ENDS[this.#kind].test(text);
    return { whole: line };
  }

  #look(whole: Buffer): Followed {
    for (let start = 0; start < whole.length;) {
      const next = whole.indexOf(NEW_LINE, start) + 1;
      const line = whole.toString('utf8', start, next - 1);
      const failure = failureInLine(this.#kind, line, () => whole.toString('utf8', start));
      if (failure) return { whole: whole.subarray(0, start), failure };
      this.hasEnded ||= ENDS[this.#kind].test(line);
      const isEventsEnd = this.#kind === 'ollama' || line.trim() === '';
      this.#eventBytes = isEventsEnd ? 0 : this.#eventBytes + next - start;
      start = next;
    }
    return { whole };
  }
}

const NOTHING = Buffer.alloc(0);

/** What the package of that kind would pass over or misread: an error of the provider, or no event at all. */
function failureInLine(kind: LineKind, line: string, rest: () => string): TransportError | undefined {
  if (kind === 'mistral' && /^data:\s*\{("object"\s*:\s*"error"|"error"\s*:)/.test(line))
    return stopped(line.replace(/^data:\s*/, ''));
  if (kind === 'ollama') return line.trim() === '' ? undefined : failureInOllama(line);
  return /^\s*[[{<]/.test(line) ? (failureInJson(rest()) ?? notOfAStream(rest())) : undefined;
}

function failureInOllama(line: string): TransportError | undefined {
  const failure = failureInJson(line);
  if (failure) return failure;
  return ollamaLine.safeParse(JSON.parse(line)).success ? undefined : notOfAStream(line);
}

/** Undefined where it is JSON and no error. */
export function failureInJson(text: string): TransportError | undefined {
  try {
    const parsed = JSON.parse(text) as unknown;
    const { error } = (Array.isArray(parsed) ? parsed[0] : parsed) as { error?: unknown };
    return error === undefined ? undefined : stopped(text);
  } catch {
    return notOfAStream(text);
  }
}

function stopped(body: string): TransportError {
  return new TransportError('provider-failed', 'stopped the answer with an error.', body);
}

function notOfAStream(text: string): TransportError {
  const message = 'sent a line that is not of its protocol. Try again, or check base_url in settings.toml.';
  return new TransportError('bad-response', message, text);
}

function tooLong(): TransportError {
  const message = `sent an event that is too long (more than ${MAX_EVENT_BYTES / 1024 / 1024} MB). Try again, or choose another model.`;
  return new TransportError('bad-response', message);
}
