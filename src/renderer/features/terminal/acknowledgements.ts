/**
 * Bytes drawn before the core is told. It keeps a flood moving without a message for each chunk.
 * Figure measured with the flow control of the core.
 */
export const ACKNOWLEDGE_BYTES = 64 * 1024;

/** Live output on its way through the terminal, in bytes. */
export type Flow = {
  /** Given to the terminal and not yet drawn. */
  readonly queued: number;
  /** Drawn and not yet acknowledged. */
  readonly drawn: number;
};

export const emptyFlow: Flow = { queued: 0, drawn: 0 };

export function afterQueued({ queued, drawn }: Flow, bytes: number): Flow {
  return { queued: queued + bytes, drawn };
}

/** `acknowledged` bytes are told to the core now: enough of them, or the last ones there are. */
export function afterDrawn(
  flow: Flow,
  bytes: number,
): { readonly flow: Flow; readonly acknowledged: number } {
  const queued = flow.queued - bytes;
  const drawn = flow.drawn + bytes;
  return drawn >= ACKNOWLEDGE_BYTES || queued === 0
    ? { flow: { queued, drawn: 0 }, acknowledged: drawn }
    : { flow: { queued, drawn }, acknowledged: 0 };
}
