import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  StreamProviderError,
  TypeValidationError,
} from 'ai';
import type { AgentError } from '../../shared/agent.ts';
import { splitReference } from '../../shared/models.ts';
import type { ResolvedModel, TransportFailure } from '../models/types.ts';

export type LanguageModelOf = Extract<ResolvedModel, { type: 'language-model' }>;

/** What a provider said of a failure: in its status line, its headers and its words. */
type Answer = {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Its own words for a person. */
  readonly words: string;
  /** All that it sent, to look for codes in. */
  readonly raw: string;
};

/** Longer words of a provider are cut. */
const MAX_DETAILS_CHARACTERS = 500;

/** Tells a failure apart and puts it into words that say what to do. No key is in it, whatever the server echoed. */
export function toAgentError(error: unknown, resolved: LanguageModelOf): AgentError {
  const { providerName } = resolved;
  const clean = (text: string) => readable(resolved.redact(text));
  const chain = causes(error);
  const transport = chain.find(isTransportFailure);
  if (transport) {
    const { code, message, details } = transport;
    return withDetails({ code, message: `${providerName} ${clean(message)}` }, clean(details ?? ''));
  }
  const unreadable = chain.find(isUnreadable);
  if (unreadable) {
    const message = `${providerName} sent something that is not of its protocol. Check kind and base_url in settings.toml.`;
    return withDetails({ code: 'bad-response', message }, clean(unreadable.message));
  }
  const found = answerOf(chain);
  const answer = { ...found, words: clean(found.words) };
  const code = codeOf(answer);
  const { status, headers, words } = answer;
  const requestId = headers['request-id'] ?? headers['x-request-id'];
  const retryAfterSeconds = code === 'rate-limited' ? retryAfter(headers['retry-after']) : undefined;
  return withDetails(
    {
      code,
      message: sentence(code, answer, resolved, retryAfterSeconds),
      ...(status !== undefined && { status }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    },
    [words, requestId && `Request ${clean(requestId)}`].filter(Boolean).join('\n'),
  );
}

function withDetails(error: AgentError, details: string): AgentError {
  return details === '' ? error : { ...error, details };
}

function sentence(
  code: AgentError['code'],
  { status, words }: Answer,
  { providerName, keySource, reference }: LanguageModelOf,
  retryAfterSeconds: number | undefined,
): string {
  const number = status === undefined ? '' : ` (${status})`;
  if (code === 'credential-refused') return `${providerName} refused the key${number}. Check ${keySource}.`;
  if (code === 'model-unknown') {
    const { model } = splitReference(reference);
    return `${providerName} does not know ${model}${number}. Choose another model, or check base_url in settings.toml.`;
  }
  if (code === 'rate-limited') {
    const when = retryAfterSeconds === undefined ? 'in a while' : `in ${retryAfterSeconds} s`;
    return `${providerName} limits how much may be asked${number}. Try again ${when}.`;
  }
  const verb = code === 'request-refused' ? 'refused the request' : 'failed';
  return `${providerName} ${verb}${number}${words ? `: ${words}` : '.'}`;
}

function codeOf({ status, raw }: Answer): AgentError['code'] {
  if (status === 401 || status === 403 || /API_KEY_INVALID|authentication_error/.test(raw))
    return 'credential-refused';
  if (status === 404 || /model_not_found|not a valid model/.test(raw)) return 'model-unknown';
  if (status === 429 || /rate_limit_error|rate_limit_exceeded/.test(raw)) return 'rate-limited';
  const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 408;
  return isRefusal ? 'request-refused' : 'provider-failed';
}

function answerOf(chain: readonly unknown[]): Answer {
  const call = chain.find((error) => APICallError.isInstance(error));
  if (call) {
    const raw = call.responseBody ?? JSON.stringify(call.data) ?? '';
    const headers = call.responseHeaders ?? {};
    const words = wordsOf(raw) ?? (call.message || raw);
    // An error that came inside of a stream carries the 200 of the stream's start.
    const isHttpError = call.statusCode !== undefined && call.statusCode >= 400;
    return { headers, words, raw, ...(isHttpError && { status: call.statusCode }) };
  }
  const streamed = chain.find((error) => StreamProviderError.isInstance(error));
  if (streamed) {
    const { message: words, statusCode: status } = streamed;
    const raw = `${streamed.type} ${streamed.code} ${words}`;
    return { headers: {}, words, raw, ...(status !== undefined && { status }) };
  }
  const [error] = chain;
  const words =
    error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error);
  return { headers: {}, words, raw: words };
}

/** The sentence in an error body, where each provider puts it elsewhere. */
function wordsOf(body: string): string | undefined {
  try {
    const parsed = JSON.parse(body) as unknown;
    const { error = parsed } = (Array.isArray(parsed) ? parsed[0] : parsed) as { error?: unknown };
    const words = typeof error === 'string' ? error : (error as { message?: unknown } | null)?.message;
    return typeof words === 'string' ? words : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds or a date, as HTTP has it. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return chain;
}

function isTransportFailure(error: unknown): error is TransportFailure {
  return error instanceof Error && error.name === 'TransportError';
}

function isUnreadable(error: unknown): error is Error {
  return (
    JSONParseError.isInstance(error) ||
    TypeValidationError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error)
  );
}

/** Without control characters, and not too long. */
function readable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a provider's words may hold any character
  const words = text.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, ' ').trim();
  return words.length > MAX_DETAILS_CHARACTERS ? `${words.slice(0, MAX_DETAILS_CHARACTERS)}…` : words;
}
