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
  IDLE_FLOW,
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
  expect(sendDelayMs(flow, lastReadBytes)).toBe(expected);
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
  const sent = afterSend(afterOutput(afterOutput(IDLE_FLOW, 5), 7));
  expect([
    sent,
    afterOutput(sent, 3),
    afterAcknowledgement(afterOutput(sent, 3), 10),
    afterAcknowledgement(sent, 99),
  ]).toEqual([
    { inFlight: 12, waiting: 0 },
    { inFlight: 12, waiting: 3 },
    { inFlight: 2, waiting: 3 },
    { inFlight: 0, waiting: 0 },
  ]);
});
