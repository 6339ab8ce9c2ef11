import { EventEmitter } from 'node:events';
import { createCodec } from './page/codec.ts';
import type { ToMain } from './page/messages.ts';
import type { Reply } from './page-link.ts';

export const codec = createCodec({
  toText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  // A copy, as a small Buffer is a view of a shared pool.
  toBytes: (text) => new Uint8Array(Buffer.from(text, 'base64')),
});

export type IpcMainEvent = { sender: unknown; senderFrame: unknown };
type Handler = (event: IpcMainEvent, ...parameters: unknown[]) => unknown;

/** Hears what preloads send, by channel. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  hear(event: IpcMainEvent, { channel, encoded }: Extract<ToMain, { kind: 'send' }>): void {
    this.emit(channel, event, ...(codec.decode(encoded) as unknown[]));
  }

  /** Answers with the handler's result, or with its failure as text, in Electron's words. */
  async call(event: IpcMainEvent, message: Extract<ToMain, { kind: 'invoke' }>, reply: Reply): Promise<void> {
    const { call, channel, encoded } = message;
    const handler = this.#handlers.get(channel);
    if (!handler) {
      reply({ kind: 'failure', call, message: `Error: No handler registered for '${channel}'` });
      return;
    }
    try {
      const result = await handler(event, ...(codec.decode(encoded) as unknown[]));
      reply({ kind: 'result', call, encoded: codec.encode(result) });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      reply({ kind: 'failure', call, message: String(error) });
    }
  }
}
