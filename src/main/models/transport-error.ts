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

const CONNECTION_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused. Does the server run?',
  ECONNRESET: 'the connection was closed before an answer.',
  EPIPE: 'the connection was closed before an answer.',
  UND_ERR_SOCKET: 'the connection was closed before an answer.',
  ENOTFOUND: 'its name is not known. Check base_url and your network.',
  EAI_AGAIN: 'its name could not be looked up. Check your network.',
  EHOSTUNREACH: 'there is no way to it. Check your network.',
  ENETUNREACH: 'there is no way to it. Check your network.',
  ETIMEDOUT: 'it did not answer in time.',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time.',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time.',
};

/** Why `fetch` brought no answer, with the host and port that it tried. */
export function connectionFailed(error: unknown, url: URL): TransportError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message : String(cause);
  const isCertificate = /CERT|SSL|TLS|SIGNATURE/.test(code);
  const reason = CONNECTION_PROBLEMS[code] ?? (isCertificate ? 'its certificate is not trusted.' : words);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return new TransportError(
    'network',
    `could not be reached at ${url.hostname}:${port}: ${reason}`,
    [code, words].filter(Boolean).join(' '),
  );
}
