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
  [true, 751, true],
  [true, 750, false],
])('paused %s with %i of 1000 bytes pending: pauses %s', (isPaused, pendingBytes, expected) => {
  expect(mustPause(isPaused, pendingBytes, 1000)).toBe(expected);
});

/** Acknowledged so long after time 0. */
const acknowledged = (flow: Flow, bytes: number, drawnInMs = 0, nowMs = drawnInMs) =>
  afterAcknowledgement(flow, { bytes, drawnInMs, nowMs });

it('counts bytes from output over sending to acknowledgement, and never below none', () => {
  const sent = afterSend(afterOutput(afterOutput(IDLE_FLOW, 5), 7), 0);
  expect([
    sent,
    afterOutput(sent, 3),
    acknowledged(afterOutput(sent, 3), 10),
    acknowledged(sent, 99),
  ]).toMatchObject([
    { inFlight: 12, waiting: 0 },
    { inFlight: 12, waiting: 3 },
    { inFlight: 2, waiting: 3 },
    { inFlight: 0, waiting: 0 },
  ]);
});

it('takes what is neither drawing nor waiting behind other bytes for the length of the way', () => {
  const sent = (flow: Flow, nowMs: number) => afterSend(afterOutput(flow, 10), nowMs);
  const first = acknowledged(sent(sent(IDLE_FLOW, 0), 10), 10, 30, 50);
  expect(first.latencyMs).toBe(10);
  // The rest waited in the client.
  const rest = acknowledged(first, 10, 30, 80);
  expect(rest.latencyMs).toBe(10);
  expect(acknowledged(sent(rest, 100), 10, 5, 109).latencyMs).toBe(7);
});

/** A flow after a client drew so many bytes in so many milliseconds, told in four parts. */
function drawn(bytes: number, milliseconds: number, before: Flow = IDLE_FLOW): Flow {
  const sent = afterSend(afterOutput(before, bytes), 0);
  return [1, 2, 3, 4].reduce((flow) => acknowledged(flow, bytes / 4, milliseconds / 4), sent);
}

/** … and then one key after another. */
const typing = (flow: Flow) =>
  Array.from({ length: 100 }).reduce<Flow>((before) => drawn(4, 40, before), flow);

it.each([
  ['a client that never drew', IDLE_FLOW, HIGH_WATER_BYTES],
  ['one that draws 20 MB a second', drawn(2_000_000, 100), 20_000 * HIGH_WATER_MS],
  ['a very fast one', drawn(10_000_000, 100), HIGH_WATER_BYTES],
  ['a very slow one', drawn(200_000, 4000), LEAST_WATER_BYTES],
  ['one that only drew some keys', typing(IDLE_FLOW), HIGH_WATER_BYTES],
  ['one that drew keys afterwards', typing(drawn(2_000_000, 100)), 20_000 * HIGH_WATER_MS],
  ['one that is far away', { ...drawn(2_000_000, 100), latencyMs: 20 }, 20_000 * (HIGH_WATER_MS + 20)],
  ['one that became slower', drawn(1_500_000, 100, drawn(2_000_000, 100)), 15_000 * HIGH_WATER_MS],
])('lets bytes wait for %s that it draws in the time that Ctrl-C may wait', (_, flow, expected) => {
  expect(highWaterBytes(flow)).toBe(expected);
});
