import { expect, it } from 'vitest';
import { messageId, sessionId, turnId } from '../shared/ids.ts';
import type { StoredUsage } from './archive/types.ts';
import { usageCsv } from './usage-csv.ts';

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

function rowOf(changes: Partial<StoredUsage>): string {
  const record: StoredUsage = {
    messageId: messageId.parse(ID),
    sessionId: sessionId.parse(ID),
    turnId: turnId.parse(ID),
    model: 'cloud/vendor/big',
    mode: 'code',
    usage: { inputTokens: 100, outputTokens: 10, cost: 0.000_125 },
    isLocal: false,
    endedAt: 0,
    title: 'Work',
    isClosed: false,
    ...changes,
  };
  return usageCsv([record]).split('\r\n').slice(1, -1).join('\r\n');
}

it('writes a row each answer, and leaves empty what nobody said', () => {
  expect(rowOf({})).toBe(
    `1970-01-01T00:00:00.000Z,Work,cloud,vendor/big,code,,100,,,10,,0.000125,no,${ID},${ID},${ID}`,
  );
});

it.each([
  ['a "quoted", title', '"a ""quoted"", title"'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['@SUM(1)', "'@SUM(1)"],
])('keeps %j from breaking the row or running in a spreadsheet', (title, expected) => {
  expect(rowOf({ title })).toContain(`Z,${expected},cloud`);
});
