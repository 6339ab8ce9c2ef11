import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { paneId, type PaneId } from '../../shared/ids.ts';
import { splitPane } from '../../shared/panes.ts';
import { dividersOf, moveDivider, paneBeside, placesOf } from './pane-geometry.ts';

const [a, b, c] = Array.from({ length: 3 }, () => paneId.parse(ulid())) as [PaneId, PaneId, PaneId];
/** a | b above c. */
const layout = splitPane(splitPane(a, a, 'row', b), b, 'column', c);

describe('places of panes', () => {
  it('fill the room', () => {
    expect([...placesOf(layout)]).toEqual([
      [a, { left: 0, top: 0, width: 0.5, height: 1 }],
      [b, { left: 0.5, top: 0, width: 0.5, height: 0.5 }],
      [c, { left: 0.5, top: 0.5, width: 0.5, height: 0.5 }],
    ]);
  });

  it('are beside one another', () => {
    const sides = ['left', 'right', 'up', 'down'] as const;
    const beside = (id: PaneId) => sides.map((side) => paneBeside(layout, id, side));
    expect([beside(a), beside(b), beside(c)]).toEqual([
      [undefined, b, undefined, undefined],
      [a, undefined, undefined, c],
      [a, undefined, b, undefined],
    ]);
  });
});

describe('the edge between panes', () => {
  it('stands where two parts meet', () => {
    expect(
      dividersOf(layout).map(({ direction, place, path, index }) => ({ direction, place, path, index })),
    ).toEqual([
      { direction: 'row', place: { left: 0.5, top: 0, width: 0, height: 1 }, path: [], index: 0 },
      { direction: 'column', place: { left: 0.5, top: 0.5, width: 0.5, height: 0 }, path: [1], index: 0 },
    ]);
  });

  it('moves by a part of the whole room, and leaves each pane its least', () => {
    const [outer, inner] = dividersOf(layout);
    if (!outer || !inner) throw new Error('There are two');
    const widths = (by: number) =>
      [...placesOf(moveDivider(layout, outer, by, 0.1)).values()].map(({ width }) => width.toFixed(2));
    expect([widths(0.2), widths(-0.9), widths(0.9)]).toEqual([
      ['0.70', '0.30', '0.30'],
      ['0.10', '0.90', '0.90'],
      ['0.90', '0.10', '0.10'],
    ]);
    const heights = [...placesOf(moveDivider(layout, inner, 0.25, 0.1)).values()].map(({ height }) => height);
    expect(heights).toEqual([1, 0.75, 0.25]);
  });
});
