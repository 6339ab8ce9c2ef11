import { expect, it } from 'vitest';
import { sessionId } from '../../../shared/ids.ts';
import { bindingOf, PendingApprovals, type ApprovalSubject } from './pending-approvals.ts';

const [mine, other] = ['01JD0000000000000000000001', '01JD0000000000000000000002'].map((id) =>
  sessionId.parse(id),
) as [ApprovalSubject['sessionId'], ApprovalSubject['sessionId']];
const subject: ApprovalSubject = { sessionId: mine, cwd: '/a', tool: 'run_command', content: 'npm test' };

function asked() {
  const pending = new PendingApprovals();
  return { pending, id: pending.ask(subject) };
}

const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);

it('lets exactly what was approved go ahead, once', () => {
  const { pending, id } = asked();
  expect([
    code(pending.consume(id, subject)),
    code(pending.answer(id, mine, 'approved')),
    pending.isWaiting(id),
    code(pending.consume(id, subject)),
    code(pending.consume(id, subject)),
  ]).toEqual(['approval-not-given', 'ok', false, 'ok', 'approval-answered']);
});

it.each([
  ['bytes', { content: 'npm test ' }],
  ['folder', { cwd: '/b' }],
  ['tool', { tool: 'write_file' }],
])('refuses other %s', (_name, change) => {
  const { pending, id } = asked();
  pending.answer(id, mine, 'approved');
  expect(code(pending.consume(id, { ...subject, ...change }))).toBe('approval-differs');
});

it('takes no answer of another session, nor a second one', () => {
  const { pending, id } = asked();
  expect([
    code(pending.answer(id, other, 'approved')),
    pending.isWaiting(id),
    code(pending.answer(id, mine, 'denied')),
    code(pending.answer(id, mine, 'approved')),
    code(pending.consume(id, subject)),
    code(pending.consume(id, { ...subject, sessionId: other })),
  ]).toEqual([
    'approval-other-session',
    true,
    'ok',
    'approval-answered',
    'approval-not-given',
    'approval-other-session',
  ]);
});

it('expires with its session, also when it was approved, and is unknown after a restart', () => {
  const { pending, id } = asked();
  const second = pending.ask(subject);
  const foreign = pending.ask({ ...subject, sessionId: other });
  pending.answer(second, mine, 'approved');
  expect(pending.expire(mine)).toEqual([id, second]);
  expect([
    code(pending.answer(id, mine, 'approved')),
    code(pending.consume(second, subject)),
    pending.isWaiting(foreign),
    code(new PendingApprovals().answer(foreign, other, 'approved')),
  ]).toEqual(['approval-expired', 'approval-expired', true, 'approval-not-found']);
  expect(pending.expire()).toEqual([foreign]);
});

it('binds no two subjects alike', () => {
  const subjects = [
    subject,
    { ...subject, cwd: '/a', content: 'npm test\0' },
    { ...subject, cwd: '/a"', content: ',"npm test' },
    { ...subject, content: 'npm te\ud800st' },
    { ...subject, content: 'npm te\udbffst' },
    { ...subject, sessionId: other },
  ];
  expect(new Set(subjects.map(bindingOf)).size).toBe(subjects.length);
});
