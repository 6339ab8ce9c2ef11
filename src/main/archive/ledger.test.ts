import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { ProposedAction } from '../../shared/approval.ts';
import { approvalId, turnId } from '../../shared/ids.ts';
import { openedUntilTheEnd, sampleSession, temporaryPath } from './testing/archive-samples.ts';
import type { StoredApproval } from './types.ts';

let clock = 1_700_000_000_000;

function entry(change: Partial<StoredApproval> & Pick<StoredApproval, 'sessionId'>): StoredApproval {
  clock += 1;
  return {
    id: approvalId.parse(ulid(clock)),
    turnId: turnId.parse(ulid()),
    toolCallId: 'call',
    toolName: 'run_command',
    action: command('npm test'),
    model: 'one/m1',
    mode: 'code',
    status: 'allowed',
    decidedBy: 'person',
    scope: 'once',
    exitCode: 0,
    askedAt: clock,
    decidedAt: clock,
    endedAt: clock,
    ...change,
  };
}

function command(text: string): ProposedAction {
  return { type: 'execute', command: text, cwd: '/work' };
}

/** A ledger of two tabs, and a way to list the ids that a filter finds. */
function openLedger() {
  const archive = openedUntilTheEnd(temporaryPath());
  const [a, b] = [sampleSession({ title: 'api' }), sampleSession({ title: '', cwd: '/work/docs' })];
  for (const session of [a, b]) archive.insertSession(session);
  const { exitCode: _, endedAt: _endedAt, scope: _scope, ...undecided } = entry({ sessionId: a.id });
  const { decidedBy: _decidedBy, decidedAt: _decidedAt, ...open } = undecided;
  const entries = {
    passed: entry({ sessionId: a.id }),
    failed: entry({ sessionId: a.id, exitCode: 2, action: command('echo "50% off"\nfalse') }),
    byRule: entry({ sessionId: b.id, decidedBy: 'rule', rule: 'git log *', action: command('git log') }),
    denied: { ...undecided, id: entry({ sessionId: a.id }).id, status: 'denied' as const },
    fetched: entry({
      sessionId: b.id,
      toolName: 'fetch_url',
      action: { type: 'fetch', url: 'https://example.com/ü', isPrivate: false },
      model: 'two/m9',
      hasFailed: true,
    }),
    waiting: { ...open, id: entry({ sessionId: b.id }).id, sessionId: b.id, status: 'waiting' as const },
  };
  for (const stored of Object.values(entries)) archive.saveApproval(stored);
  const names = new Map(Object.entries(entries).map(([name, { id }]) => [id, name]));
  const find = (filter: Partial<Parameters<typeof archive.approvals>[0]>) =>
    archive.approvals({ limit: 100, ...filter }).entries.map(({ id }) => names.get(id));
  return { archive, a, b, entries, find };
}

it('filters by tab, tool, decision and outcome, all at once too', () => {
  const { a, b, find } = openLedger();
  expect(find({})).toEqual(['waiting', 'fetched', 'denied', 'byRule', 'failed', 'passed']);
  expect(find({ sessionId: a.id })).toEqual(['denied', 'failed', 'passed']);
  expect(find({ toolName: 'fetch_url' })).toEqual(['fetched']);
  expect(find({ decidedBy: 'rule' })).toEqual(['byRule']);
  expect(find({ outcome: 'allowed' })).toEqual(['fetched', 'byRule', 'failed', 'passed']);
  expect(find({ outcome: 'failed' })).toEqual(['fetched', 'failed']);
  expect(find({ outcome: 'denied' })).toEqual(['denied']);
  expect(find({ outcome: 'waiting' })).toEqual(['waiting']);
  expect(find({ outcome: 'allowed', decidedBy: 'person', sessionId: b.id })).toEqual(['fetched']);
});

it.each([
  ['NPM TEST', ['waiting', 'denied', 'passed']],
  ['"50% off"\nfalse', ['failed']],
  ['git log *', ['byRule']],
  ['https://example.com/ü', ['fetched']],
  ['two/m9', ['fetched']],
  ['work/docs', ['waiting', 'fetched', 'byRule']],
  ['% off', ['failed']],
  ['_', ['waiting', 'fetched', 'denied', 'byRule', 'failed', 'passed']],
  ['nothing of the kind', []],
])('finds %j', (search, found) => {
  expect(openLedger().find({ search })).toEqual(found);
});

it('gives a page at a time, and says whether there is another', () => {
  const { archive, entries } = openLedger();
  const first = archive.approvals({ limit: 4 });
  const second = archive.approvals({ limit: 4, before: first.entries.at(-1)?.id });
  expect([first.entries.length, first.hasMore, second.entries.length, second.hasMore]).toEqual([
    4,
    true,
    2,
    false,
  ]);
  expect(second.entries.at(-1)?.id).toBe(entries.passed.id);
});

it('says what there is to filter by', () => {
  const { archive, a, b } = openLedger();
  expect(archive.ledgerChoices()).toEqual({
    tabs: [
      { sessionId: b.id, title: '/work/docs' },
      { sessionId: a.id, title: 'api' },
    ],
    tools: ['fetch_url', 'run_command'],
  });
});
