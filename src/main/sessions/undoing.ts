import { ulid } from 'ulid';
import { undoOf, type Message, type UndoPart } from '../../shared/agent.ts';
import type { CommandError, Input } from '../../shared/contract.ts';
import { messageId, type TurnId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { UndoDiff, UndoPreview } from '../../shared/undo.ts';
import type { UndoReport } from '../agent/undo/types.ts';
import type { SessionDependencies } from './dependencies.ts';
import { CLOSED, commandError } from './errors.ts';
import type { LiveSession } from './session.ts';
import type { Turns } from './turns.ts';

/** A turn, or with `undoId` the undoing of it. */
type Target = { readonly turnId: TurnId; readonly undoId?: string | undefined };

/** Paths that a record names; it counts the others. */
const MAX_NAMED = 50;

/** Undoes what a session's turns changed on the disk, and tells it in the conversation. */
export class Undoing {
  readonly #deps: SessionDependencies;
  readonly #turns: Turns;

  constructor(deps: SessionDependencies, turns: Turns) {
    this.#deps = deps;
    this.#turns = turns;
  }

  async preview(session: LiveSession, target: Target): Promise<Result<UndoPreview, CommandError>> {
    const refusal = this.#refusalOf(session, target);
    return refusal ? err(refusal) : ok(await this.#deps.turnChanges.preview(idOf(target)));
  }

  async diff(
    session: LiveSession,
    { path, ...target }: Target & { readonly path: string },
  ): Promise<Result<UndoDiff, CommandError>> {
    const refusal = this.#refusalOf(session, target);
    return refusal ? err(refusal) : ok(await this.#deps.turnChanges.diff(idOf(target), path));
  }

  /** Under the session's lock, so that no turn begins meanwhile. */
  undo(
    session: LiveSession,
    { restore = [], ...target }: Target & Pick<Input<'turn.undo'>, 'restore'>,
  ): Promise<Result<Message, CommandError>> {
    return session.lock.run(async () => {
      if (session.isClosed) return err(CLOSED);
      const refusal = this.#refusalOf(session, target);
      if (refusal) return err(refusal);
      const report = await this.#deps.turnChanges.undo(idOf(target), restore);
      if (report.undoId === undefined) return err(whyNothing(report));
      const isRedo = target.undoId !== undefined && !this.#undoneBy(session, target.undoId)?.isRedo;
      return this.#record(session, target.turnId, recordOf(report, report.undoId, isRedo));
    });
  }

  /** What the tab keeps for undoing goes with its history. */
  async forget(session: LiveSession): Promise<void> {
    const messages = session.messages ?? this.#deps.archive.messages(session.id);
    const ids = messages.flatMap((message) => {
      const { undoId } = undoOf(message) ?? {};
      if (undoId !== undefined) return [undoId];
      return message.parts.some(({ type }) => type === 'changes') ? [message.turnId] : [];
    });
    if (ids.length > 0) await this.#deps.turnChanges.forget(ids);
  }

  #refusalOf(session: LiveSession, { turnId, undoId }: Target): CommandError | undefined {
    if (session.turn)
      return commandError('turn-running', 'A turn is running. Stop it, or wait for its end, and then undo.');
    const isKnown = this.#turns.messagesOf(session).some((message) => message.turnId === turnId);
    if (isKnown && (undoId === undefined || this.#undoneBy(session, undoId))) return undefined;
    return commandError('turn-not-found', 'This tab has no such turn.');
  }

  #undoneBy(session: LiveSession, undoId: string): UndoPart | undefined {
    return this.#turns
      .messagesOf(session)
      .map(undoOf)
      .find((undone) => undone?.undoId === undoId);
  }

  #record(session: LiveSession, turnId: TurnId, part: UndoPart): Result<Message, CommandError> {
    const now = this.#deps.now();
    const last = this.#turns.messagesOf(session).at(-1);
    const { model, mode } = session.config;
    const message: Message = {
      id: messageId.parse(ulid()),
      sessionId: session.id,
      turnId,
      sequence: (last?.sequence ?? 0) + 1,
      role: 'user',
      parts: [part],
      model,
      mode,
      status: 'complete',
      createdAt: now,
      endedAt: now,
    };
    const saved = this.#turns.add(session, message);
    if (saved.ok) return ok(message);
    return err(commandError('archive-write-failed', `The files are restored. ${NOT_RECORDED}`));
  }
}

const NOT_RECORDED = 'That could not be saved in the conversation, so that it cannot be redone from here.';

function idOf({ turnId, undoId }: Target): string {
  return undoId ?? turnId;
}

function recordOf({ restored, conflicts, failed }: UndoReport, undoId: string, isRedo: boolean): UndoPart {
  const kept = conflicts.map(({ path, reason = '' }) => ({ path, reason }));
  const left = [...kept, ...failed];
  return {
    type: 'undo',
    isRedo,
    undoId,
    count: restored.length,
    paths: restored.slice(0, MAX_NAMED),
    left: left.slice(0, MAX_NAMED),
    leftCount: left.length,
  };
}

function whyNothing({ conflicts, failed }: UndoReport): CommandError {
  const [first] = failed;
  const reason = first
    ? `${first.path}: ${first.reason}.`
    : conflicts.length > 0
      ? 'All that is left was changed since; choose what to restore.'
      : 'All is as it was, or what was changed is no longer kept.';
  return commandError('nothing-to-undo', `Nothing was restored. ${reason}`);
}
