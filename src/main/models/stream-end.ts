import type { ProviderKind } from '../../shared/models.ts';
import type { Follower } from './follower.ts';
import { FrameFollower } from './frame-follower.ts';
import { LineFollower } from './line-follower.ts';
import { TransportError } from './transport-error.ts';

/**
 * Passes a streamed body on, line by line or frame by frame, and reports when it breaks off or is not what the protocol wants.
 * It then ends like any other body, because an error would throw away the text that the reader has not taken yet.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  { kind, signal, report }: WatchOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const follower: Follower = kind === 'bedrock' ? new FrameFollower() : new LineFollower(kind);
  const cut = (details?: string) => {
    if (!follower.hasEnded)
      report(new TransportError('stream-cut', 'broke off before the answer was whole. Try again.', details));
  };

  return new ReadableStream({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          const { whole, failure } = done ? follower.rest() : follower.take(value);
          if (whole.length > 0) controller.enqueue(whole);
          if (failure) report(failure);
          else if (done) cut();
          if (done || failure) controller.close();
          if (failure) await reader.cancel();
          if (done || failure || whole.length > 0) return;
        }
      } catch (error) {
        if (!signal?.aborted) cut(String(error));
        controller.close();
      }
    },
    // Some readers do not look at the promise; a body that has failed already would reject it.
    cancel: (reason) => reader.cancel(reason).catch(() => {}),
  });
}

export type WatchOptions = {
  readonly kind: ProviderKind;
  readonly signal: AbortSignal | undefined;
  readonly report: (failure: TransportError) => void;
};
