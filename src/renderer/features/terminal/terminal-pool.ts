import type { SessionId } from '../../../shared/ids.ts';
import type { Client } from '../../client/client.ts';
import type { LiveTerminal } from './live-terminal.ts';

/** Of the terminals that were left, so many stay ready to be shown at once. Each has up to as many lines as it keeps: 22 MB for 10,000. */
export const MAX_KEPT = 3;

/** Hidden terminals, by what they show, the least recently shown first. */
export class TerminalPool<Terminal extends Disposable = LiveTerminal> {
  readonly #kept = new Map<string, { readonly terminal: Terminal; readonly sessionId: SessionId }>();

  /** Gives it up to be shown. */
  take(id: string): Terminal | undefined {
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    return kept?.terminal;
  }

  keep(id: string, sessionId: SessionId, terminal: Terminal): void {
    this.#dispose(id);
    this.#kept.set(id, { terminal, sessionId });
    for (const oldest of this.#kept.keys().take(Math.max(0, this.#kept.size - MAX_KEPT)))
      this.#dispose(oldest);
  }

  /** Disposes those of other sessions: they were closed. */
  retain(sessions: readonly SessionId[]): void {
    for (const [id, { sessionId }] of this.#kept) if (!sessions.includes(sessionId)) this.#dispose(id);
  }

  #dispose(id: string): void {
    this.take(id)?.[Symbol.dispose]();
  }
}

const pools = new WeakMap<Client, TerminalPool>();

/** Of the window that this client belongs to. */
export function poolOf(client: Client): TerminalPool {
  const pool = pools.get(client) ?? new TerminalPool();
  pools.set(client, pool);
  return pool;
}
