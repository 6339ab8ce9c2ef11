import { z } from 'zod';
import { paneId, type PaneId } from './ids.ts';

/** Panes side by side (`row`) or one above another (`column`), each with its share of the room; shares add up to 1. */
export type PaneSplit = {
  direction: 'row' | 'column';
  parts: { share: number; layout: PaneLayout }[];
};

/** How a tab's panes share its room: a lone pane, or a split of such layouts. */
export type PaneLayout = PaneId | PaneSplit;

/** As it comes, before its ids are checked. */
type RawLayout =
  string | { direction: PaneSplit['direction']; parts: { share: number; layout: RawLayout }[] };

export const paneLayout: z.ZodType<PaneLayout, RawLayout> = z.union([
  paneId,
  z.object({
    direction: z.enum(['row', 'column']),
    parts: z.array(z.object({ share: z.number().min(0).max(1), layout: z.lazy(() => paneLayout) })).min(2),
  }),
]);

/** More could not be read. */
export const MAX_PANES = 16;

/** From the left and the top. */
export function panesOf(layout: PaneLayout): PaneId[] {
  return typeof layout === 'string' ? [layout] : layout.parts.flatMap((part) => panesOf(part.layout));
}

/** The one at the left and the top. */
export function firstPane(layout: PaneLayout): PaneId {
  const [first] = panesOf(layout);
  if (first === undefined) throw new Error('A layout has panes');
  return first;
}

/** Halves a pane: `added` comes to its right (`row`) or below it (`column`). */
export function splitPane(
  layout: PaneLayout,
  divided: PaneId,
  direction: PaneSplit['direction'],
  added: PaneId,
): PaneLayout {
  if (layout === divided) {
    return {
      direction,
      parts: [
        { share: 1 / 2, layout },
        { share: 1 / 2, layout: added },
      ],
    };
  }
  if (typeof layout === 'string') return layout;
  return merged({
    direction: layout.direction,
    parts: layout.parts.map((part) => ({
      ...part,
      layout: splitPane(part.layout, divided, direction, added),
    })),
  });
}

/** The others take the pane's room, each by its share; undefined when it was the last. */
export function withoutPane(layout: PaneLayout, removed: PaneId): PaneLayout | undefined {
  if (layout === removed) return undefined;
  if (typeof layout === 'string') return layout;
  const parts = layout.parts.flatMap(({ share, layout: part }) => {
    const rest = withoutPane(part, removed);
    return rest === undefined ? [] : [{ share, layout: rest }];
  });
  return merged({ direction: layout.direction, parts: withWholeShares(parts) });
}

/** Two panes change places. */
export function swapPanes(layout: PaneLayout, one: PaneId, other: PaneId): PaneLayout {
  if (layout === one) return other;
  if (layout === other) return one;
  if (typeof layout === 'string') return layout;
  const parts = layout.parts.map((part) => ({ ...part, layout: swapPanes(part.layout, one, other) }));
  return { ...layout, parts };
}

/** Parts that are split the same way become parts of the whole, and a split of one part is that part. */
function merged({ direction, parts }: PaneSplit): PaneLayout {
  const [only] = parts;
  if (parts.length === 1 && only) return only.layout;
  return {
    direction,
    parts: parts.flatMap(({ share, layout }) =>
      typeof layout === 'string' || layout.direction !== direction
        ? [{ share, layout }]
        : layout.parts.map((part) => ({ ...part, share: share * part.share })),
    ),
  };
}

function withWholeShares(parts: PaneSplit['parts']): PaneSplit['parts'] {
  const whole = parts.reduce((sum, { share }) => sum + share, 0);
  return parts.map((part) => ({ ...part, share: whole > 0 ? part.share / whole : 1 / parts.length }));
}
