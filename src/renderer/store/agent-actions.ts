import { isRunning, type Budget } from '../../shared/agent.ts';
import type { ApprovalAnswer } from '../../shared/approval.ts';
import type { ApprovalId, SessionId } from '../../shared/ids.ts';
import type { Effort } from '../../shared/models.ts';
import { refusal, type ActionParts, type Outcome } from './calls.ts';
import { conversationLoaded, loadingConversation } from './conversation.ts';
import type { State, UndoTarget } from './state.ts';
import { isUndoable, turnChanges } from './turn-changes.ts';

/** A tab's agent: its turns, what they ask and what they changed, and how it works. */
export function createAgentActions({ store, calls }: ActionParts) {
  const { getState: state, setState } = store;
  const { call, callFor, setCallError, dismissCallError } = calls;
  const loading = new Set<SessionId>();

  async function loadConversation(sessionId: SessionId): Promise<void> {
    const known = state().conversations[sessionId];
    if (!(sessionId in state().sessions) || known?.status === 'loaded' || loading.has(sessionId)) return;
    if (known?.status !== 'loading') setConversation(sessionId, loadingConversation);
    loading.add(sessionId);
    const outcome = await call('conversation.load', { sessionId });
    loading.delete(sessionId);
    const present = state().conversations[sessionId];
    // Closed, or attached anew, while it was being loaded.
    if (!present) return;
    setConversation(
      sessionId,
      outcome.ok
        ? conversationLoaded(present, outcome.value)
        : { status: 'failed', sequence: 0, messages: present.messages },
    );
  }

  function setConversation(sessionId: SessionId, conversation: State['conversations'][SessionId]): void {
    setState(({ conversations }) => ({ conversations: { ...conversations, [sessionId]: conversation } }));
  }

  function setMode(sessionId: SessionId, mode: string): Promise<Outcome<unknown>> {
    return callFor(sessionId, 'session.setMode', { sessionId, mode });
  }

  /** Opens the dialog that says what would be undone; without a target for the last turn that changed something. */
  function askToUndo(sessionId: SessionId, target?: Omit<UndoTarget, 'sessionId'>): Outcome<undefined> {
    const { sessions, conversations } = state();
    const agent = sessions[sessionId]?.agent;
    if (agent && isRunning(agent))
      return refusal('A turn is running. Stop it, or wait for its end, and then undo.');
    const chosen = target ?? turnChanges(conversations[sessionId]?.messages ?? []).findLast(isUndoable);
    if (!chosen) return refusal('No turn of this tab has changed files that could be brought back.');
    const { turnId, undoId } = { undoId: undefined, ...chosen };
    setState({ dialog: 'undo', undoing: { sessionId, turnId, undoId } });
    return { ok: true, value: undefined };
  }

  return {
    loadConversation,
    stop: (sessionId: SessionId) => callFor(sessionId, 'turn.stop', { sessionId }),
    retry: (sessionId: SessionId) => callFor(sessionId, 'turn.retry', { sessionId }),
    askToUndo,
    /** The same, with a refusal shown in the tab. */
    openUndo: (sessionId: SessionId, target?: Omit<UndoTarget, 'sessionId'>): void => {
      const asked = askToUndo(sessionId, target);
      if (asked.ok) dismissCallError(sessionId);
      else setCallError(sessionId, 'turn.undo', asked.error.message);
    },
    previewUndo: (target: UndoTarget) => call('turn.undoPreview', target),
    diffUndo: (target: UndoTarget, path: string) => call('turn.undoDiff', { ...target, path }),
    undoTurn: (target: UndoTarget, restore: string[]) => call('turn.undo', { ...target, restore }),
    answerApproval: (sessionId: SessionId, approvalId: ApprovalId, answer: ApprovalAnswer) =>
      callFor(sessionId, 'approval.answer', { sessionId, approvalId, answer }),
    checkRule: (sessionId: SessionId, approvalId: ApprovalId, rule: string) =>
      call('approval.checkRule', { sessionId, approvalId, rule }),
    /** What the agent would be told of the tab now. */
    describeContext: (sessionId: SessionId, mode?: string) =>
      call('context.describe', mode === undefined ? { sessionId } : { sessionId, mode }),
    /** Undefined: rather not. */
    answerQuestion: (sessionId: SessionId, questionId: ApprovalId, text: string | undefined) =>
      callFor(sessionId, 'question.answer', {
        sessionId,
        questionId,
        ...(text !== undefined && { text }),
      }),
    /** Builds an agent again whose switch could not be undone. */
    initialiseAgent: (sessionId: SessionId) => callFor(sessionId, 'agent.initialise', { sessionId }),

    setMode,
    /** On to the next mode of settings.toml, round the end. */
    cycleMode: (sessionId: SessionId): void => {
      const { sessions, settings } = state();
      const ai = sessions[sessionId]?.ai;
      const names = settings?.modes.map(({ name }) => name) ?? [];
      const next = names[(names.indexOf(ai?.next?.mode ?? ai?.mode ?? '') + 1) % names.length];
      if (next !== undefined) void setMode(sessionId, next);
    },
    /** Undefined clears the tab's choice. */
    setEffort: (sessionId: SessionId, effort: Effort | undefined) =>
      callFor(sessionId, 'session.setEffort', effort === undefined ? { sessionId } : { sessionId, effort }),
    setBudget: (sessionId: SessionId, budget: Budget) =>
      callFor(sessionId, 'session.setBudget', { sessionId, budget }),
    allowTurn: (sessionId: SessionId) => callFor(sessionId, 'session.allowTurn', { sessionId }),
    clearHistory: (sessionId: SessionId) => callFor(sessionId, 'session.clear', { sessionId }),
    resetTab: (sessionId: SessionId) => callFor(sessionId, 'session.reset', { sessionId }),
    preflight: (sessionId: SessionId, reference: string) =>
      call('session.preflight', { sessionId, reference }),
    useDefaults: (sessionId: SessionId) => callFor(sessionId, 'session.useDefaults', { sessionId }),
  };
}
