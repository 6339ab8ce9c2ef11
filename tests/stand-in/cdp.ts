import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** Chromium's refusal of a command. */
class CdpError extends Error {
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** The page, document or browser was no longer there. A wrong command has another code. */
const GONE_CODES = new Set([-32_000, -32_001]);

/** For commands whose effect is void once the page, or the request, they are for has gone. */
export function ignoreGone(error: unknown): void {
  const isGone =
    error instanceof CdpError && (GONE_CODES.has(error.code) || error.message.includes('InterceptionId'));
  if (!isGone) throw error;
}

function gone(method: string): CdpError {
  return new CdpError(`${method}: Chromium has gone`, -32_000);
}

type Waiting = { method: string; resolve: (result: unknown) => void; reject: (error: Error) => void };

type Message = {
  id?: number;
  method: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { code: number; message: string };
};

/** One attached target, or the browser itself: typed commands and events. */
export class CdpSession {
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];
  readonly #events = new EventEmitter().setMaxListeners(0);

  constructor(send: (method: string, params: unknown) => Promise<unknown>) {
    this.send = send as CDPSession['send'];
    this.on = ((event: string, listener: (params: unknown) => void) => {
      this.#events.on(event, listener);
      return this;
    }) as unknown as CDPSession['on'];
  }

  dispatch(event: string, params: unknown): void {
    this.#events.emit(event, params);
  }
}

/** The DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON messages that end in a zero byte. */
export class CdpConnection {
  readonly #commands: Writable;
  readonly #sessions = new Map<string | undefined, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  readonly browser = this.session();
  #lastId = 0;
  #isClosed = false;
  #partial: Buffer[] = [];

  constructor(commands: Writable, messages: Readable) {
    this.#commands = commands;
    commands.on('error', () => this.close());
    messages.on('error', () => this.close());
    messages.on('data', (data: Buffer) => this.#read(data));
  }

  /** The session of an attached target; without an id, the browser's own. */
  session(id?: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new CdpSession((method, params) => this.#send(method, params, id));
    this.#sessions.set(id, session);
    return session;
  }

  /** Ends all that waits for an answer; to be called when Chromium has gone. */
  close(): void {
    this.#isClosed = true;
    for (const { method, reject } of this.#waiting.values()) reject(gone(method));
    this.#waiting.clear();
  }

  #send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(gone(method));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, { method, resolve, reject });
    this.#commands.write(`${JSON.stringify({ id: this.#lastId, method, params, sessionId })}\0`);
    return promise;
  }

  #read(data: Buffer): void {
    let start = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      this.#partial.push(data.subarray(start, end));
      const text = Buffer.concat(this.#partial).toString();
      this.#partial = [];
      start = end + 1;
      this.#handle(JSON.parse(text) as Message);
    }
    if (start < data.length) this.#partial.push(data.subarray(start));
  }

  #handle({ id, method, params, sessionId, result, error }: Message): void {
    if (id === undefined) {
      this.#sessions.get(sessionId)?.dispatch(method, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new CdpError(`${waiting.method}: ${error.message}`, error.code));
    else waiting?.resolve(result);
  }
}
