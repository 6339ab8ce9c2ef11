import {
  afterAcknowledgement,
  afterOutput,
  afterSend,
  IDLE_FLOW,
  sendDelayMs,
  unacknowledged,
} from './flow.ts';
import type { PtyAttachment, PtySink } from './types.ts';

/** Without output for so long a terminal is at rest. */
const QUIET_MS = 400;

/** One sink's side of the flow: holds output back until the snapshot is out, then sends as flow.ts decides. */
export class Outlet implements PtyAttachment {
  readonly #sink: PtySink;
  readonly #onProgress: () => void;
  readonly #onDispose: (outlet: Outlet) => void;
  #flow = IDLE_FLOW;
  #chunks: Uint8Array[] = [];
  #lastReadBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #quietTimer: NodeJS.Timeout | undefined;
  #isOpen = false;
  #isDisposed = false;

  /** `onProgress` is told of each acknowledgement, `onDispose` when the sink wants no more. */
  constructor(sink: PtySink, onProgress: () => void, onDispose: (outlet: Outlet) => void) {
    this.#sink = sink;
    this.#onProgress = onProgress;
    this.#onDispose = onDispose;
  }

  get unacknowledged(): number {
    return unacknowledged(this.#flow);
  }

  /** Sends the screen, then the output that has come since it was taken. What was sent before it is not acknowledged any more. */
  open(snapshot: Uint8Array): void {
    if (this.#isDisposed) return;
    this.#isOpen = true;
    this.#flow = { inFlight: 0, waiting: this.#flow.waiting };
    this.#sink('snapshot', snapshot);
    this.flush();
  }

  /** Keeps the output back that comes from now on, until it is opened again. */
  hold(): void {
    this.flush();
    this.#isOpen = false;
  }

  /** Calls back once, when the client has drawn all and nothing new comes. */
  whenQuiet(callback: () => void): void {
    this.#quietTimer = setTimeout(() => {
      if (this.unacknowledged > 0) this.#quietTimer?.refresh();
      else callback();
    }, QUIET_MS);
  }

  /** `bytes` must not change afterwards: other sinks and the mirror read the same memory. */
  push(bytes: Uint8Array): void {
    this.#quietTimer?.refresh();
    this.#chunks.push(bytes);
    this.#flow = afterOutput(this.#flow, bytes.length);
    this.#lastReadBytes = bytes.length;
    this.#sendWhenDue();
  }

  /** Sends what waits, whatever is in flight. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isOpen || this.#isDisposed || this.#chunks.length === 0) return;
    const bytes = joined(this.#chunks);
    this.#chunks = [];
    this.#flow = afterSend(this.#flow);
    this.#sink('data', bytes);
  }

  acknowledge(bytes: number): void {
    this.#flow = afterAcknowledgement(this.#flow, bytes);
    this.#sendWhenDue();
    this.#onProgress();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#chunks = [];
    clearTimeout(this.#timer);
    clearTimeout(this.#quietTimer);
    this.#onDispose(this);
  }

  #sendWhenDue(): void {
    if (!this.#isOpen || this.#flow.waiting === 0) return;
    const delayMs = sendDelayMs(this.#flow, this.#lastReadBytes);
    if (delayMs === 0) return this.flush();
    const dueAt = performance.now() + delayMs;
    if (this.#timer && this.#dueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.flush(), delayMs);
  }
}

/** In memory of its own: a pooled Buffer would drag its neighbours' bytes through a structured clone. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
