import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { LedgerEntry } from '../../../shared/approval.ts';
import { approvalId } from '../../../shared/ids.ts';
import { decisionInWords, outcomeInWords } from './ledger-words.ts';

function entry(change: Partial<LedgerEntry>): LedgerEntry {
  return {
    id: approvalId.parse(ulid()),
    sessionId: 'a',
    title: 'api',
    toolName: 'run_command',
    action: { type: 'execute', command: 'npm test', cwd: '/' },
    model: 'one/m1',
    mode: 'code',
    status: 'allowed',
    askedAt: 1,
    ...change,
  };
}

it.each<[Partial<LedgerEntry>, ReturnType<typeof decisionInWords>]>([
  [{ decidedBy: 'person', scope: 'once' }, { who: 'You, once' }],
  [
    { decidedBy: 'person', scope: 'project', rule: 'npm *' },
    { who: 'You, for the project', rule: 'npm *' },
  ],
  [{ decidedBy: 'person', status: 'denied' }, { who: 'You' }],
  [
    { decidedBy: 'rule', rule: 'npm *' },
    { who: 'A rule', rule: 'npm *' },
  ],
  [{ decidedBy: 'rule', status: 'denied' }, { who: 'The mode, or a built-in rule' }],
  [{ status: 'waiting' }, { who: 'Nobody yet' }],
  [{ status: 'expired' }, { who: 'Nobody' }],
])('says of %j who decided', (change, words) => {
  expect(decisionInWords(entry(change))).toEqual(words);
});

const fetching = { type: 'fetch', url: 'https://a.b/', isPrivate: false } as const;
it.each<[Partial<LedgerEntry>, string, boolean]>([
  [{ exitCode: 0, endedAt: 2 }, 'Exit 0', false],
  [{ exitCode: 130, endedAt: 2 }, 'Exit 130', true],
  [{ endedAt: 2 }, 'Allowed, no exit code', false],
  [{}, 'Allowed, end not known', false],
  [{ action: fetching }, 'Allowed, end not known', false],
  [{ action: fetching, endedAt: 2, hasFailed: false }, 'Done', false],
  [{ action: fetching, endedAt: 2, hasFailed: true }, 'Failed', true],
  [{ status: 'denied' }, 'Denied, not run', false],
  [{ status: 'expired' }, 'Expired, not run', false],
  [{ status: 'waiting' }, 'Waits for you', false],
])('says of %j what came of it', (change, words, isFailure) => {
  expect(outcomeInWords(entry(change))).toMatchObject({ words, isFailure });
});
