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
  // An error of the provider in the middle of a stream is told like any other.
  const streamed = transport?.code === 'provider-failed' ? transport.details : undefined;
  if (transport && streamed === undefined) {
    const { code, message, details } = transport;
    return withDetails({ code, message: `${providerName} ${clean(message)}` }, clean(details ?? ''));
  }
  const unreadable = chain.find(isUnreadable);
  if (unreadable) {
    const message = `${providerName} sent something that is not of its protocol. Try again, or check kind and base_url in settings.toml.`;
    return withDetails({ code: 'bad-response', message }, clean(unreadable.message));
  }
  const found = streamed === undefined ? answerOf(chain) : answerInBody(streamed);
  const answer = { ...found, words: clean(found.words) };
  const code = codeOf(answer);
  const { status, headers, words } = answer;
  const requestId = headers['request-id'] ?? headers['x-request-id'];
  const mayPass = code === 'rate-limited' || code === 'provider-failed';
  const retryAfterSeconds = mayPass ? retryAfter(answer) : undefined;
  return withDetails(
    {
      code,
      message: sentence(code, answer, resolved, retryAfterSeconds),
      ...(status !== undefined && { status }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    },
    [words || clean(found.raw), requestId && `Request ${clean(requestId)}`].filter(Boolean).join('\n'),
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
  if (code === 'quota-spent') {
    return `${providerName} says that nothing is left of your credit or quota${number}. Check your account there, or choose another model.`;
  }
  if (code === 'context-exceeded') {
    const { model } = splitReference(reference);
    return `The conversation is longer than ${model} can take${number}. Choose a model with a larger window, or begin anew with /clear.`;
  }
  const said = words ? `: ${words.replace(/[.:\s]*$/, '.')}` : '.';
  if (code === 'request-refused')
    return `${providerName} refused the request${number}${said} Change the message or choose another model.`;
  const when = retryAfterSeconds === undefined ? '' : ` in ${retryAfterSeconds} s`;
  return `${providerName} failed${number}${said} Try again${when}.`;
}

const QUOTA_SPENT =
  /insufficient_quota|insufficient (credits|balance)|credit balance is too low|billing_(hard_limit|not_active)|used all available credits/i;
const TOO_LONG =
  /context_length_exceeded|context (length|window|size)|maximum prompt length|prompt is too long|input is too long|input token count|request_too_large/i;

function codeOf({ status, raw }: Answer): AgentError['code'] {
  if (status === 402 || QUOTA_SPENT.test(raw)) return 'quota-spent';
  if (status === 401 || status === 403 || /API_KEY_INVALID|authentication_error/.test(raw))
    return 'credential-refused';
  const mayBeTooLong = status === undefined || status === 400 || status === 422;
  if (status === 413 || (mayBeTooLong && TOO_LONG.test(raw))) return 'context-exceeded';
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
    const words = wordsOf(raw) ?? '';
    // An error that came inside of a stream carries the 200 of the stream's start.
    const isHttpError = call.statusCode !== undefined && call.statusCode >= 400;
    return { ...answerInBody(raw), headers, words, ...(isHttpError && { status: call.statusCode }) };
  }
  const streamed = chain.find((error) => StreamProviderError.isInstance(error));
  if (streamed) {
    const { message: words, statusCode: status } = streamed;
    const raw = `${streamed.type} ${streamed.code} ${words}`;
    return { ...answerInBody(raw), words, ...(status !== undefined && { status }) };
  }
  const [error] = chain;
  const words =
    error instanceof Error ? error.message : typeof error === 'string' ? error : JSON.stringify(error);
  return { ...answerInBody(words), words };
}

function answerInBody(raw: string): Answer {
  // Anthropic's word for a 529, which comes in a stream too.
  const isOverloaded = raw.includes('overloaded_error');
  return { headers: {}, words: wordsOf(raw) ?? '', raw, ...(isOverloaded && { status: 529 }) };
}

/** The sentence in an error body, where each provider puts it elsewhere. */
function wordsOf(body: string): string | undefined {
  try {
    const parsed = JSON.parse(body) as unknown;
    const { error = parsed } = (Array.isArray(parsed) ? parsed[0] : parsed) as { error?: unknown };
    const { message, detail } = (error ?? {}) as { message?: unknown; detail?: unknown };
    const words = typeof error === 'string' ? error : (message ?? detail);
    return typeof words === 'string' ? words : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds or a date, as HTTP has it, or in OpenAI's and Google's own form. */
function retryAfter({ headers, raw }: Answer): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] || Number.NaN);
  const inBody = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(raw)?.[1];
  const header = Number.isNaN(milliseconds) ? (headers['retry-after'] ?? inBody) : `${milliseconds / 1000}`;
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
