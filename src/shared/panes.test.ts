import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { paneId } from './ids.ts';
import { paneLayout, panesOf, splitPane, swapPanes, withoutPane, type PaneLayout } from './panes.ts';

const [a, b, c, d] = Array.from({ length: 4 }, (_, index) => paneId.parse(ulid(index))) as [
  ReturnType<typeof paneId.parse>,
  ReturnType<typeof paneId.parse>,
  ReturnType<typeof paneId.parse>,
  ReturnType<typeof paneId.parse>,
];

describe('a layout of panes', () => {
  it('halves a pane to the right or below', () => {
    const right = splitPane(a, a, 'row', b);
    expect(right).toEqual({
      direction: 'row',
      parts: [
        { share: 1 / 2, layout: a },
        { share: 1 / 2, layout: b },
      ],
    });
    expect(splitPane(right, b, 'column', c)).toEqual({
      direction: 'row',
      parts: [
        { share: 1 / 2, layout: a },
        {
          share: 1 / 2,
          layout: {
            direction: 'column',
            parts: [
              { share: 1 / 2, layout: b },
              { share: 1 / 2, layout: c },
            ],
          },
        },
      ],
    });
  });

  it('stays flat when a pane is split the way its neighbours are', () => {
    const three = splitPane(splitPane(a, a, 'row', b), b, 'row', c);
    expect(three).toEqual({
      direction: 'row',
      parts: [
        { share: 1 / 2, layout: a },
        { share: 1 / 4, layout: b },
        { share: 1 / 4, layout: c },
      ],
    });
  });

  it('gives the room of a removed pane to the others, and is the last pane in the end', () => {
    const three = splitPane(splitPane(a, a, 'row', b), b, 'row', c);
    const two = withoutPane(three, a);
    expect(two).toEqual({
      direction: 'row',
      parts: [
        { share: 1 / 2, layout: b },
        { share: 1 / 2, layout: c },
      ],
    });
    expect(two && withoutPane(two, c)).toBe(b);
    expect(withoutPane(b, b)).toBeUndefined();
  });

  it('lets two panes change places', () => {
    const layout = splitPane(splitPane(a, a, 'row', b), b, 'column', c);
    expect(panesOf(swapPanes(layout, a, c))).toEqual([c, b, a]);
  });

  it('holds each pane once and shares that add up, whatever is split and removed', () => {
    const steps = array(tuple(nat(), constantFrom<'row' | 'column' | 'remove'>('row', 'column', 'remove')));
    assert(
      property(steps, (steps) => {
        let layout: PaneLayout = d;
        let expected = [d];
        for (const [at, step] of steps) {
          const pane = expected[at % expected.length] ?? d;
          if (step === 'remove') {
            const rest = withoutPane(layout, pane);
            if (rest === undefined) continue;
            layout = rest;
            expected = expected.filter((id) => id !== pane);
          } else {
            const added = paneId.parse(ulid());
            layout = splitPane(layout, pane, step, added);
            expected.push(added);
          }
          expect(new Set(panesOf(layout))).toEqual(new Set(expected));
          expect(panesOf(layout)).toHaveLength(expected.length);
          expectWhole(layout);
          expect(paneLayout.parse(layout)).toEqual(layout);
        }
      }),
    );
  });
});

function expectWhole(layout: PaneLayout): void {
  if (typeof layout === 'string') return;
  expect(layout.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  for (const part of layout.parts) {
    expect(typeof part.layout === 'string' || part.layout.direction !== layout.direction).toBe(true);
    expectWhole(part.layout);
  }
}
