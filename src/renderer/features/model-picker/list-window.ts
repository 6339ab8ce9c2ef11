import type { Choice, ChoiceGroup } from './match-models.ts';

/** CSS pixels, as model-picker.css has them. */
export const ROW_HEIGHT = 36;
export const HEADING_HEIGHT = 32;

export type GroupInPage = {
  readonly name: string;
  /** CSS pixels: of all its rows, and of those before the first that is in the page. */
  readonly height: number;
  readonly above: number;
  readonly rows: readonly { readonly choice: Choice; readonly index: number }[];
};

/** The options `from` up to `to`, counted through all groups, each group as high as if it were whole. */
export function groupsInPage(groups: readonly ChoiceGroup[], from: number, to: number): GroupInPage[] {
  let next = 0;
  return groups.map(({ name, choices }) => {
    const first = next;
    next += choices.length;
    const start = Math.min(Math.max(from - first, 0), choices.length);
    const rows = choices
      .slice(start, Math.max(to - first, start))
      .map((choice, offset) => ({ choice, index: first + start + offset }));
    return { name, height: choices.length * ROW_HEIGHT, above: start * ROW_HEIGHT, rows };
  });
}

/** CSS pixels from the top of the list to the option at `index`. */
export function topOf(groups: readonly ChoiceGroup[], index: number): number {
  let before = 0;
  let headings = 0;
  for (const { choices } of groups) {
    headings += 1;
    before += choices.length;
    if (index < before) break;
  }
  return index * ROW_HEIGHT + headings * HEADING_HEIGHT;
}

/** The first option whose row reaches below `scrollTop`. */
export function firstVisible(groups: readonly ChoiceGroup[], scrollTop: number): number {
  let top = 0;
  let index = 0;
  for (const { choices } of groups) {
    const rows = Math.max(0, Math.floor((scrollTop - top - HEADING_HEIGHT) / ROW_HEIGHT));
    if (rows < choices.length) return index + rows;
    top += HEADING_HEIGHT + choices.length * ROW_HEIGHT;
    index += choices.length;
  }
  return index;
}
