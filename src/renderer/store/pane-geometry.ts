import type { PaneId } from '../../shared/ids.ts';
import type { PaneLayout, PaneSplit } from '../../shared/panes.ts';

/** In shares of the room that all panes have. */
export type Rectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** The edge between a part of a split and the next, which can be moved. */
export type Divider = {
  /** Places of the splits that lead to its own, from the outermost. */
  readonly path: readonly number[];
  /** Of the part before it. */
  readonly index: number;
  readonly direction: PaneSplit['direction'];
  /** Without width (`row`) or height (`column`). */
  readonly place: Rectangle;
  /** Of the part before it and the one after it, of the whole. */
  readonly before: number;
  readonly after: number;
};

const WHOLE: Rectangle = { left: 0, top: 0, width: 1, height: 1 };

export function placesOf(layout: PaneLayout, room: Rectangle = WHOLE): Map<PaneId, Rectangle> {
  if (typeof layout === 'string') return new Map([[layout, room]]);
  return new Map(partsOf(layout, room).flatMap(({ layout, place }) => [...placesOf(layout, place)]));
}

export function dividersOf(
  layout: PaneLayout,
  room: Rectangle = WHOLE,
  path: readonly number[] = [],
): Divider[] {
  if (typeof layout === 'string') return [];
  const parts = partsOf(layout, room);
  const isRow = layout.direction === 'row';
  const lengthOf = ({ width, height }: Rectangle) => (isRow ? width : height);
  return parts.flatMap(({ layout: part, place }, index) => {
    const next = parts[index + 1];
    const divider: Divider | undefined = next && {
      path,
      index,
      direction: layout.direction,
      place: isRow
        ? { ...room, left: next.place.left, width: 0 }
        : { ...room, top: next.place.top, height: 0 },
      before: lengthOf(place),
      after: lengthOf(next.place),
    };
    return [...(divider ? [divider] : []), ...dividersOf(part, place, [...path, index])];
  });
}

/** The edge goes `by` of the whole room to the right or down; neither neighbour becomes smaller than `least`, unless it is so already. */
export function moveDivider(
  layout: PaneLayout,
  { path, index, before, after }: Pick<Divider, 'path' | 'index' | 'before' | 'after'>,
  by: number,
  least: number,
): PaneLayout {
  if (typeof layout === 'string') return layout;
  const [inner, ...rest] = path;
  if (inner !== undefined) {
    const parts = layout.parts.map((part, at) =>
      at === inner
        ? { ...part, layout: moveDivider(part.layout, { path: rest, index, before, after }, by, least) }
        : part,
    );
    return { ...layout, parts };
  }
  const moved = Math.min(Math.max(by, Math.min(0, least - before)), Math.max(0, after - least));
  // Shares are of the split, `by` is of the whole room.
  const share = (layout.parts[index]?.share ?? 0) * (before > 0 ? moved / before : 0);
  const parts = layout.parts.map((part, at) => {
    if (at === index) return { ...part, share: part.share + share };
    return at === index + 1 ? { ...part, share: part.share - share } : part;
  });
  return { ...layout, parts };
}

export const SIDES = ['left', 'right', 'up', 'down'] as const;
export type Side = (typeof SIDES)[number];

/** The pane beside another: the one with the longest common edge. */
export function paneBeside(layout: PaneLayout, id: PaneId, side: Side): PaneId | undefined {
  const places = placesOf(layout);
  const from = places.get(id);
  if (!from) return undefined;
  const beside = [...places]
    .filter(([other, place]) => other !== id && touches(from, place, side))
    .map(([other, place]) => ({ other, edge: commonEdge(from, place, side) }))
    .filter(({ edge }) => edge > TOUCH)
    .sort((one, other) => other.edge - one.edge);
  return beside[0]?.other;
}

/** Shares are sums of fractions. */
const TOUCH = 1e-6;

function touches(from: Rectangle, to: Rectangle, side: Side): boolean {
  const gaps: Record<Side, number> = {
    left: from.left - (to.left + to.width),
    right: to.left - (from.left + from.width),
    up: from.top - (to.top + to.height),
    down: to.top - (from.top + from.height),
  };
  return Math.abs(gaps[side]) < TOUCH;
}

function commonEdge(one: Rectangle, other: Rectangle, side: Side): number {
  return side === 'left' || side === 'right'
    ? Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
    : Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
}

function partsOf({ direction, parts }: PaneSplit, room: Rectangle) {
  let done = 0;
  return parts.map(({ share, layout }) => {
    const place =
      direction === 'row'
        ? { ...room, left: room.left + done * room.width, width: share * room.width }
        : { ...room, top: room.top + done * room.height, height: share * room.height };
    done += share;
    return { layout, place };
  });
}
