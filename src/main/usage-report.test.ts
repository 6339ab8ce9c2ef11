import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { messageId, sessionId, turnId } from '../shared/ids.ts';
import { openedUntilTheEnd, sampleSession } from './archive/testing/archive-samples.ts';
import type { UsageRecord } from './archive/types.ts';
import { reportUsage } from './usage-report.ts';

const [TAB, OTHER] = [sessionId.parse(ulid()), sessionId.parse(ulid())];
const HOUR = 3_600_000;
/** The night in which Berlin's clocks go from 3 back to 2. */
const NIGHT = Date.parse('2026-10-24T22:00:00Z');

function used(changes: Partial<UsageRecord>): UsageRecord {
  return {
    messageId: messageId.parse(ulid()),
    sessionId: TAB,
    turnId: turnId.parse(ulid()),
    model: 'cloud/big',
    mode: 'code',
    usage: { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, cost: 0.5 },
    isLocal: false,
    endedAt: NIGHT,
    ...changes,
  };
}

function report(
  records: readonly UsageRecord[],
  { from = NIGHT - HOUR, to = NIGHT + 26 * HOUR, timeZone = 'Europe/Berlin' } = {},
) {
  const archive = openedUntilTheEnd();
  archive.insertSession(sampleSession({ id: TAB, title: '', cwd: '/home/ada/ledger-api' }));
  archive.insertSession(sampleSession({ id: OTHER, title: 'Work' }));
  archive.setClosed(OTHER, 1);
  for (const record of records) archive.saveUsage(record);
  const reported = reportUsage(archive, { from, to, timeZone });
  if (!reported.ok) throw new Error(reported.error.message);
  return reported.value;
}

it('adds up a span and the one before it, and knows what has no price', () => {
  const shared = turnId.parse(ulid());
  const { total, before, local } = report([
    used({ endedAt: NIGHT - 3 * HOUR }),
    used({ turnId: shared }),
    used({ turnId: shared, usage: { outputTokens: 5 } }),
    used({ isLocal: true, usage: { inputTokens: 7 } }),
    used({ endedAt: NIGHT + 26 * HOUR }),
  ]);
  expect(total).toEqual({
    turns: 2,
    inputTokens: 107,
    cachedInputTokens: 40,
    outputTokens: 15,
    cost: 0.5,
    unpriced: 1,
  });
  expect([before.cost, local.inputTokens, local.unpriced]).toEqual([0.5, 7, 0]);
});

it.each([
  ['has 25 hours', 'Europe/Berlin', NIGHT, ['2026-10-24: 1', '2026-10-25: 3', '2026-10-26: 1']],
  ['begins at a quarter past', 'Asia/Kathmandu', NIGHT, ['2026-10-25: 2', '2026-10-26: 3']],
  // The clocks go from 0 to 1: the day has no midnight.
  [
    'begins at one',
    'Africa/Cairo',
    Date.parse('2026-04-23T22:00:00Z'),
    ['2026-04-23: 1', '2026-04-24: 1', '2026-04-25: 3'],
  ],
])('begins days where the zone says, also where a day %s', (_, timeZone, night, expected) => {
  const records = [-0.5, 0, 24, 24.9, 25].map((hours) => used({ endedAt: night + hours * HOUR }));
  const { days } = report(records, { from: night - HOUR, to: night + 26 * HOUR, timeZone });
  expect(days.map(({ day, turns }) => `${day}: ${turns}`)).toEqual(expected);
});

it('splits days by provider, and tabs by model with the dearest first', () => {
  const { days, tabs } = report([
    used({}),
    used({ model: 'local/small', usage: { cost: 0 } }),
    used({ sessionId: OTHER, usage: { cost: 2 } }),
    used({ sessionId: OTHER, usage: { cost: 3 }, endedAt: NIGHT + 25 * HOUR }),
  ]);
  expect(days.map(({ day, provider, cost }) => [day, provider, cost])).toEqual([
    ['2026-10-25', 'cloud', 2.5],
    ['2026-10-25', 'local', 0],
    ['2026-10-26', 'cloud', 3],
  ]);
  expect(tabs.map(({ title, model, isClosed, cost }) => [title, model, isClosed, cost])).toEqual([
    ['Work', 'cloud/big', true, 5],
    ['ledger-api', 'cloud/big', false, 0.5],
    ['ledger-api', 'local/small', false, 0],
  ]);
});

it('refuses a zone that does not exist in words', () => {
  const refused = reportUsage({ usageSums: () => [] }, { from: 0, to: 1, timeZone: 'Mars/Olympus' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad-input' } });
});
