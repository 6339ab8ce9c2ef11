import { expect, it, vi } from 'vitest';
import type { EventEnvelope } from '../shared/contract.ts';
import { paneId, sessionId } from '../shared/ids.ts';
import type { Session } from '../shared/session.ts';
import type { PtyAttachment } from './pty/types.ts';
import { Broadcast } from './connection.ts';

const id = sessionId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');

function listen(broadcast: Broadcast) {
  const heard: EventEnvelope[] = [];
  /** How many events came with each call. */
  const calls: number[] = [];
  const connection = broadcast.connect({
    events: (envelopes) => {
      calls.push(envelopes.length);
      heard.push(...envelopes);
    },
    ptyOutput: () => undefined,
  });
  return { heard, calls, connection };
}

it('numbers events for all, and tells them from the first snapshot on', () => {
  const broadcast = new Broadcast();
  const [early, late] = [listen(broadcast), listen(broadcast)];
  early.connection.isAttached = true;
  broadcast.emit({ type: 'notice-dismissed', id: 'a' });
  late.connection.isAttached = true;
  broadcast.emit({ type: 'notice-dismissed', id: 'b' });
  broadcast.disconnect(early.connection);
  broadcast.emit({ type: 'notice-dismissed', id: 'c' });
  expect(early.heard.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(late.heard.map(({ sequence }) => sequence)).toEqual([2, 3]);
});

it('tells what nobody looks at with the next event, with the sequence that a snapshot asks for, or a little later', async () => {
  vi.useFakeTimers();
  const broadcast = new Broadcast();
  const { heard, calls, connection } = listen(broadcast);
  connection.isAttached = true;
  const unseen = (id: string) => broadcast.emitUnseen({ type: 'notice-dismissed', id });
  unseen('a');
  unseen('b');
  expect(calls).toEqual([]);
  broadcast.emit({ type: 'notice-dismissed', id: 'c' });
  expect(calls).toEqual([3]);
  unseen('d');
  expect(broadcast.sequence).toBe(4);
  expect(calls).toEqual([3, 1]);
  unseen('e');
  await vi.advanceTimersByTimeAsync(500);
  expect(calls).toEqual([3, 1, 1]);
  expect(heard.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  vi.useRealTimers();
});

const PANE = { sessionId: id, paneId: paneId.parse(id) };

/** Keeps a diary of what it is told. */
function fakeAttachment(diary: string[], name: string): PtyAttachment & { isSuspended: boolean } {
  return {
    isSuspended: false,
    acknowledge: () => undefined,
    sendAllLines: () => undefined,
    suspend() {
      this.isSuspended = true;
    },
    resume() {
      this.isSuspended = false;
      diary.push(`${name} goes on`);
    },
    [Symbol.dispose]: () => void diary.push(`${name} ends`),
  };
}

it('lets a terminal go when it is attached again, its tab is closed or moved, or its client has gone', () => {
  const broadcast = new Broadcast();
  const { connection } = listen(broadcast);
  const diary: string[] = [];
  const attachment = (name: string) => () => fakeAttachment(diary, name);
  connection.attach(PANE, attachment('first'));
  connection.attach(PANE, attachment('second'));
  broadcast.emit({ type: 'session-closed', sessionId: id });
  connection.attach(PANE, attachment('third'));
  broadcast.emit({ type: 'session-moved', session: { id } as Session, isInFront: true });
  connection.attach(PANE, attachment('fourth'));
  broadcast.disconnect(connection);
  expect(diary).toEqual(['first ends', 'second ends', 'third ends', 'fourth ends']);
});

it('goes on with a terminal that was suspended, and has a new one after that was let go', () => {
  const { connection } = listen(new Broadcast());
  const diary: string[] = [];
  const attachment = (name: string) => () => fakeAttachment(diary, name);
  connection.attach(PANE, attachment('first'));
  connection.attachment(PANE.paneId)?.suspend();
  connection.attach(PANE, attachment('unwanted'));
  connection.attachment(PANE.paneId)?.suspend();
  connection.detach(PANE.paneId);
  connection.attach(PANE, attachment('second'));
  expect(diary).toEqual(['first goes on', 'first ends']);
  expect(connection.attachment(PANE.paneId)?.isSuspended).toBe(false);
});
