import { ulid } from 'ulid';
import type { QueuedMessage } from '../../shared/agent.ts';
import type { Attachment } from '../../shared/attachments.ts';
import type { CommandError } from '../../shared/contract.ts';
import { messageId, type MessageId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Attachments } from './attachments.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, commandError } from './errors.ts';
import type { LiveSession } from './session.ts';

/** Messages that wait for their turn, on disk before the window shows them. Callers hold the session's lock but for `edit` and `remove`. */
export class MessageQueue {
  readonly #deps: SessionDependencies;
  readonly #attachments: Attachments;
  readonly #changed: (session: LiveSession) => void;

  constructor(deps: SessionDependencies, attachments: Attachments, changed: (session: LiveSession) => void) {
    this.#deps = deps;
    this.#attachments = attachments;
    this.#changed = changed;
  }

  add(session: LiveSession, text: string, attachments: readonly Attachment[]): Result<void, CommandError> {
    const queued = { id: messageId.parse(ulid()), text };
    const more = attachments.length > 0 && { attachments: [...attachments] };
    return this.set(session, [...session.queue, { ...queued, ...more }]);
  }

  /** An empty text removes the message. */
  edit(session: LiveSession, id: MessageId, text: string): Promise<Result<void, CommandError>> {
    if (text.trim() === '') return this.remove(session, id);
    return this.#change(session, id, (queue) =>
      queue.map((waiting) => (waiting.id === id ? { ...waiting, text } : waiting)),
    );
  }

  async remove(session: LiveSession, id: MessageId): Promise<Result<void, CommandError>> {
    const removed = session.queue.find((waiting) => waiting.id === id);
    const changed = await this.#change(session, id, (queue) => queue.filter((waiting) => waiting.id !== id));
    if (changed.ok)
      for (const { id: attached } of removed?.attachments ?? []) this.#attachments.remove(session, attached);
    return changed;
  }

  setSteering(session: LiveSession, id: MessageId, isSteering: boolean): Promise<Result<void, CommandError>> {
    return this.#change(session, id, (queue) =>
      queue.map((waiting) => (waiting.id === id ? { ...waiting, isSteering } : waiting)),
    );
  }

  /** To that place, from 0; a place beyond the end is the end. */
  move(session: LiveSession, id: MessageId, place: number): Promise<Result<void, CommandError>> {
    return this.#change(session, id, (queue) => {
      const others = queue.filter((waiting) => waiting.id !== id);
      return others.toSpliced(place, 0, ...queue.filter((waiting) => waiting.id === id));
    });
  }

  set(session: LiveSession, queue: readonly QueuedMessage[]): Result<void, CommandError> {
    try {
      this.#deps.archive.setConfig(session.id, 'queue', queue.length > 0 ? JSON.stringify(queue) : undefined);
    } catch (error) {
      return err(archiveRefused(error));
    }
    session.queue = queue;
    this.#changed(session);
    return ok();
  }

  #change(
    session: LiveSession,
    id: MessageId,
    change: (queue: readonly QueuedMessage[]) => QueuedMessage[],
  ): Promise<Result<void, CommandError>> {
    return session.lock.run(() =>
      session.queue.some((waiting) => waiting.id === id)
        ? this.set(session, change(session.queue))
        : err(commandError('queued-message-not-found', 'This message is not waiting any more.')),
    );
  }
}
