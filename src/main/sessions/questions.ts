import type { AgentQuestion, ApprovalAnswer } from '../../shared/approval.ts';
import type { CommandError } from '../../shared/contract.ts';
import type { ApprovalId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RuleFit } from '../agent/types.ts';
import { commandError } from './errors.ts';
import type { LiveSession, WaitingApproval } from './session.ts';

/** What a session's turn asks the person. An answer counts once, for the session that asked, and only while the turn waits for it. */
export class Questions {
  readonly #changed: (session: LiveSession) => void;

  constructor(changed: (session: LiveSession) => void) {
    this.#changed = changed;
  }

  /** Undefined when the turn was stopped before there was an answer. */
  askApproval(
    session: LiveSession,
    waiting: Omit<WaitingApproval, 'resolve'>,
    signal: AbortSignal,
  ): Promise<ApprovalAnswer | undefined> {
    return this.#wait(session, signal, (resolve) => {
      const entry = { ...waiting, resolve };
      session.approvals = [...session.approvals, entry];
      return () => (session.approvals = session.approvals.filter((other) => other !== entry));
    });
  }

  askQuestion(
    session: LiveSession,
    question: AgentQuestion,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return this.#wait(session, signal, (resolve) => {
      const entry = { question, resolve };
      session.question = entry;
      return () => session.question === entry && (session.question = undefined);
    });
  }

  answerApproval(session: LiveSession, id: ApprovalId, answer: ApprovalAnswer): Result<void, CommandError> {
    const waiting = this.#find(session, id);
    if (!waiting.ok) return waiting;
    if (answer.type === 'approve') {
      const unfit = whyUnfit(waiting.value, answer);
      if (unfit !== undefined) return err(commandError('rule-unfit', unfit));
    }
    waiting.value.resolve(answer);
    return ok();
  }

  checkRule(session: LiveSession, id: ApprovalId, rule: string): Result<RuleFit, CommandError> {
    const waiting = this.#find(session, id);
    return waiting.ok ? ok(waiting.value.checkRule(rule)) : waiting;
  }

  answerQuestion(
    session: LiveSession,
    id: ApprovalId,
    answer: string | undefined,
  ): Result<void, CommandError> {
    if (session.question?.question.id !== id) return err(GONE);
    session.question.resolve(answer);
    return ok();
  }

  #find(session: LiveSession, id: ApprovalId): Result<WaitingApproval, CommandError> {
    const waiting = session.approvals.find(({ request }) => request.id === id);
    return waiting ? ok(waiting) : err(GONE);
  }

  /** `enter` puts the question where it is seen and answers how to take it away, which is done before anybody goes on. */
  async #wait<Answer>(
    session: LiveSession,
    signal: AbortSignal,
    enter: (resolve: (answer: Answer | undefined) => void) => () => unknown,
  ): Promise<Answer | undefined> {
    if (signal.aborted) return undefined;
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    const giveUp = () => resolve(undefined);
    signal.addEventListener('abort', giveUp, { once: true });
    const leave = enter((answer) => {
      leave();
      resolve(answer);
    });
    this.#changed(session);
    const answer = await promise;
    signal.removeEventListener('abort', giveUp);
    leave();
    this.#changed(session);
    return answer;
  }
}

const GONE = commandError(
  'approval-not-found',
  'This question is not waiting in this tab any more: it was answered, or its turn has ended.',
);

function whyUnfit(
  { request, checkRule }: WaitingApproval,
  { scope, rule, hunks }: Extract<ApprovalAnswer, { type: 'approve' }>,
): string | undefined {
  const count = request.action.type === 'change' ? request.action.hunks.length : 0;
  if (hunks?.some((hunk) => hunk >= count)) return 'The change has no such part.';
  if (scope === 'once') return undefined;
  if (rule === undefined) return 'A rule is needed to approve more than this once.';
  const { fits, message } = checkRule(rule);
  return fits ? undefined : message;
}
