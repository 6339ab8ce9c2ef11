import type { AgentError } from '../../shared/agent.ts';
import type { TransportFailure } from './types.ts';

export class TransportError extends Error implements TransportFailure {
  override readonly name = 'TransportError';
  readonly code: AgentError['code'];
  readonly details?: string;

  constructor(code: AgentError['code'], message: string, details?: string) {
    super(message);
    this.code = code;
    if (details !== undefined) this.details = details;
  }
}

const CLOSED = 'the connection was closed before an answer. Try again.';
const SLOW = 'it did not answer in time. Try again, or check base_url.';
const CONNECTION_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused. Check base_url, and that the server runs.',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  UND_ERR_SOCKET: CLOSED,
  ENOTFOUND: 'its name is not known. Check base_url and your network.',
  EAI_AGAIN: 'its name could not be looked up. Check your network.',
  EHOSTUNREACH: 'there is no way to it. Check your network.',
  ENETUNREACH: 'there is no way to it. Check your network.',
  ETIMEDOUT: SLOW,
  UND_ERR_CONNECT_TIMEOUT: SLOW,
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too long. Check base_url.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https. Check base_url.',
};

/** Why `fetch` brought no answer, with the host and port that it tried. */
export function connectionFailed(error: unknown, url: URL): TransportError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message : String(cause);
  const reason = CONNECTION_PROBLEMS[code] ?? reasonOf(cause, code, words);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return new TransportError(
    'network',
    `could not be reached at ${url.hostname}:${port}: ${reason}`,
    [code, words].filter(Boolean).join(' '),
  );
}

function reasonOf(cause: unknown, code: string, words: string): string {
  if (cause instanceof Error && cause.name === 'HTTPParserError')
    return 'it does not speak HTTP. Check base_url.';
  if (/CERT|SSL|TLS|SIGNATURE/.test(code)) {
    return 'its certificate is not trusted. Check base_url; for a certificate of your own, start Carrel with NODE_EXTRA_CA_CERTS.';
  }
  return `${words.replace(/\.?$/, '.')} Check base_url and your network.`;
}
