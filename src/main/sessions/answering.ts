import { isRunning, type AgentError, type Message } from '../../shared/agent.ts';
import type { CommandError } from '../../shared/contract.ts';
import type { TurnId } from '../../shared/ids.ts';
import { withDelta } from '../../shared/turn-delta.ts';
import type { AgentBridge, TurnOutcome, TurnState } from '../agent/types.ts';
import { changesOf, usesTools, withChanges } from './changes-part.ts';
import type { SessionDependencies } from './dependencies.ts';
import { historyBefore, isEmpty } from './history.ts';
import type { MessageQueue } from './message-queue.ts';
import type { Messages } from './messages.ts';
import type { Questions } from './questions.ts';
import { activePane, type LiveSession } from './session.ts';
import { contextOf, systemPromptOf } from './turn-context.ts';

type AnsweringParts = {
  readonly messages: Messages;
  readonly queue: MessageQueue;
  readonly questions: Questions;
  readonly isActive: (session: LiveSession) => boolean;
  readonly changed: (session: LiveSession) => void;
};

/** Runs the turn in flight: its answers, what they ask and wait for, and what is kept of them. */
export class Answering {
  readonly #deps: SessionDependencies;
  readonly #messages: Messages;
  readonly #queue: MessageQueue;
  readonly #questions: Questions;
  readonly #isActive: (session: LiveSession) => boolean;
  readonly #changed: (session: LiveSession) => void;

  constructor(deps: SessionDependencies, { messages, queue, questions, isActive, changed }: AnsweringParts) {
    this.#deps = deps;
    this.#messages = messages;
    this.#queue = queue;
    this.#questions = questions;
    this.#isActive = isActive;
    this.#changed = changed;
  }

  /** The answer, and another one after each message that the person put in. */
  async answerAll(session: LiveSession, bridge: AgentBridge, first: Message): Promise<void> {
    try {
      this.#setState(session, { status: 'thinking' });
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

  /** The messages that steer go into the history, and a new answer begins. */
  async #takeSteering(session: LiveSession, turn: TurnId): Promise<Message | undefined> {
    const steering = await Promise.all(
      session.queue
        .filter(({ isSteering }) => isSteering)
        .map(async (message) => ({ message, parts: await this.#messages.partsOf(session, message) })),
    );
    for (const { message, parts } of steering) {
      const said = this.#messages.say(session, turn, message, parts);
      if (!said.ok) return this.#failUnsaved(session, said.error);
    }
    // By their ids: another may have come to steer while files were read.
    const told = new Set(steering.map(({ message }) => message.id));
    if (told.size > 0)
      this.#queue.set(
        session,
        session.queue.filter(({ id }) => !told.has(id)),
      );
    const answer = this.#messages.create(session, turn);
    const saved = this.#messages.save(session, answer);
    return saved.ok ? answer : this.#failUnsaved(session, saved.error);
  }

  async #answer(session: LiveSession, bridge: AgentBridge, answer: Message): Promise<TurnOutcome> {
    const { emit, emitUnseen, archive, runTurn, settings, costOf, createToolRunner } = this.#deps;
    const context = contextOf(session);
    const pane = activePane(session);
    const { agent } = settings();
    const { epoch } = bridge;
    const { id: messageId, turnId, effort = 'default' } = answer;
    const signal = session.turn?.abort.signal ?? AbortSignal.abort();
    return runTurn({
      bridge,
      request: {
        history: historyBefore(this.#messages.of(session), answer),
        systemPrompt: (await systemPromptOf(this.#deps, session, answer.mode)).text,
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
        askApproval: (waiting, signal) => this.#questions.askApproval(session, waiting, signal),
        askQuestion: (question, signal) => this.#questions.askQuestion(session, question, signal),
        setState: (state) => this.#setState(session, state),
      }),
      limits: { steps: agent.maxSteps, retries: agent.retries },
      effects: {
        costOf: (usage) => costOf(answer.model, usage),
        emitDelta: (delta) => {
          if (session.isClosed) return;
          // What a client loads now must reach as far as the deltas it was not told.
          const before = this.#messages.recall(session, messageId) ?? answer;
          this.#messages.remember(session, withDelta(before, delta));
          const tell = this.#isActive(session) ? emit : emitUnseen;
          tell({ type: 'turn-delta', sessionId: session.id, turnId, messageId, epoch, ...delta });
        },
        isSeen: () => this.#isActive(session),
        emitMessage: (message) => {
          if (!session.isClosed) emit({ type: 'message-changed', sessionId: session.id, message });
        },
        save: (message) => {
          if (session.isClosed) return;
          archive.saveMessage(message);
          this.#messages.remember(session, message);
        },
        // An answer that went on after a crash is of the model that it began with; the next step is of the present one.
        isSteered: () =>
          session.queue.some(({ isSteering }) => isSteering) || answer.model !== session.turn?.model,
        waitToRetry: (error, delayMs, signal) => this.#waitToRetry(session, error, delayMs, signal),
      },
    });
  }

  /** What the turn does now. */
  #setState(session: LiveSession, state: TurnState): void {
    if (!session.turn) return;
    const { turnId, startedAt } = session.turn;
    session.agent = { ...state, turnId, startedAt };
    this.#changed(session);
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

  #failUnsaved(session: LiveSession, { message }: CommandError): undefined {
    session.agent = { status: 'failed', error: { code: 'not-available', message } };
    return undefined;
  }

  /** The end of a turn says how much the turn changed, where its tools changed anything. */
  async #withChanges(session: LiveSession, outcome: TurnOutcome): Promise<TurnOutcome> {
    const { turnId } = outcome.message;
    const usedTools = this.#messages
      .of(session)
      .some((message) => message.turnId === turnId && usesTools(message));
    if (outcome.status === 'steered' || !usedTools) return outcome;
    const changes = await changesOf(this.#deps, turnId);
    if (!changes || session.isClosed) return outcome;
    const message = withChanges(outcome.message, changes);
    return this.#messages.save(session, message).ok ? { ...outcome, message } : outcome;
  }

  #finish(session: LiveSession, outcome: TurnOutcome): void {
    this.#messages.remember(session, outcome.message);
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
}
