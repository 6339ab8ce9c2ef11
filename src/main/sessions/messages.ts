import { ulid } from 'ulid';
import type { Message, MessagePart, QueuedMessage } from '../../shared/agent.ts';
import type { CommandError } from '../../shared/contract.ts';
import { messageId, type MessageId, type TurnId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Attachments } from './attachments.ts';
import { changesOf, isChanges, usesTools, withChanges } from './changes-part.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused } from './errors.ts';
import { describeSession, type LiveSession } from './session.ts';

export type Said = Pick<QueuedMessage, 'text' | 'attachments'>;

/** A session's history, read from the archive once. */
export class Messages {
  readonly #deps: SessionDependencies;
  readonly #attachments: Attachments;

  constructor(deps: SessionDependencies, attachments: Attachments) {
    this.#deps = deps;
    this.#attachments = attachments;
  }

  of(session: LiveSession): Message[] {
    session.messages ??= this.#read(session);
    return session.messages;
  }

  /** The next of the session: an answer that begins. */
  create(session: LiveSession, turn: TurnId): Message {
    return {
      id: messageId.parse(ulid()),
      sessionId: session.id,
      turnId: turn,
      sequence: (this.of(session).at(-1)?.sequence ?? 0) + 1,
      role: 'assistant',
      parts: [],
      model: session.config.model,
      mode: session.config.mode,
      effort: session.config.effort,
      status: 'streaming',
      createdAt: this.#deps.now(),
    };
  }

  /** All that belongs to the message stands before its words. */
  async partsOf(session: LiveSession, { text, attachments = [] }: Said): Promise<MessagePart[]> {
    const attached = await this.#attachments.read(
      session,
      attachments.map(({ id }) => id),
    );
    return text.trim() === '' ? attached : [...attached, { type: 'text', text }];
  }

  /** Puts what the person said into the history. */
  say(
    session: LiveSession,
    turn: TurnId,
    { attachments = [] }: Said,
    parts: MessagePart[],
  ): Result<void, CommandError> {
    const endedAt = this.#deps.now();
    const said = this.create(session, turn);
    const saved = this.save(session, { ...said, role: 'user', parts, status: 'complete', endedAt });
    if (!saved.ok || attachments.length === 0) return saved;
    try {
      this.#attachments.forget(
        session,
        attachments.map(({ id }) => id),
      );
    } catch (error) {
      this.#deps.reportError('Removing what was sent from the message box', error);
    }
    return saved;
  }

  save(session: LiveSession, message: Message): Result<void, CommandError> {
    try {
      this.#deps.archive.saveMessage(message);
    } catch (error) {
      return err(archiveRefused(error));
    }
    this.remember(session, message);
    this.#deps.emit({ type: 'message-changed', sessionId: session.id, message });
    return ok();
  }

  /** In memory alone, as while an answer arrives. */
  remember(session: LiveSession, message: Message): void {
    const messages = this.of(session);
    const index = messages.findLastIndex(({ id }) => id === message.id);
    if (index < 0) messages.push(message);
    else messages[index] = message;
  }

  recall(session: LiveSession, id: MessageId): Message | undefined {
    return this.of(session).findLast((message) => message.id === id);
  }

  #read(session: LiveSession): Message[] {
    const { archive, raiseNotice } = this.#deps;
    const damaged = archive.damagedMessages(session.id);
    if (damaged > 0) {
      const title = `${damaged === 1 ? 'A message' : `${damaged} messages`} could not be restored`;
      const body = `Damaged rows of the tab ${describeSession(session).title} are left out; they stay in the archive.`;
      raiseNotice({ id: `damaged-${session.id}`, severity: 'warning', title, body, offersSettings: false });
    }
    const messages = archive.messages(session.id);
    const last = messages.at(-1);
    if (last?.status === 'interrupted' && usesTools(last) && !last.parts.some(isChanges))
      void this.#noteChanges(session, last);
    return messages;
  }

  /** What a turn that a crash cut off had changed by then. */
  async #noteChanges(session: LiveSession, message: Message): Promise<void> {
    const changes = await changesOf(this.#deps, message.turnId);
    const isStill = !session.isClosed && this.recall(session, message.id) === message;
    if (changes && isStill) this.save(session, withChanges(message, changes));
  }
}
