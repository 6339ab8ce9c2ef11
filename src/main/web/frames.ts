import type { PtyOutput } from '../../shared/contract.ts';

const KIND_BYTE = { snapshot: 0, data: 1, latest: 2 } as const;

/** A binary frame: byte 0 the kind, bytes 1–26 the session's id and 27–52 the pane's in ASCII, the rest terminal output. */
export function encodePtyOutput({ kind, sessionId, paneId, bytes }: PtyOutput): Buffer {
  return Buffer.concat([Buffer.of(KIND_BYTE[kind]), Buffer.from(sessionId + paneId, 'ascii'), bytes]);
}
