import { expect, it } from 'vitest';
import type { PaneId, SessionId } from '../../../shared/ids.ts';
import type { SearchHit } from '../../../shared/search.ts';
import { groupHits } from './group-hits.ts';

const ids = ['a', 'b', 'c', 'd'] as SessionId[];
const [a, b, c, d] = ids as [SessionId, SessionId, SessionId, SessionId];

function found(id: string, sessionId: SessionId) {
  const hit: SearchHit = {
    kind: 'line',
    sessionId,
    paneId: sessionId as string as PaneId,
    title: `tab ${sessionId}`,
    isClosed: false,
    text: id,
    matches: [],
    offset: 0,
    linesBelow: 0,
  };
  return { id, hit };
}

it('puts the hits of a tab together, open tabs in their order and closed ones below', () => {
  const hits = [found('1', d), found('2', b), found('3', c), found('4', a), found('5', b)];
  const groups = groupHits(hits, [a, b]);
  expect(groups.map(({ title, isClosed, hits }) => [title, isClosed, hits.map(({ id }) => id)])).toEqual([
    ['tab a', false, ['4']],
    ['tab b', false, ['2', '5']],
    ['tab d', true, ['1']],
    ['tab c', true, ['3']],
  ]);
});
