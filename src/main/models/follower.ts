import type { TransportError } from './transport-error.ts';

export type Followed = {
  /** The whole lines or frames that are fit to be passed on. */
  readonly whole: Uint8Array;
  /** What comes after them, in the place of an answer. */
  readonly failure?: TransportError;
};

/** Follows a streamed body as it comes in. */
export interface Follower {
  /** What has come may be the whole answer. */
  readonly hasEnded: boolean;
  take(bytes: Uint8Array): Followed;
  /** What is left when the body is at its end. */
  rest(): Followed;
}
