import { ulid } from 'ulid';
import {
  isRunning,
  undoOf,
  type AgentError,
  type Message,
  type MessagePart,
  type QueuedMessage,
} from '../../shared/agent.ts';
import type { Attachment } from '../../shared/attachments.ts';
import type { CommandError } from '../../shared/contract.ts';
import { messageId, turnId, type AttachmentId, type MessageId, type TurnId } from '../../shared/ids.ts';
import type { Preflight } from '../../shared/models.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { withDelta } from '../../shared/turn-delta.ts';
import type { AgentBridge, SystemPrompt, TurnContext, TurnOutcome, TurnState } from '../agent/types.ts';
import { Attachments } from './attachments.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, CLOSED, commandError, modeUnknown } from './errors.ts';
import { reachedLimit } from './budget.ts';
import { hasOpenCalls, historyBefore, isEmpty } from './history.ts';
import { MessageQueue } from './message-queue.ts';
import { preflightOf } from './preflight.ts';
import { Questions } from './questions.ts';
import { activePane, budgetOf, describeSession, type LiveSession } from './session.ts';
import type { Switching } from './switching.ts';

type Sent = { status: 'started' | 'queued' };
type Said = Pick<QueuedMessage, 'text' | 'attachments'>;

/** Sends, stops and retries turns; one at a time in a session, the others wait in its queue. */
export class Turns {
  readonly attachments: Attachments;
  readonly queue: MessageQueue;
  readonly questions: Questions;
  readonly #deps: SessionDependencies;
  readonly #switching: Switching;
  readonly #isActive: (session: LiveSession) => boolean;

  constructor(deps: SessionDependencies, switching: Switching, isActive: (session: LiveSession) => boolean) {
    this.#deps = deps;
    this.#switching = switching;
    this.#isActive = isActive;
    this.attachments = new Attachments(deps, (session) => this.#changed(session));
    this.queue = new MessageQueue(deps, this.attachments, (session) => this.#changed(session));
    this.questions = new Questions((session) => this.#changed(session));
  }

  /** The session's history, read from the archive once. */
  messagesOf(session: LiveSession): Message[] {
    session.messages ??= this.#readMessages(session);
    return session.messages;
  }

  /** A message that is no turn; told to the model with the next one. */
  add(session: LiveSession, message: Message): Result<void, CommandError> {
    return this.#save(session, message);
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
    return known.includes(mode) ? ok(await this.#systemPrompt(session, mode)) : err(modeUnknown(mode, known));
  }

  #systemPrompt(session: LiveSession, mode: string): Promise<SystemPrompt> {
    const { composeSystemPrompt, settings } = this.#deps;
    return composeSystemPrompt(settings().modes[mode]?.prompt ?? '', contextOf(session));
  }

  /** Moves the message to the front and makes room for it: the turn in flight is stopped. */
  async sendQueued(session: LiveSession, id: MessageId): Promise<Result<void, CommandError>> {
    const moved = await this.queue.move(session, id, 0);
    if (!moved.ok) return moved;
    await this.stop(session);
    return this.#sendNextQueued(session);
  }

  #readMessages(session: LiveSession): Message[] {
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
    const parts = await this.#partsOf(session, message);
    const bridge = await this.#switching.ensureBridge(session);
    if (!bridge.ok) return bridge;
    if (session.isClosed) return err(CLOSED);
    const turn = turnId.parse(ulid());
    const said = this.#say(session, turn, message, parts);
    if (!said.ok) return said;
    const started = this.#run(session, bridge.value, this.#newMessage(session, turn));
    return started.ok ? ok({ status: 'started' }) : started;
  }

  /** All that belongs to the message stands before its words. */
  async #partsOf(session: LiveSession, { text, attachments = [] }: Said): Promise<MessagePart[]> {
    const attached = await this.attachments.read(
      session,
      attachments.map(({ id }) => id),
    );
    return text.trim() === '' ? attached : [...attached, { type: 'text', text }];
  }

  /** Puts what the person said into the history. */
  #say(
    session: LiveSession,
    turn: TurnId,
    { attachments = [] }: Said,
    parts: MessagePart[],
  ): Result<void, CommandError> {
    const endedAt = this.#deps.now();
    const said = this.#newMessage(session, turn);
    const saved = this.#save(session, { ...said, role: 'user', parts, status: 'complete', endedAt });
    if (!saved.ok || attachments.length === 0) return saved;
    try {
      this.attachments.forget(
        session,
        attachments.map(({ id }) => id),
      );
    } catch (error) {
      this.#deps.reportError('Removing what was sent from the message box', error);
    }
    return saved;
  }

  #newMessage(session: LiveSession, turn: TurnId): Message {
    return {
      id: messageId.parse(ulid()),
      sessionId: session.id,
      turnId: turn,
      sequence: (this.messagesOf(session).at(-1)?.sequence ?? 0) + 1,
      role: 'assistant',
      parts: [],
      model: session.config.model,
      mode: session.config.mode,
      effort: session.config.effort,
      status: 'streaming',
      createdAt: this.#deps.now(),
    };
  }

  /** Where an answer that was broken off goes on: in itself, in the place of an empty one, or in a new one. */
  #answerAgain(session: LiveSession, last: Message): Message {
    const { error: _error, endedAt: _endedAt, ...open } = last;
    if (last.role === 'assistant' && hasOpenCalls(last)) return { ...open, status: 'streaming' };
    const fresh = this.#newMessage(session, last.turnId);
    const isReplaced = last.role === 'assistant' && isEmpty(last);
    return isReplaced ? { ...fresh, id: last.id, sequence: last.sequence } : fresh;
  }

  #run(session: LiveSession, bridge: AgentBridge, answer: Message): Result<void, CommandError> {
    const saved = this.#save(session, answer);
    if (!saved.ok) return saved;
    const abort = new AbortController();
    const { promise: done, resolve: settle } = Promise.withResolvers<void>();
    const startedAt = this.#deps.now();
    const { model, mode, effort } = session.config;
    session.turn = { turnId: answer.turnId, startedAt, model, mode, effort, abort, done };
    session.isTurnAllowed = false;
    this.#setState(session, { status: 'thinking' });
    void this.#answerAll(session, bridge, answer)
      .catch((error: unknown) => this.#deps.reportError('A turn', error))
      .finally(settle)
      .then(() => this.#afterTurn(session))
      .catch((error: unknown) => this.#deps.reportError('Sending a queued message', error));
    return ok();
  }

  /** The answer, and another one after each message that the person put in. */
  async #answerAll(session: LiveSession, bridge: AgentBridge, first: Message): Promise<void> {
    try {
      for (let answer: Message | undefined = first; answer;) {
        const outcome: TurnOutcome = await this.#answer(session, bridge, answer);
        this.#finish(session, await this.#withChanges(session, outcome));
        answer = outcome.status === 'steered' ? await this.#takeSteering(session, answer.turnId) : undefined;
      }
    } finally {
      session.turn = undefined;
      if (isRunning(session.agent)) session.agent = { status: 'interrupted' };
      this.#changed(session);
    }
  }

  /** The end of a turn says how much the turn changed, where its tools changed anything. */
  async #withChanges(session: LiveSession, outcome: TurnOutcome): Promise<TurnOutcome> {
    const { turnId } = outcome.message;
    const usedTools = this.messagesOf(session).some(
      (message) => message.turnId === turnId && usesTools(message),
    );
    if (outcome.status === 'steered' || !usedTools) return outcome;
    const changes = await this.#changesOf(turnId);
    if (!changes || session.isClosed) return outcome;
    const message = withChanges(outcome.message, changes);
    return this.#save(session, message).ok ? { ...outcome, message } : outcome;
  }

  /** What a turn that a crash cut off had changed by then. */
  async #noteChanges(session: LiveSession, message: Message): Promise<void> {
    const changes = await this.#changesOf(message.turnId);
    const isStill = !session.isClosed && this.#recall(session, message.id) === message;
    if (changes && isStill) this.#save(session, withChanges(message, changes));
  }

  /** Undefined where that is nothing, or not known. */
  async #changesOf(turn: TurnId): Promise<ChangesPart | undefined> {
    const { turnChanges, reportError } = this.#deps;
    try {
      const { changes } = await turnChanges.preview(turn);
      const folders = changes.filter(({ kind }) => kind === 'folder').length;
      return changes.length > 0 ? { type: 'changes', files: changes.length - folders, folders } : undefined;
    } catch (error) {
      reportError('Finding out what a turn changed', error);
      return undefined;
    }
  }

  /** The messages that steer go into the history, and a new answer begins. */
  async #takeSteering(session: LiveSession, turn: TurnId): Promise<Message | undefined> {
    const steering = await Promise.all(
      session.queue
        .filter(({ isSteering }) => isSteering)
        .map(async (message) => ({ message, parts: await this.#partsOf(session, message) })),
    );
    for (const { message, parts } of steering) {
      const said = this.#say(session, turn, message, parts);
      if (!said.ok) return this.#failUnsaved(session, said.error);
    }
    // By their ids: another may have come to steer while files were read.
    const told = new Set(steering.map(({ message }) => message.id));
    if (told.size > 0)
      this.queue.set(
        session,
        session.queue.filter(({ id }) => !told.has(id)),
      );
    const answer = this.#newMessage(session, turn);
    const saved = this.#save(session, answer);
    return saved.ok ? answer : this.#failUnsaved(session, saved.error);
  }

  #failUnsaved(session: LiveSession, { message }: CommandError): undefined {
    session.agent = { status: 'failed', error: { code: 'not-available', message } };
    return undefined;
  }

  /** What the turn does now. */
  #setState(session: LiveSession, state: TurnState): void {
    if (!session.turn) return;
    const { turnId, startedAt } = session.turn;
    session.agent = { ...state, turnId, startedAt };
    this.#changed(session);
  }

  async #answer(session: LiveSession, bridge: AgentBridge, answer: Message): Promise<TurnOutcome> {
    const { emit, archive, runTurn, settings, costOf, createToolRunner } = this.#deps;
    const context = contextOf(session);
    const pane = activePane(session);
    const { agent } = settings();
    const { epoch } = bridge;
    const { id: messageId, turnId, effort = 'default' } = answer;
    const signal = session.turn?.abort.signal ?? AbortSignal.abort();
    return runTurn({
      bridge,
      request: {
        history: historyBefore(this.messagesOf(session), answer),
        systemPrompt: (await this.#systemPrompt(session, answer.mode)).text,
        context,
        effort,
        signal,
      },
      answer,
      tools: createToolRunner({
        sessionId: session.id,
        turnId,
        model: answer.model,
        mode: answer.mode,
        cwd: context.cwd,
        terminal: pane.pty,
        onPasswordAsked: (isAsked) => {
          const waiting = isAsked && { passwordPaneId: pane.id };
          this.#setState(session, { status: 'running-tool', toolName: 'run_command', ...waiting });
        },
        seesImages: session.facts?.abilities?.images !== false,
        askApproval: (waiting, signal) => this.questions.askApproval(session, waiting, signal),
        askQuestion: (question, signal) => this.questions.askQuestion(session, question, signal),
        setState: (state) => this.#setState(session, state),
      }),
      limits: { steps: agent.maxSteps, retries: agent.retries },
      effects: {
        costOf: (usage) => costOf(answer.model, usage),
        emitDelta: (delta) => {
          if (session.isClosed) return;
          // What a client loads now must reach as far as the deltas it was not told.
          this.#remember(session, withDelta(this.#recall(session, messageId) ?? answer, delta));
          emit({ type: 'turn-delta', sessionId: session.id, turnId, messageId, epoch, ...delta });
        },
        emitMessage: (message) => {
          if (!session.isClosed) emit({ type: 'message-changed', sessionId: session.id, message });
        },
        save: (message) => {
          if (session.isClosed) return;
          archive.saveMessage(message);
          this.#remember(session, message);
        },
        // An answer that went on after a crash is of the model that it began with; the next step is of the present one.
        isSteered: () =>
          session.queue.some(({ isSteering }) => isSteering) || answer.model !== session.turn?.model,
        waitToRetry: (error, delayMs, signal) => this.#waitToRetry(session, error, delayMs, signal),
      },
    });
  }

  async #waitToRetry(
    session: LiveSession,
    error: AgentError,
    delayMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { turn } = session;
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!turn || signal.aborted) return;
    const timer = setTimeout(resolve, delayMs);
    turn.retryNow = resolve;
    signal.addEventListener('abort', () => resolve(), { once: true });
    this.#setState(session, { status: 'retrying', error, retryAt: this.#deps.now() + delayMs });
    await promise;
    clearTimeout(timer);
    turn.retryNow = undefined;
    if (!signal.aborted) this.#setState(session, { status: 'thinking' });
  }

  #finish(session: LiveSession, outcome: TurnOutcome): void {
    this.#remember(session, outcome.message);
    if (session.isClosed) return;
    this.#account(session, outcome.message);
    this.#deps.emit({ type: 'message-changed', sessionId: session.id, message: outcome.message });
    if (outcome.status === 'steered') return;
    session.agent =
      outcome.status === 'failed'
        ? { status: 'failed', error: outcome.error }
        : { status: outcome.status === 'complete' ? 'idle' : 'interrupted' };
    if (this.#isActive(session)) return;
    session.stored = { ...session.stored, isUnread: true };
    this.#deps.archive.updateSession(session.id, { isUnread: true });
  }

  /** An answer that was broken off counts as a turn, though nobody says what it used; a refused request does not. */
  #account(session: LiveSession, message: Message): void {
    const { archive, isLocal: isLocalModel, now, reportError } = this.#deps;
    const { id, turnId, model, mode, effort, usage = {}, endedAt } = message;
    if (message.status === 'failed' && isEmpty(message) && !message.usage) return;
    const isLocal = isLocalModel(model);
    try {
      archive.saveUsage({
        messageId: id,
        sessionId: session.id,
        turnId,
        model,
        mode,
        ...(effort && { effort }),
        usage: isLocal ? { cost: 0, ...usage } : usage,
        isLocal,
        endedAt: endedAt ?? now(),
      });
      session.spending = archive.spending(session.id);
    } catch (error) {
      reportError('Saving what an answer used', error);
    }
  }

  /** A queue goes on after a complete answer only: after a failure or a stop the person decides. */
  async #afterTurn(session: LiveSession): Promise<void> {
    if (session.agent.status !== 'idle') return;
    const sent = await this.#sendNextQueued(session);
    if (!sent.ok) this.#deps.reportError('Sending a queued message', sent.error.message);
  }

  #save(session: LiveSession, message: Message): Result<void, CommandError> {
    try {
      this.#deps.archive.saveMessage(message);
    } catch (error) {
      return err(archiveRefused(error));
    }
    this.#remember(session, message);
    this.#deps.emit({ type: 'message-changed', sessionId: session.id, message });
    return ok();
  }

  #remember(session: LiveSession, message: Message): void {
    const messages = this.messagesOf(session);
    const index = messages.findLastIndex(({ id }) => id === message.id);
    if (index < 0) messages.push(message);
    else messages[index] = message;
  }

  #recall(session: LiveSession, id: MessageId): Message | undefined {
    return this.messagesOf(session).findLast((message) => message.id === id);
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

type ChangesPart = Extract<MessagePart, { type: 'changes' }>;

function usesTools({ parts }: Message): boolean {
  return parts.some(({ type }) => type === 'tool-result');
}

function isChanges({ type }: MessagePart): boolean {
  return type === 'changes';
}

function withChanges(message: Message, changes: ChangesPart): Message {
  return { ...message, parts: [...message.parts.filter((part) => !isChanges(part)), changes] };
}

function isSpent(session: LiveSession): boolean {
  return !session.isTurnAllowed && reachedLimit(budgetOf(session), session.spending) !== undefined;
}

function spentMessage(session: LiveSession): string {
  return `${reachedLimit(budgetOf(session), session.spending)} The next message waits until you allow more.`;
}

function contextOf(session: LiveSession): TurnContext {
  const pane = activePane(session);
  return {
    cwd: pane.cwd,
    shell: session.stored.shell,
    platform: process.platform,
    ...(pane.lastCommand && { lastCommand: pane.lastCommand }),
  };
}
