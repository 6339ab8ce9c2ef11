import {
  afterAcknowledgement,
  afterOutput,
  afterSend,
  highWaterBytes,
  IDLE_FLOW,
  mustPause,
  sendDelayMs,
  unacknowledged,
} from './flow.ts';
import type { PtyAttachment, PtySink } from './types.ts';

/** The screen that an outlet shows. */
export type OutletSource = {
  /** Calls back, never at once, when the screen shows all that was pushed so far. */
  readonly afterParsing: (callback: () => void) => void;
  readonly snapshot: (lines: 'all' | 'latest') => { bytes: Uint8Array; hasAllLines: boolean };
  /** The outlet waits for less than before, or for nothing any more. */
  readonly onProgress: () => void;
  readonly onDispose: () => void;
};

/** One sink's side of the flow: holds output back until the snapshot is out, then sends as flow.ts decides. */
export class Outlet implements PtyAttachment {
  readonly #sink: PtySink;
  readonly #source: OutletSource;
  #state: 'held' | 'open' | 'suspended' | 'disposed' = 'held';
  #lastHold = 0;
  #flow = IDLE_FLOW;
  #chunks: Uint8Array[] = [];
  #lastReadBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  /** The sink does not show what the screen shows. */
  #isStale = true;
  #wantsAllLines = false;
  #hasAllLines = false;

  constructor(sink: PtySink, source: OutletSource) {
    this.#sink = sink;
    this.#source = source;
    this.#hold();
  }

  get isSuspended(): boolean {
    return this.#state === 'suspended';
  }

  /** Whether the program must wait for this sink. */
  mustPause(isPaused: boolean): boolean {
    if (this.isSuspended) return false;
    return mustPause(isPaused, unacknowledged(this.#flow), highWaterBytes(this.#flow));
  }

  sendAllLines(): void {
    if (this.#hasAllLines) return;
    this.#wantsAllLines = true;
    if (this.#state === 'open') this.#hold();
  }

  suspend(): void {
    if (this.#state === 'disposed') return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isStale ||= this.#chunks.length > 0;
    this.#chunks = [];
    this.#flow = { ...this.#flow, waiting: 0 };
    this.#wantsAllLines = false;
    this.#state = 'suspended';
    this.#source.onProgress();
  }

  resume(): void {
    if (this.#state !== 'suspended') return;
    this.#state = 'open';
    if (this.#isStale) this.#hold();
  }

  /** The screen was changed other than by output. Who watches changes in the same way. */
  invalidate(): void {
    if (this.#state === 'suspended') this.#isStale = true;
  }

  /** Sends a snapshot in place of what changed the screen other than by output. */
  redraw(): void {
    if (this.#state === 'suspended') this.#isStale = true;
    else if (this.#state !== 'disposed') this.#hold();
  }

  /** `bytes` must not change afterwards: other sinks and the mirror read the same memory. */
  push(bytes: Uint8Array): void {
    if (this.#state === 'suspended') {
      this.#isStale = true;
      return;
    }
    this.#chunks.push(bytes);
    this.#flow = afterOutput(this.#flow, bytes.length);
    this.#lastReadBytes = bytes.length;
    this.#sendWhenDue();
  }

  /** Sends what waits, whatever is in flight. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#state !== 'open' || this.#chunks.length === 0) return;
    const bytes = joined(this.#chunks);
    this.#chunks = [];
    this.#flow = afterSend(this.#flow, performance.now());
    this.#sink('data', bytes);
  }

  acknowledge(bytes: number, drawnInMs: number): void {
    this.#flow = afterAcknowledgement(this.#flow, { bytes, drawnInMs, nowMs: performance.now() });
    this.#sendWhenDue();
    this.#source.onProgress();
  }

  [Symbol.dispose](): void {
    this.#state = 'disposed';
    this.#chunks = [];
    clearTimeout(this.#timer);
    this.#source.onDispose();
  }

  /** Keeps output back until a snapshot of all before it is out. */
  #hold(): void {
    this.flush();
    this.#state = 'held';
    this.#lastHold += 1;
    const hold = this.#lastHold;
    this.#source.afterParsing(() => {
      if (this.#state === 'held' && this.#lastHold === hold) this.#open();
    });
  }

  /** Sends the screen, then the output that has come since. What was sent before is not acknowledged any more. */
  #open(): void {
    const { bytes, hasAllLines } = this.#source.snapshot(this.#wantsAllLines ? 'all' : 'latest');
    this.#state = 'open';
    this.#isStale = false;
    this.#wantsAllLines = false;
    this.#hasAllLines = hasAllLines;
    this.#flow = { ...this.#flow, inFlight: 0, sentAtMs: undefined };
    this.#sink(hasAllLines ? 'snapshot' : 'latest', bytes);
    this.flush();
  }

  #sendWhenDue(): void {
    if (this.#state !== 'open' || this.#flow.waiting === 0) return;
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
