import type { Followed, Follower } from './follower.ts';
import { TransportError } from './transport-error.ts';

/** Length of the frame and of its headers, and a checksum of both. */
const PRELUDE_BYTES = 12;
/** Amazon's own limit ("vnd.amazon.eventstream", 24 MB in all): more is no frame. */
const MAX_FRAME_BYTES = 24 * 1024 * 1024;
/** Names of events in the headers: the answer's end, or an error in its place. */
const ENDS = /messageStop|exception/;

/** Bedrock's stream is made of frames. Half a frame is held back: the package would throw away what came before it. */
export class FrameFollower implements Follower {
  #unfinished: Buffer = Buffer.alloc(0);
  hasEnded = false;

  take(bytes: Uint8Array): Followed {
    const all = Buffer.concat([this.#unfinished, bytes]);
    let end = 0;
    while (all.length - end >= PRELUDE_BYTES) {
      const frameBytes = all.readUInt32BE(end);
      const headersBytes = all.readUInt32BE(end + 4);
      if (frameBytes > MAX_FRAME_BYTES || frameBytes < PRELUDE_BYTES + headersBytes) {
        const failure = new TransportError('bad-response', 'sent something that is not of its protocol.');
        return { whole: all.subarray(0, end), failure };
      }
      if (all.length - end < frameBytes) break;
      const headers = all.subarray(end + PRELUDE_BYTES, end + PRELUDE_BYTES + headersBytes);
      this.hasEnded ||= ENDS.test(headers.toString('latin1'));
      end += frameBytes;
    }
    this.#unfinished = all.subarray(end);
    return { whole: all.subarray(0, end) };
  }

  rest(): Followed {
    return { whole: new Uint8Array() };
  }
}
