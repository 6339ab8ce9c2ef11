/**
 * Flow control of a terminal's output: when bytes are sent to a sink, and when the shell must wait. Values only;
 * `Outlet` and `TerminalPty` carry the decisions out. Acknowledgements are the clock: the faster a client draws, the
 * more it gets, and an idle terminal gets each echo at once. The figures are measured in bench/terminal.ts and bench/echo.ts.
 */

/** Bytes of one sink: sent and not yet acknowledged, and held back to be sent together. */
export type Flow = { readonly inFlight: number; readonly waiting: number };

export const IDLE_FLOW: Flow = { inFlight: 0, waiting: 0 };

/** How long bytes may wait behind unacknowledged ones: most of a 60 Hz frame, so that no frame goes without new output. */
export const COALESCE_MS = 12;

/**
 * A read of this size is the middle of a burst: what follows within `BURST_MS` is sent with it, so that a screen arrives whole
 * and a client that is faster than the program is not sent each read by itself. With `BURST_BYTES` together nothing is waited for.
 */
export const BURST_READ_BYTES = 1000;
export const BURST_MS = 2;
export const BURST_BYTES = 32 * 1024;

/** Waiting bytes that are worth a message of their own before `COALESCE_MS` is over. */
export const COALESCE_BYTES = 256 * 1024;

/**
 * Unacknowledged bytes above which the shell is paused. Without a limit the queue grows until the window stops answering
 * keys; with less, the client runs dry between two acknowledgements. At 20 MB/s this is 50 ms of drawing, which bounds Ctrl-C.
 */
export const HIGH_WATER_BYTES = 1024 * 1024;

/**
 * Bytes that the mirror may have to parse when nobody watches. It parses what it has in one go, a millisecond for so many,
 * in which no other terminal of the process gets a key through.
 */
export const HIDDEN_HIGH_WATER_BYTES = 64 * 1024;

export function afterOutput(flow: Flow, bytes: number): Flow {
  return { inFlight: flow.inFlight, waiting: flow.waiting + bytes };
}

export function afterSend(flow: Flow): Flow {
  return { inFlight: flow.inFlight + flow.waiting, waiting: 0 };
}

/** A client that acknowledges more than it got is taken to have acknowledged all. */
export function afterAcknowledgement(flow: Flow, bytes: number): Flow {
  return { inFlight: Math.max(0, flow.inFlight - bytes), waiting: flow.waiting };
}

/** How long what waits may wait for more; `lastReadBytes` is the size of the latest output. */
export function sendDelayMs({ inFlight, waiting }: Flow, lastReadBytes: number): number {
  if (waiting >= COALESCE_BYTES) return 0;
  if (inFlight > 0) return COALESCE_MS;
  return lastReadBytes < BURST_READ_BYTES || waiting >= BURST_BYTES ? 0 : BURST_MS;
}

export function unacknowledged({ inFlight, waiting }: Flow): number {
  return inFlight + waiting;
}

/**
 * `pendingBytes` is that of the slowest reader: a sink, or the headless mirror. A paused shell goes on at half of the mark,
 * so that its readers have work before they run dry.
 */
export function mustPause(isPaused: boolean, pendingBytes: number, highWaterBytes: number): boolean {
  return pendingBytes > (isPaused ? highWaterBytes / 2 : highWaterBytes);
}
