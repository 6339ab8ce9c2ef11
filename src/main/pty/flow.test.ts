import { expect, it } from 'vitest';
import {
  afterAcknowledgement,
  afterOutput,
  afterSend,
  COALESCE_BYTES,
  HIGH_WATER_BYTES,
  IDLE_FLOW,
  LOW_WATER_BYTES,
  mustPause,
  mustSend,
} from './flow.ts';

it.each([
  ['nothing waits', { inFlight: 0, waiting: 0 }, false],
  ['nothing is in flight', { inFlight: 0, waiting: 1 }, true],
  ['something is in flight', { inFlight: 1, waiting: COALESCE_BYTES - 1 }, false],
  ['enough waits for a message of its own', { inFlight: 1, waiting: COALESCE_BYTES }, true],
])('decides to send when %s', (_, flow, expected) => {
  expect(mustSend(flow)).toBe(expected);
});

it.each([
  [false, HIGH_WATER_BYTES, false],
  [false, HIGH_WATER_BYTES + 1, true],
  [true, LOW_WATER_BYTES + 1, true],
  [true, LOW_WATER_BYTES, false],
])('paused %s with %i bytes pending: pauses %s', (isPaused, pendingBytes, expected) => {
  expect(mustPause(isPaused, pendingBytes)).toBe(expected);
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
