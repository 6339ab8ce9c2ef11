import type { SessionId } from '../../../shared/ids.ts';
import type { SearchHit } from '../../../shared/search.ts';

/** `id` is its own as long as one looks at the hits of one search. */
export type FoundHit = { readonly id: string; readonly hit: SearchHit };

export type HitGroup = {
  readonly sessionId: SessionId;
  readonly title: string;
  readonly isClosed: boolean;
  readonly hits: readonly FoundHit[];
};

/** The hits of each tab together: open tabs in this order, closed ones below them, each with what was found first first. */
export function groupHits(hits: readonly FoundHit[], order: readonly SessionId[]): HitGroup[] {
  const groups = [...Map.groupBy(hits, ({ hit }) => hit.sessionId)].map(([sessionId, hits]) => ({
    sessionId,
    title: hits[0]?.hit.title ?? '',
    isClosed: !order.includes(sessionId),
    hits,
  }));
  const place = ({ sessionId, isClosed }: HitGroup) => (isClosed ? Infinity : order.indexOf(sessionId));
  return groups.sort((left, right) => (place(left) === place(right) ? 0 : place(left) - place(right)));
}
