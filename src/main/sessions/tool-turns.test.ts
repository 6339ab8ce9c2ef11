import { ulid } from 'ulid';
import { expect, it, vi } from 'vitest';
import { textOf, type MessagePart } from '../../shared/agent.ts';
import type { ApprovalAnswer, ApprovalRequest } from '../../shared/approval.ts';
import { approvalId } from '../../shared/ids.ts';
import type { AgentEvent, ToolCall, ToolResult, ToolTurn } from '../agent/types.ts';
import { describeSession, type LiveSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

const call = (id: string): ToolCall => ({ type: 'tool-call', toolCallId: id, toolName: 'change', input: {} });
const wants = (id: string): AgentEvent => ({ type: 'tool-call', call: call(id) });
const FINISHED: AgentEvent = { type: 'finished', usage: {} };
const says = (text: string): AgentEvent => ({ type: 'text-delta', text });

async function idle(session: LiveSession): Promise<void> {
  await vi.waitFor(() => expect(session.turn).toBeUndefined());
}

function requestOf({ toolCallId, toolName }: ToolCall, { turnId }: ToolTurn): ApprovalRequest {
  return {
    id: approvalId.parse(ulid()),
    turnId,
    toolCallId,
    toolName,
    action: { type: 'execute', command: 'npm test', cwd: '/' },
    parts: [],
    reason: 'No rule allows it.',
    rule: 'npm test',
    askedAt: 1,
  };
}

/** A tool that asks, and does what it is told. */
function askingTool({ tools }: TestRegistry): string[] {
  const made: string[] = [];
  tools.run = async (call, signal, turn): Promise<ToolResult> => {
    turn.setState({ status: 'awaiting-approval', toolName: call.toolName });
    const checkRule = (rule: string) => ({ fits: rule === 'npm test', message: 'It covers something else.' });
    const answer = await turn.askApproval({ request: requestOf(call, turn), checkRule }, signal);
    turn.setState({ status: 'thinking' });
    const { toolCallId, toolName } = call;
    if (answer?.type === 'approve') made.push(toolCallId);
    const output = answer === undefined ? 'stopped' : answer.type;
    return { type: 'tool-result', toolCallId, toolName, output, isError: answer?.type !== 'approve' };
  };
  return made;
}

async function waiting(session: LiveSession): Promise<ApprovalRequest> {
  await vi.waitFor(() => expect(session.approvals).toHaveLength(1));
  const [approval] = describeSession(session).approvals;
  if (!approval) throw new Error('An approval waits');
  return approval;
}

const ONCE: ApprovalAnswer = { type: 'approve', scope: 'once' };

function outputs(registry: TestRegistry, session: LiveSession): string[] {
  const parts = registry.registry.turns
    .messagesOf(session)
    .flatMap((message): MessagePart[] => message.parts);
  return parts.flatMap((part) => (part.type === 'tool-result' ? [part.output] : []));
}

it('waits for leave, and takes it once, from its own tab', async () => {
  const started = await openRegistry();
  const made = askingTool(started);
  const { questions } = started.registry.turns;
  const [a, b] = [await started.open(), await started.open()];
  for (const [index, session] of [a, b].entries()) {
    await started.registry.turns.send(session, 'go');
    started.bridges[index]?.say(wants(`call-${index}`), FINISHED);
  }
  const [ofA, ofB] = [await waiting(a), await waiting(b)];
  expect(describeSession(a).agent).toMatchObject({ status: 'awaiting-approval', toolName: 'change' });
  expect(questions.answerApproval(a, ofB.id, ONCE)).toMatchObject({ error: { code: 'approval-not-found' } });
  expect(questions.answerApproval(a, ofA.id, ONCE).ok).toBe(true);
  expect(questions.answerApproval(a, ofA.id, ONCE)).toMatchObject({ error: { code: 'approval-not-found' } });
  await vi.waitFor(() => expect(started.bridges[0]?.requests).toHaveLength(2));
  expect([made, b.approvals.length]).toEqual([['call-0'], 1]);
  started.bridges[0]?.answer('done');
  await idle(a);
  questions.answerApproval(b, ofB.id, { type: 'deny' });
  await vi.waitFor(() => expect(started.bridges[1]?.requests).toHaveLength(2));
  expect([made, outputs(started, b)]).toEqual([['call-0'], ['deny']]);
});

it('keeps no rule that does not fit', async () => {
  const started = await openRegistry();
  askingTool(started);
  const session = await started.open();
  const { questions } = started.registry.turns;
  await started.registry.turns.send(session, 'go');
  started.bridges[0]?.say(wants('a'), FINISHED);
  const { id } = await waiting(session);
  const unfit: ApprovalAnswer[] = [
    { type: 'approve', scope: 'tab', rule: 'rm *' },
    { type: 'approve', scope: 'always' },
    { type: 'approve', scope: 'once', hunks: [0] },
  ];
  for (const answer of unfit)
    expect(questions.answerApproval(session, id, answer)).toMatchObject({ error: { code: 'rule-unfit' } });
  expect(questions.checkRule(session, id, 'npm test')).toMatchObject({ value: { fits: true } });
  expect(questions.answerApproval(session, id, { type: 'approve', scope: 'tab', rule: 'npm test' }).ok).toBe(
    true,
  );
});

it.each(['stop', 'close'] as const)(
  'never makes a call that waits for leave when the tab is told to %s',
  async (how) => {
    const started = await openRegistry();
    const made = askingTool(started);
    const session = await started.open();
    await started.registry.turns.send(session, 'go');
    started.bridges[0]?.say(wants('a'), FINISHED);
    const { id } = await waiting(session);
    await (how === 'stop' ? started.registry.turns.stop(session) : started.registry.close(session));
    expect(started.registry.turns.questions.answerApproval(session, id, ONCE)).toMatchObject({ ok: false });
    expect([made, session.approvals]).toEqual([[], []]);
  },
);

it('lets a model be picked while a call waits, and ends the turn on the old one', async () => {
  const started = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const made = askingTool(started);
  const session = await started.open();
  await started.registry.turns.send(session, 'go');
  started.bridges[0]?.say(wants('a'), FINISHED);
  const { id } = await waiting(session);
  await started.registry.switching.setModel(session, 'local/two', 'tab');
  expect(started.registry.turns.questions.answerApproval(session, id, ONCE).ok).toBe(true);
  started.bridges[0]?.answer('done');
  await idle(session);
  expect([made, started.bridges[0]?.requests.length]).toEqual([['a'], 2]);
  expect(describeSession(session).ai.model).toBe('local/two');
});

it('asks again, after a crash, what nobody had answered', async () => {
  const started = await openRegistry();
  askingTool(started);
  const session = await started.open();
  await started.registry.turns.send(session, 'go');
  started.bridges[0]?.say(says('I test.'), wants('a'), FINISHED);
  await waiting(session);
  // What a crash leaves behind: the call, and no result.
  const rows = started.archive.messages(session.id);
  const again = await started.restart();
  for (const row of rows)
    again.archive.saveMessage({ ...row, status: row.role === 'user' ? 'complete' : 'interrupted' });
  const made = askingTool(again);
  const restored = live(again.registry, session.id);
  expect(describeSession(restored)).toMatchObject({ approvals: [], agent: { status: 'idle' } });
  await again.registry.turns.retry(restored);
  const { id } = await waiting(restored);
  expect(again.bridges[0]?.requests).toHaveLength(0);
  again.registry.turns.questions.answerApproval(restored, id, ONCE);
  await vi.waitFor(() => expect(again.bridges[0]?.requests).toHaveLength(1));
  again.bridges[0]?.answer('All pass.');
  await idle(restored);
  expect(made).toEqual(['a']);
  expect(again.registry.turns.messagesOf(restored).map(textOf)).toEqual(['go', 'I test.\n\nAll pass.']);
});

it('goes on after a failure without doing again what tools did', async () => {
  const started = await openRegistry('[agent]\nretries = 0\n');
  const session = await started.open();
  await started.registry.turns.send(session, 'go');
  started.bridges[0]?.say(wants('a'), FINISHED);
  await vi.waitFor(() => expect(started.bridges[0]?.requests).toHaveLength(2));
  started.bridges[0]?.say(says('half'), { type: 'failed', error: { code: 'stream-cut', message: 'Cut.' } });
  await idle(session);
  await started.registry.turns.retry(session);
  await vi.waitFor(() => expect(started.bridges[0]?.requests).toHaveLength(3));
  const told = started.bridges[0]?.requests[2]?.history.map(({ role, parts }) => [
    role,
    parts.map(({ type }) => type),
  ]);
  expect(told).toEqual([
    ['user', ['text']],
    ['assistant', ['tool-call', 'tool-result']],
  ]);
  started.bridges[0]?.answer('whole');
  await idle(session);
  expect(started.registry.turns.messagesOf(session).map(({ status }) => status)).toEqual([
    'complete',
    'failed',
    'complete',
  ]);
});

it('tells the model between two steps what the person puts in', async () => {
  const started = await openRegistry();
  askingTool(started);
  const session = await started.open();
  const { turns } = started.registry;
  await turns.send(session, 'go');
  started.bridges[0]?.say(wants('a'), FINISHED);
  const { id } = await waiting(session);
  await turns.send(session, 'rather this');
  await turns.send(session, 'later');
  const [steering] = session.queue;
  if (!steering) throw new Error('It waits');
  await turns.steer(session, steering.id, true);
  turns.questions.answerApproval(session, id, ONCE);
  await vi.waitFor(() => expect(started.bridges[0]?.requests).toHaveLength(2));
  const told = started.bridges[0]?.requests[1]?.history ?? [];
  expect(told.map((message) => [message.role, textOf(message)])).toEqual([
    ['user', 'go'],
    ['assistant', ''],
    ['user', 'rather this'],
  ]);
  expect(session.queue.map(({ text }) => text)).toEqual(['later']);
  expect(new Set(told.map(({ turnId }) => turnId)).size).toBe(1);
});

it('waits with a request whose failure may pass, says so, and asks at once when told to', async () => {
  const started = await openRegistry();
  const session = await started.open();
  await started.registry.turns.send(session, 'go');
  started.bridges[0]?.say({
    type: 'failed',
    error: { code: 'rate-limited', message: 'Too many.', retryAfterSeconds: 30 },
  });
  await vi.waitFor(() =>
    expect(session.agent).toMatchObject({ status: 'retrying', error: { message: 'Too many.' } }),
  );
  await started.registry.turns.retry(session);
  await vi.waitFor(() => expect(started.bridges[0]?.requests).toHaveLength(2));
  expect(session.agent.status).toBe('thinking');
  started.bridges[0]?.answer('now');
  await idle(session);
  expect(started.registry.turns.messagesOf(session).map(textOf)).toEqual(['go', 'now']);
});
