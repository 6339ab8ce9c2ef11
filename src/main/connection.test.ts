import { expect, it } from 'vitest';
import type { EventEnvelope } from '../shared/contract.ts';
import { paneId, sessionId } from '../shared/ids.ts';
import { Broadcast } from './connection.ts';

const id = sessionId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');

function listen(broadcast: Broadcast) {
  const heard: EventEnvelope[] = [];
  const connection = broadcast.connect({
    event: (envelope) => heard.push(envelope),
    ptyOutput: () => undefined,
  });
  return { heard, connection };
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

it('lets a terminal go when it is attached again, its tab is closed or its client has gone', () => {
  const broadcast = new Broadcast();
  const { connection } = listen(broadcast);
  const ended: string[] = [];
  const attachment = (name: string) => () => ({
    acknowledge: () => undefined,
    [Symbol.dispose]: () => void ended.push(name),
  });
  const pane = { sessionId: id, paneId: paneId.parse(id) };
  connection.attach(pane, attachment('first'));
  connection.attach(pane, attachment('second'));
  broadcast.emit({ type: 'session-closed', sessionId: id });
  connection.attach(pane, attachment('third'));
  broadcast.disconnect(connection);
  expect(ended).toEqual(['first', 'second', 'third']);
});
