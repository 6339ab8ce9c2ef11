/** One line of the table: a ratio between two arms that ran in turn, and what it should be. */
export type Row = {
  /** As in `npm run bench -- P1`. */
  readonly id: string;
  readonly goal: { readonly text: string; isMet(ratio: number): boolean };
  /** `details` is for a person: the figures behind the ratio. */
  measure(): Promise<{ readonly ratio: number; readonly details: string }>;
};

export function atLeast(least: number, than: string): Row['goal'] {
  return { text: `≥ ${least} × ${than}`, isMet: (ratio) => ratio >= least };
}

export function atMost(most: number, than: string): Row['goal'] {
  return { text: `≤ ${most} × ${than}`, isMet: (ratio) => ratio <= most };
}
