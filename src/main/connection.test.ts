import { expect, it } from 'vitest';
import type { EventEnvelope } from '../shared/contract.ts';
import { paneId, sessionId } from '../shared/ids.ts';
import type { Session } from '../shared/session.ts';
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

it('lets a terminal go when it is attached again, its tab is closed or moved, or its client has gone', () => {
  const broadcast = new Broadcast();
  const { connection } = listen(broadcast);
  const ended: string[] = [];
  const attachment = (name: string) => () => ({
    acknowledge: () => undefined,
    [Symbol.dispose]: () => void ended.push(name),
  });
  const pane = { sessionId: id, paneId: paneId.parse(id) };
  const endedAfter = (act: () => void) => {
    act();
    return ended.splice(0);
  };
  connection.attach(pane, attachment('first'));
  expect(endedAfter(() => connection.attach(pane, attachment('second')))).toEqual(['first']);
  expect(endedAfter(() => broadcast.emit({ type: 'session-closed', sessionId: id }))).toEqual(['second']);
  connection.attach(pane, attachment('third'));
  const session = { id } as Session;
  expect(endedAfter(() => broadcast.emit({ type: 'session-moved', session, isInFront: true }))).toEqual([
    'third',
  ]);
  connection.attach(pane, attachment('fourth'));
  expect(endedAfter(() => broadcast.disconnect(connection))).toEqual(['fourth']);
});
