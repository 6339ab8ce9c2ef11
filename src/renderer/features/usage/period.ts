/** The choices of a span, which ends with today. */
export const PERIODS = ['Today', '14 days', '90 days'] as const;
export type Period = (typeof PERIODS)[number];

const DAYS: Readonly<Record<Period, number>> = { Today: 1, '14 days': 14, '90 days': 90 };

export type Span = {
  /** Milliseconds since 1970, from the first day's beginning to the last one's end. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** As 2026-11-21, oldest first. */
  readonly days: readonly string[];
};

/** The span of whole days that ends with the day of `now`, where this machine is. */
export function spanOf(period: Period, now: Date): Span {
  const count = DAYS[period];
  // Days are counted by the calendar: one may have 23 or 25 hours.
  const day = (offset: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset);
  return {
    from: day(1 - count).getTime(),
    to: day(1).getTime(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: Array.from({ length: count }, (_, index) => isoDay(day(index + 1 - count))),
  };
}

function isoDay(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `21 Nov` */
export function shortDay(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
