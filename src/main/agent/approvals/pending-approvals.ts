import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { approvalId, type ApprovalId, type SessionId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/** What an answer is bound to: a call that differs in a byte, a folder or a session was not approved. */
export type ApprovalSubject = {
  readonly sessionId: SessionId;
  /** Absolute. */
  readonly cwd: string;
  readonly tool: string;
  /** Exactly what will run or be written, to the byte. */
  readonly content: string;
};

/** A fingerprint of the exact bytes, the folder and the session. */
export type ApprovalBinding = string & { readonly ApprovalBinding: unique symbol };

export function bindingOf({ sessionId, cwd, tool, content }: ApprovalSubject): ApprovalBinding {
  // As a list in JSON no two subjects look alike; a lone half of a character is spelled there and so kept apart too.
  const whole = JSON.stringify([sessionId, cwd, tool, content]);
  return createHash('sha256').update(whole).digest('hex') as ApprovalBinding;
}

export type ApprovalAnswer = 'approved' | 'denied';

export type ApprovalFailure = {
  readonly code:
    | 'approval-not-found'
    | 'approval-expired'
    | 'approval-answered'
    | 'approval-other-session'
    | 'approval-not-given'
    | 'approval-differs';
  readonly message: string;
};

type Pending = {
  readonly binding: ApprovalBinding;
  readonly sessionId: SessionId;
  state: 'waiting' | ApprovalAnswer | 'used' | 'expired';
};

/** Questions that wait for a person. Each is answered once, by its own session, and an answer is used once, for exactly what was asked. */
export class PendingApprovals {
  readonly #pending = new Map<ApprovalId, Pending>();

  ask(subject: ApprovalSubject): ApprovalId {
    const id = approvalId.parse(ulid());
    this.#pending.set(id, { binding: bindingOf(subject), sessionId: subject.sessionId, state: 'waiting' });
    return id;
  }

  answer(id: ApprovalId, sessionId: SessionId, answer: ApprovalAnswer): Result<void, ApprovalFailure> {
    const found = this.#find(id, sessionId);
    if (!found.ok) return found;
    if (found.value.state !== 'waiting')
      return fail('approval-answered', 'This question has been answered already.');
    found.value.state = answer;
    return ok();
  }

  /** Takes the approval for a call that is about to go ahead; it is then gone. */
  consume(id: ApprovalId, subject: ApprovalSubject): Result<void, ApprovalFailure> {
    const found = this.#find(id, subject.sessionId);
    if (!found.ok) return found;
    const { state, binding } = found.value;
    if (state === 'used') return fail('approval-answered', 'This approval was used already; ask again.');
    if (state !== 'approved') return fail('approval-not-given', 'This was not approved.');
    if (binding !== bindingOf(subject))
      return fail('approval-differs', 'What is about to happen is not what was approved; ask again.');
    found.value.state = 'used';
    return ok();
  }

  isWaiting(id: ApprovalId): boolean {
    return this.#pending.get(id)?.state === 'waiting';
  }

  /** Questions and answers of a session that closes, or of all when the app does: none of them counts any more. */
  expire(sessionId?: SessionId): ApprovalId[] {
    const expired = [...this.#pending].filter(
      ([, { state, sessionId: own }]) =>
        (sessionId === undefined || own === sessionId) && (state === 'waiting' || state === 'approved'),
    );
    for (const [, pending] of expired) pending.state = 'expired';
    return expired.map(([id]) => id);
  }

  #find(id: ApprovalId, sessionId: SessionId): Result<Pending, ApprovalFailure> {
    const pending = this.#pending.get(id);
    if (!pending)
      return fail('approval-not-found', 'There is no such question; Carrel was started again since.');
    if (pending.sessionId !== sessionId)
      return fail('approval-other-session', 'This question belongs to another tab.');
    if (pending.state === 'expired') return fail('approval-expired', 'This question has expired; ask again.');
    return ok(pending);
  }
}

function fail(code: ApprovalFailure['code'], message: string): Result<never, ApprovalFailure> {
  return err({ code, message });
}
