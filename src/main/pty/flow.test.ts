import { expect, it } from 'vitest';
import {
  afterAcknowledgement,
  afterOutput,
  afterSend,
  BURST_BYTES,
  BURST_MS,
  BURST_READ_BYTES,
  COALESCE_BYTES,
  COALESCE_MS,
  type Flow,
  HIGH_WATER_BYTES,
  HIGH_WATER_MS,
  highWaterBytes,
  IDLE_FLOW,
  LEAST_WATER_BYTES,
  mustPause,
  sendDelayMs,
} from './flow.ts';

it.each([
  ['an echo on an idle terminal', { inFlight: 0, waiting: 1 }, 1, 0],
  ['the end of a burst', { inFlight: 0, waiting: 5000 }, BURST_READ_BYTES - 1, 0],
  ['the middle of a burst', { inFlight: 0, waiting: 5000 }, BURST_READ_BYTES, BURST_MS],
  ['much of a burst', { inFlight: 0, waiting: BURST_BYTES }, BURST_READ_BYTES, 0],
  ['output while the client draws', { inFlight: 1, waiting: COALESCE_BYTES - 1 }, 1, COALESCE_MS],
  ['enough for a message of its own', { inFlight: 1, waiting: COALESCE_BYTES }, 4095, 0],
])('after %s waits as long as it is worth', (_, flow, lastReadBytes, expected) => {
  expect(sendDelayMs({ ...IDLE_FLOW, ...flow }, lastReadBytes)).toBe(expected);
});

it.each([
  [false, 1000, false],
  [false, 1001, true],
  [true, 501, true],
  [true, 500, false],
])('paused %s with %i of 1000 bytes pending: pauses %s', (isPaused, pendingBytes, expected) => {
  expect(mustPause(isPaused, pendingBytes, 1000)).toBe(expected);
});

it('counts bytes from output over sending to acknowledgement, and never below none', () => {
  const sent = afterSend(afterOutput(afterOutput(IDLE_FLOW, 5), 7), 0);
  expect([
    sent,
    afterOutput(sent, 3),
    afterAcknowledgement(afterOutput(sent, 3), 10, 1),
    afterAcknowledgement(sent, 99, 1),
  ]).toMatchObject([
    { inFlight: 12, waiting: 0 },
    { inFlight: 12, waiting: 3 },
    { inFlight: 2, waiting: 3 },
    { inFlight: 0, waiting: 0 },
  ]);
});

/** A flow after a client drew so many bytes in so many milliseconds, told in four parts. */
function drawn(bytes: number, elapsedMs: number, before: Flow = IDLE_FLOW): Flow {
  let flow = afterSend(afterOutput(before, 2 * bytes), 1000);
  for (const quarter of [1, 2, 3, 4])
    flow = afterAcknowledgement(flow, bytes / 4, 1000 + (elapsedMs * quarter) / 4);
  return { ...flow, inFlight: 0 };
}

it.each([
  ['a client that never drew', IDLE_FLOW, HIGH_WATER_BYTES],
  ['one that draws 10 MB a second', drawn(1_000_000, 100), 10_000 * HIGH_WATER_MS],
  ['a very fast one', drawn(10_000_000, 100), HIGH_WATER_BYTES],
  ['a very slow one', drawn(200_000, 4000), LEAST_WATER_BYTES],
  ['one that only drew some keys', drawn(400, 400), HIGH_WATER_BYTES],
  ['one that became slower', drawn(500_000, 100, drawn(1_000_000, 100)), 5000 * HIGH_WATER_MS],
])('lets bytes wait for %s that it draws in the time that Ctrl-C may wait', (_, flow, expected) => {
  expect(highWaterBytes(flow)).toBe(expected);
});
