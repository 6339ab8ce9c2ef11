import { basename } from 'node:path';
import type { CommandError } from '../shared/contract.ts';
import { splitReference } from '../shared/models.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { UsageReport, UsageSums } from '../shared/usage.ts';
import type { Archive } from './archive/types.ts';

/** More than the longest day, which has 26 hours where a base changes its zone with its season, and less than any two. */
const SURELY_TOMORROW_MS = 30 * 3_600_000;

/**
 * What was used from `from` and before `to` (milliseconds since 1970), and in the span of the same length before it. Days begin
 * where `timeZone` (an IANA name) says. A turn that went on over midnight or to another model counts in each.
 */
export function reportUsage(
  archive: Pick<Archive, 'usageSums'>,
  { from, to, timeZone }: { readonly from: number; readonly to: number; readonly timeZone: string },
): Result<UsageReport, CommandError> {
  const dayOf = createDayOf(timeZone);
  if (!dayOf)
    return err({ code: 'bad-input', message: `${timeZone} is no time zone. Write one as Europe/Berlin.` });
  const groups = daysBetween(from, to, dayOf).flatMap(({ day, start, end }) =>
    archive
      .usageSums(start, end)
      .map((sums) => ({ ...sums, day, provider: splitReference(sums.model).provider })),
  );
  return ok({
    total: addUp(groups),
    before: addUp(archive.usageSums(from - (to - from), from)),
    local: addUp(groups.filter(({ isLocal }) => isLocal)),
    days: addUpBy(groups, ({ day, provider }) => ({ day, provider })),
    tabs: addUpBy(groups, ({ sessionId, title, isClosed, model }) => ({
      sessionId,
      // A folder stands for a tab without a title of its own.
      title: title.startsWith('/') ? basename(title) || title : title,
      isClosed,
      model,
    })).sort((one, other) => other.cost - one.cost || other.inputTokens - one.inputTokens),
  });
}

/** The sums of each key, in the order in which the keys are first seen. */
function addUpBy<Group extends UsageSums, Key extends object>(
  groups: readonly Group[],
  keyOf: (group: Group) => Key,
): (Key & UsageSums)[] {
  const members = Map.groupBy(groups, (group) => JSON.stringify(keyOf(group)));
  return [...members].map(([key, sums]) => ({ ...(JSON.parse(key) as Key), ...addUp(sums) }));
}

function addUp(groups: readonly UsageSums[]): UsageSums {
  const sums = { turns: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0, unpriced: 0 };
  for (const group of groups)
    for (const name of Object.keys(sums) as (keyof UsageSums)[]) sums[name] += group[name];
  return sums;
}

/** The days that a span touches, each as far as it lies in the span. */
function daysBetween(from: number, to: number, dayOf: (time: number) => string) {
  const days: { readonly day: string; readonly start: number; readonly end: number }[] = [];
  for (let start = from; start < to; start = days.at(-1)?.end ?? to) {
    days.push({ day: dayOf(start), start, end: Math.min(to, nextDay(start, dayOf)) });
  }
  return days;
}

/** When the day after that of `time` begins, to the millisecond: no clock of any zone has to be understood for it. */
function nextDay(time: number, dayOf: (time: number) => string): number {
  const today = dayOf(time);
  let [isToday, isLater] = [time, time + SURELY_TOMORROW_MS];
  while (isLater - isToday > 1) {
    const middle = Math.floor((isToday + isLater) / 2);
    if (dayOf(middle) === today) isToday = middle;
    else isLater = middle;
  }
  return isLater;
}

/** Undefined when there is no such zone. */
function createDayOf(timeZone: string): ((time: number) => string) | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (time) => {
      const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
      return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
    };
  } catch {
    return undefined;
  }
}
