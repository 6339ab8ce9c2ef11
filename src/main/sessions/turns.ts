import { ulid } from 'ulid';
import { undoOf, type Message } from '../../shared/agent.ts';
import type { Attachment } from '../../shared/attachments.ts';
import type { CommandError } from '../../shared/contract.ts';
import { turnId, type AttachmentId, type MessageId } from '../../shared/ids.ts';
import type { Preflight } from '../../shared/models.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AgentBridge, SystemPrompt } from '../agent/types.ts';
import { Answering } from './answering.ts';
import { Attachments } from './attachments.ts';
import type { SessionDependencies } from './dependencies.ts';
import { CLOSED, commandError, modeUnknown } from './errors.ts';
import { reachedLimit } from './budget.ts';
import { hasOpenCalls, isEmpty } from './history.ts';
import { MessageQueue } from './message-queue.ts';
import { Messages, type Said } from './messages.ts';
import { preflightOf } from './preflight.ts';
import { Questions } from './questions.ts';
import { budgetOf, describeSession, type LiveSession } from './session.ts';
import type { Switching } from './switching.ts';
import { systemPromptOf } from './turn-context.ts';

type Sent = { status: 'started' | 'queued' };

/** Sends, stops and retries turns; one at a time in a session, the others wait in its queue. */
export class Turns {
  readonly attachments: Attachments;
  readonly queue: MessageQueue;
  readonly questions: Questions;
  readonly #deps: SessionDependencies;
  readonly #switching: Switching;
  readonly #messages: Messages;
  readonly #answering: Answering;

  constructor(deps: SessionDependencies, switching: Switching, isActive: (session: LiveSession) => boolean) {
    this.#deps = deps;
    this.#switching = switching;
    const changed = (session: LiveSession) => this.#changed(session);
    this.attachments = new Attachments(deps, changed);
    this.queue = new MessageQueue(deps, this.attachments, changed);
    this.questions = new Questions(changed);
    this.#messages = new Messages(deps, this.attachments);
    this.#answering = new Answering(deps, {
      messages: this.#messages,
      queue: this.queue,
      questions: this.questions,
      isActive,
      changed,
    });
  }

  /** The session's history, read from the archive once. */
  messagesOf(session: LiveSession): Message[] {
    return this.#messages.of(session);
  }

  /** A message that is no turn; told to the model with the next one. */
  add(session: LiveSession, message: Message): Result<void, CommandError> {
    return this.#messages.save(session, message);
  }

  send(
    session: LiveSession,
    text: string,
    ids: readonly AttachmentId[] = [],
  ): Promise<Result<Sent, CommandError>> {
    return session.lock.run(async () => {
      const attached = this.attachments.check(session, ids);
      const refusal = attached.ok ? refusalOf(session, text, attached.value) : attached.error;
      if (!attached.ok || refusal) return err(refusal ?? CLOSED);
      const message = { text, attachments: attached.value };
      if (!session.turn && !this.#pauseWhenSpent(session)) return this.#start(session, message);
      const queued = this.queue.add(session, text, attached.value);
      return queued.ok ? ok({ status: 'queued' as const }) : queued;
    });
  }

  /**
   * Goes on with the last turn when it has no complete answer. What tools did stays done, and calls without a result are asked about again;
   * other text of the broken answer stays, and is not told to the model.
   */
  retry(session: LiveSession): Promise<Result<void, CommandError>> {
    if (session.turn?.retryNow) return Promise.resolve(ok(session.turn.retryNow()));
    return session.lock.run(async () => {
      const last = this.messagesOf(session).at(-1);
      const isRunning = session.turn !== undefined;
      const answered = this.messagesOf(session).findLast((message) => !undoOf(message));
      if (!last || isRunning || (answered?.role === 'assistant' && answered.status === 'complete')) {
        return err(
          commandError('nothing-to-retry', 'The last turn has an answer; there is nothing to retry.'),
        );
      }
      if (this.#pauseWhenSpent(session)) return err(commandError('budget-spent', spentMessage(session)));
      const bridge = await this.#switching.ensureBridge(session);
      if (!bridge.ok) return bridge;
      if (session.isClosed) return err(CLOSED);
      return this.#run(session, bridge.value, this.#answerAgain(session, last));
    });
  }

  /** Tells a message that waits to the model before its next step, or takes that back. */
  steer(session: LiveSession, id: MessageId, isSteering: boolean): Promise<Result<void, CommandError>> {
    return this.queue.setSteering(session, id, isSteering);
  }

  /** Ends the turn in flight; resolves when its last write is made. */
  async stop(session: LiveSession): Promise<void> {
    session.turn?.abort.abort();
    await session.turn?.done;
  }

  /** Sends what waits if the budget, as it is now, has room for it. */
  async goOn(session: LiveSession): Promise<Result<void, CommandError>> {
    if (session.agent.status === 'paused' && !isSpent(session)) {
      session.agent = { status: 'idle' };
      this.#changed(session);
    }
    return this.#sendNextQueued(session);
  }

  /** One turn beyond the budget: the next, whichever it is. */
  allowTurn(session: LiveSession): Promise<Result<void, CommandError>> {
    session.isTurnAllowed = true;
    return this.goOn(session);
  }

  /** What switching to that model or alias would cost and lose. */
  preflight(session: LiveSession, reference: string): Result<Preflight, CommandError> {
    const { checkModel, factsOf, costOf, settings, now } = this.#deps;
    const checked = checkModel(reference);
    if (!checked.ok) return checked;
    return ok(
      preflightOf({
        from: session.config.model,
        to: checked.value,
        facts: factsOf(checked.value),
        messages: this.messagesOf(session),
        costOf,
        askAboveDollars: settings().switching.askAboveDollars,
        now: now(),
      }),
    );
  }

  /** What the agent would be told of its tab now; in another mode where one is named. */
  async describeContext(
    session: LiveSession,
    mode = session.config.mode,
  ): Promise<Result<SystemPrompt, CommandError>> {
    const known = Object.keys(this.#deps.settings().modes);
    return known.includes(mode)
      ? ok(await systemPromptOf(this.#deps, session, mode))
      : err(modeUnknown(mode, known));
  }

  /** Moves the message to the front and makes room for it: the turn in flight is stopped. */
  async sendQueued(session: LiveSession, id: MessageId): Promise<Result<void, CommandError>> {
    const moved = await this.queue.move(session, id, 0);
    if (!moved.ok) return moved;
    await this.stop(session);
    return this.#sendNextQueued(session);
  }

  #sendNextQueued(session: LiveSession): Promise<Result<void, CommandError>> {
    return session.lock.run(async () => {
      const [next, ...others] = session.queue;
      if (!next || session.turn || session.isClosed || this.#pauseWhenSpent(session)) return ok();
      const started = await this.#start(session, next);
      return started.ok ? this.queue.set(session, others) : started;
    });
  }

  /** A spent budget pauses the tab before its next turn; it never ends one. */
  #pauseWhenSpent(session: LiveSession): boolean {
    if (!isSpent(session)) return false;
    session.agent = { status: 'paused', message: spentMessage(session) };
    this.#changed(session);
    return true;
  }

  async #start(session: LiveSession, message: Said): Promise<Result<Sent, CommandError>> {
    const parts = await this.#messages.partsOf(session, message);
    const bridge = await this.#switching.ensureBridge(session);
    if (!bridge.ok) return bridge;
    if (session.isClosed) return err(CLOSED);
    const turn = turnId.parse(ulid());
    const said = this.#messages.say(session, turn, message, parts);
    if (!said.ok) return said;
    const started = this.#run(session, bridge.value, this.#messages.create(session, turn));
    return started.ok ? ok({ status: 'started' }) : started;
  }

  /** Where an answer that was broken off goes on: in itself, in the place of an empty one, or in a new one. */
  #answerAgain(session: LiveSession, last: Message): Message {
    const { error: _error, endedAt: _endedAt, ...open } = last;
    if (last.role === 'assistant' && hasOpenCalls(last)) return { ...open, status: 'streaming' };
    const fresh = this.#messages.create(session, last.turnId);
    const isReplaced = last.role === 'assistant' && isEmpty(last);
    return isReplaced ? { ...fresh, id: last.id, sequence: last.sequence } : fresh;
  }

  #run(session: LiveSession, bridge: AgentBridge, answer: Message): Result<void, CommandError> {
    const saved = this.#messages.save(session, answer);
    if (!saved.ok) return saved;
    const abort = new AbortController();
    const { promise: done, resolve: settle } = Promise.withResolvers<void>();
    const startedAt = this.#deps.now();
    const { model, mode, effort } = session.config;
    session.turn = { turnId: answer.turnId, startedAt, model, mode, effort, abort, done };
    session.isTurnAllowed = false;
    void this.#answering
      .answerAll(session, bridge, answer)
      .catch((error: unknown) => this.#deps.reportError('A turn', error))
      .finally(settle)
      .then(() => this.#afterTurn(session))
      .catch((error: unknown) => this.#deps.reportError('Sending a queued message', error));
    return ok();
  }

  /** A queue goes on after a complete answer only: after a failure or a stop the person decides. */
  async #afterTurn(session: LiveSession): Promise<void> {
    if (session.agent.status !== 'idle') return;
    const sent = await this.#sendNextQueued(session);
    if (!sent.ok) this.#deps.reportError('Sending a queued message', sent.error.message);
  }

  #changed(session: LiveSession): void {
    if (!session.isClosed) this.#deps.emit({ type: 'session-changed', session: describeSession(session) });
  }
}

function refusalOf(
  session: LiveSession,
  text: string,
  attachments: readonly Attachment[],
): CommandError | undefined {
  if (session.isClosed) return CLOSED;
  if (session.agent.status === 'unavailable')
    return commandError('session-unavailable', session.agent.message);
  if (text.trim() === '' && attachments.length === 0)
    return commandError('message-empty', 'There is nothing to send.');
  return undefined;
}

function isSpent(session: LiveSession): boolean {
  return !session.isTurnAllowed && reachedLimit(budgetOf(session), session.spending) !== undefined;
}

function spentMessage(session: LiveSession): string {
  return `${reachedLimit(budgetOf(session), session.spending)} The next message waits until you allow more.`;
}
