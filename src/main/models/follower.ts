import type { TransportError } from './transport-error.ts';

/** Follows a streamed body as it comes in. */
export interface Follower {
  /** What has come may be the whole answer. */
  readonly hasEnded: boolean;
  /** The whole lines or frames that are fit to be passed on, and the failure that comes after them. */
  take(bytes: Uint8Array): { readonly whole: Uint8Array; readonly failure?: TransportError };
  /** What is left when the body is at its end. */
  rest(): Uint8Array;
}
