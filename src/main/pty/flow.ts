/**
 * Flow control of a terminal's output: when bytes are sent to a sink, and when the shell must wait. Values only;
 * `Outlet` and `TerminalPty` carry the decisions out. Acknowledgements are the clock: the faster a client draws, the
 * more it gets, and an idle terminal gets each echo at once. The figures are measured in bench/terminal.ts and bench/echo.ts.
 */

/** One sink: bytes that are sent and not yet acknowledged, those held back to be sent together, and the pace at which it draws. */
export type Flow = {
  readonly inFlight: number;
  readonly waiting: number;
  /** Bytes a millisecond, as last measured. */
  readonly rate?: number;
  /** There and back without the drawing, averaged. */
  readonly latencyMs: number;
  /** When something was sent to a sink that had nothing left to draw, and was not acknowledged yet. */
  readonly sentAtMs?: number | undefined;
  /** What was drawn since then, and how long it took. */
  readonly sample: Sample;
};

type Sample = { readonly bytes: number; readonly milliseconds: number };

const NO_SAMPLE: Sample = { bytes: 0, milliseconds: 0 };

export const IDLE_FLOW: Flow = { inFlight: 0, waiting: 0, latencyMs: 0, sample: NO_SAMPLE };

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
 * Unacknowledged bytes above which the shell is paused stand for so much drawing at the sink's own pace, beside what is on its way.
 * Without a limit the queue grows until the window stops answering keys; with less, the client runs dry between two
 * acknowledgements. It bounds Ctrl-C.
 */
export const HIGH_WATER_MS = 30;
/**
 * … and are never less, because a client that gets little at a time draws a frame for each bit of it, and so looks slower than
 * it is; and never more.
 */
export const LEAST_WATER_BYTES = 384 * 1024;
export const HIGH_WATER_BYTES = 1024 * 1024;

/** A pace is measured over at least so much: over less, a frame that was drawn meanwhile, or not, is the measure. */
const SAMPLE_MS = 40;
const SAMPLE_BYTES = 64 * 1024;

/**
 * Bytes that the mirror may have to parse when nobody watches. It parses what it has in one go, a millisecond for so many,
 * in which no other terminal of the process gets a key through.
 */
export const HIDDEN_HIGH_WATER_BYTES = 64 * 1024;

/** Of the mark at which a shell is paused: what is left of it is drawn while the shell's next output is on its way. */
const RESUME_SHARE = 3 / 4;

export function afterOutput(flow: Flow, bytes: number): Flow {
  return { ...flow, waiting: flow.waiting + bytes };
}

export function afterSend({ inFlight, waiting, ...flow }: Flow, nowMs: number): Flow {
  return {
    ...flow,
    inFlight: inFlight + waiting,
    waiting: 0,
    // Single keys say little of the pace of a flood.
    ...(inFlight === 0 && { sample: NO_SAMPLE, sentAtMs: nowMs }),
  };
}

/** A client that acknowledges more than it got is taken to have acknowledged all. */
export function afterAcknowledgement(
  flow: Flow,
  { bytes, drawnInMs, nowMs }: { bytes: number; drawnInMs: number; nowMs: number },
): Flow {
  const { latencyMs, sentAtMs } = flow;
  const sampleMs = sentAtMs === undefined ? latencyMs : Math.max(0, nowMs - sentAtMs - drawnInMs);
  const sample = {
    bytes: flow.sample.bytes + bytes,
    milliseconds: flow.sample.milliseconds + drawnInMs,
  };
  const isEnough = sample.milliseconds >= SAMPLE_MS && sample.bytes >= SAMPLE_BYTES;
  return {
    ...flow,
    inFlight: Math.max(0, flow.inFlight - bytes),
    latencyMs: (latencyMs + sampleMs) / 2,
    sentAtMs: undefined,
    ...(isEnough ? { rate: sample.bytes / sample.milliseconds, sample: NO_SAMPLE } : { sample }),
  };
}

/** Unacknowledged bytes above which the shell is paused for this sink. */
export function highWaterBytes({ rate = Number.POSITIVE_INFINITY, latencyMs }: Flow): number {
  return Math.min(HIGH_WATER_BYTES, Math.max(LEAST_WATER_BYTES, rate * (HIGH_WATER_MS + latencyMs)));
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

/** For one reader, a sink or the headless mirror. A paused shell goes on well before the reader runs dry. */
export function mustPause(isPaused: boolean, pendingBytes: number, markBytes: number): boolean {
  return pendingBytes > (isPaused ? markBytes * RESUME_SHARE : markBytes);
}
