import type { StoreApi } from 'zustand/vanilla';
import type { WindowAction } from '../../shared/app.ts';
import { isRunning, type Budget } from '../../shared/agent.ts';
import type { ApprovalAnswer } from '../../shared/approval.ts';
import type { AttachmentSource } from '../../shared/attachments.ts';
import type { CommandName, Input, Output } from '../../shared/contract.ts';
import type { ApprovalId, AttachmentId, MessageId, PaneId, SessionId } from '../../shared/ids.ts';
import type { Effort, ModelReference } from '../../shared/models.ts';
import { firstPane, swapPanes, withoutPane, type PaneLayout, type PaneSplit } from '../../shared/panes.ts';
import type { TabColour } from '../../shared/profiles.ts';
import type { Result } from '../../shared/result.ts';
import type { SearchHit, SearchPiece, SearchQuery } from '../../shared/search.ts';
import type { Session } from '../../shared/session.ts';
import type { Client } from '../client/client.ts';
import { conversationLoaded, loadingConversation } from './conversation.ts';
import type { Drafts } from './drafts.ts';
import { zoomAfter } from './layout.ts';
import { paneBeside, SIDES, type Side } from './pane-geometry.ts';
import { without } from './record.ts';
import { anySession } from './other-windows.ts';
import { draftAttachments, shownLayout, tabsByUse, tabsThatNeedMe } from './selectors.ts';
import type { CommandOutput, DialogName, ModelPick, ShownNotice, State, UndoTarget } from './state.ts';
import { sessionArrived } from './transitions.ts';
import { isUndoable, turnChanges } from './turn-changes.ts';
import { createWindowActions, type Page } from './window-actions.ts';

export type Outcome<Value> = Result<Value, { readonly message: string }>;

type OwnMessage = { readonly text: string; readonly attachments: readonly AttachmentId[] };

export type Actions = ReturnType<typeof createActions>;

/** All that a person can do. Failures are shown from the state: `callErrors` of a session, else a notice. */
export function createActions({
  client,
  store,
  drafts,
  page,
}: {
  client: Client;
  store: StoreApi<State>;
  drafts: Drafts;
  page: Page;
}) {
  const { getState: state, setState } = store;
  const picking = new Map<SessionId, Promise<Outcome<unknown>>>();
  const sending = new Map<SessionId, Promise<void>>();
  const loading = new Set<SessionId>();
  /** Tabs in the order of their use, while one goes from one to the next. */
  let walk: readonly SessionId[] | undefined;

  async function call<Name extends CommandName>(
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    try {
      return (await client.call(name, input)) as Outcome<Output<Name>>;
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** A command of one session: its failure is shown there until it succeeds or is dismissed. */
  async function callFor<Name extends CommandName>(
    sessionId: SessionId,
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    const outcome = await call(name, input);
    if (!outcome.ok) setCallError(sessionId, name, outcome.error.message);
    else if (name === 'turn.send' || state().callErrors[sessionId]?.command === name) {
      dismissCallError(sessionId);
    }
    return outcome;
  }

  function setCallError(sessionId: SessionId, command: CommandName | 'slash', message: string): void {
    if (!(sessionId in state().sessions)) return;
    setState(({ callErrors }) => ({ callErrors: { ...callErrors, [sessionId]: { command, message } } }));
  }

  function dismissCallError(sessionId: SessionId): void {
    setState(({ callErrors }) => ({ callErrors: without(callErrors, sessionId) }));
  }

  /** A notice of this window's own, in place of an earlier one about the same command. */
  function notify(name: CommandName, notice: Omit<ShownNotice, 'id' | 'offersSettings'>): void {
    const id = `${LOCAL_NOTICE}${name}`;
    setState(({ notices }) => ({
      notices: [...notices.filter((other) => other.id !== id), { ...notice, id, offersSettings: false }],
    }));
  }

  /** A command of no session: its failure is told in a notice. */
  async function callOrNotify<Name extends CommandName>(
    title: string,
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    const outcome = await call(name, input);
    if (!outcome.ok) notify(name, { severity: 'error', title, body: outcome.error.message });
    return outcome;
  }

  async function openSettings(): Promise<void> {
    const opened = await callOrNotify('settings.toml was not opened', 'settings.open', {});
    // The web host has no editor to open it with.
    if (opened.ok && state().host?.kind === 'web') {
      notify('settings.open', {
        severity: 'info',
        title: 'Open settings.toml in your editor',
        body: opened.value.path,
      });
    }
  }

  function showDraft(sessionId: SessionId, draft: string): void {
    setState(({ drafts }) => ({ drafts: { ...drafts, [sessionId]: draft } }));
  }

  function setDraft(sessionId: SessionId, draft: string): void {
    if (!(sessionId in state().sessions)) return;
    showDraft(sessionId, draft);
    drafts.set(sessionId, draft);
  }

  function bringToFront(sessionId: SessionId): void {
    setState(({ activations }) => ({ activeSessionId: sessionId, activations: activations + 1 }));
  }

  function activateTab(sessionId: SessionId): void {
    const elsewhere = state().elsewhere[sessionId];
    if (elsewhere) void windowActions.moveTabToWindow(sessionId, elsewhere.windowId);
    if (!(sessionId in state().sessions)) return;
    walk = undefined;
    bringToFront(sessionId);
    void call('session.activate', { sessionId });
  }

  async function closeTab(sessionId: SessionId): Promise<void> {
    drafts.flush(sessionId);
    const outcome = await callFor(sessionId, 'session.close', { sessionId });
    if (outcome.ok) drafts.forget(sessionId);
  }

  /** As by a key or a middle click, which is easily done by mistake: a pinned tab asks first. */
  async function askToCloseTab(sessionId: SessionId): Promise<void> {
    if (isPinned(sessionId)) setState({ dialog: 'close-pinned', closingTab: sessionId });
    else await closeTab(sessionId);
  }

  function isPinned(sessionId: SessionId): boolean {
    return state().sessions[sessionId]?.isPinned === true;
  }

  /** Pinned tabs stay. */
  async function closeTabs(sessionIds: readonly SessionId[]): Promise<void> {
    await Promise.all(sessionIds.filter((id) => !isPinned(id)).map(closeTab));
  }

  /** The tab used before the present one, and with each further step the one before that; `keepRecentTab` ends the walk. */
  function walkTabs(step: 1 | -1): void {
    const { sessions, activeSessionId } = state();
    walk = (walk ?? tabsByUse(sessions, activeSessionId)).filter((id) => id in sessions);
    const at = activeSessionId ? walk.indexOf(activeSessionId) : -1;
    const sessionId = walk.at((at + step) % walk.length);
    if (sessionId) bringToFront(sessionId);
  }

  /** Into this window; without an id the one closed last. */
  async function reopenTab(sessionId?: SessionId): Promise<void> {
    const { windowId } = state();
    show(await callOrNotify('No tab could be reopened', 'session.reopen', { sessionId, windowId }));
  }

  /** A tab that was asked for comes to the front, also where its event is still on its way. */
  function show(outcome: Outcome<Session>): void {
    if (!outcome.ok) return;
    if (!(outcome.value.id in state().sessions)) setState((state) => sessionArrived(state, outcome.value));
    activateTab(outcome.value.id);
  }

  async function fork(sessionId: SessionId, reference?: string): Promise<Outcome<Session>> {
    const input = reference === undefined ? { sessionId } : { sessionId, reference };
    const outcome = await callFor(sessionId, 'session.fork', input);
    show(outcome);
    return outcome;
  }

  function showOutput(sessionId: SessionId, output: CommandOutput | undefined): void {
    setState(({ commandOutputs }) => ({
      commandOutputs: output
        ? { ...commandOutputs, [sessionId]: output }
        : without(commandOutputs, sessionId),
    }));
  }

  /**
   * Where there may be a question first, `mayGoOn` says whether the pick is made without one. From the call on a message waits
   * for the pick, and comes back into the box where it is not made.
   */
  async function pickModel(
    sessionId: SessionId,
    reference: string,
    scope: ModelPick['scope'],
    mayGoOn?: Promise<boolean>,
  ): Promise<Outcome<unknown>> {
    const pick = { reference, scope };
    const make = () => {
      setState(({ picks }) => ({ picks: { ...picks, [sessionId]: pick } }));
      return callFor(sessionId, 'session.setModel', { sessionId, reference, scope });
    };
    // A later pick takes the place of one that still waits for its answer.
    const isLast = () => picking.get(sessionId) === answered;
    const answered: Promise<Outcome<unknown>> = mayGoOn
      ? mayGoOn.then((goesOn) => (goesOn && isLast() ? make() : NOT_MADE))
      : make();
    picking.set(sessionId, answered);
    const outcome = await answered;
    // Unless a later pick has taken this one's place.
    if (isLast()) {
      picking.delete(sessionId);
      setState(({ picks }) => ({ picks: without(picks, sessionId) }));
    }
    return outcome;
  }

  /** The box is free for the next message at once; messages go out in the order they were sent. */
  async function send(sessionId: SessionId): Promise<void> {
    const text = state().drafts[sessionId] ?? '';
    const attachments = draftAttachments(state(), sessionId).map(({ id }) => id);
    if (text.trim() === '' && attachments.length === 0) return;
    drafts.flush(sessionId);
    showDraft(sessionId, '');
    await sendMessage(sessionId, { text, attachments });
  }

  /** Beside what stands in the box, which stays. */
  async function sendMessage(sessionId: SessionId, message: OwnMessage): Promise<void> {
    showOutput(sessionId, undefined);
    setSent(sessionId, (sent) => [...sent, ...message.attachments]);
    const sent = sendAfter(sending.get(sessionId), sessionId, message);
    sending.set(sessionId, sent);
    await sent;
    if (sending.get(sessionId) === sent) sending.delete(sessionId);
    setSent(sessionId, (ids) => ids.filter((id) => !message.attachments.includes(id)));
  }

  function setSent(
    sessionId: SessionId,
    change: (sent: readonly AttachmentId[]) => readonly AttachmentId[],
  ): void {
    setState(({ sentAttachments }) => ({
      sentAttachments: { ...sentAttachments, [sessionId]: change(sentAttachments[sessionId] ?? []) },
    }));
  }

  /** A message typed right after a pick must not go to the model before it: if the pick fails, it comes back into the box. */
  async function sendAfter(
    earlier: Promise<void> | undefined,
    sessionId: SessionId,
    { text, attachments }: OwnMessage,
  ): Promise<void> {
    await earlier;
    const picked = await picking.get(sessionId);
    const message = { sessionId, text, ...(attachments.length > 0 && { attachments: [...attachments] }) };
    const isSent = picked?.ok !== false && (await callFor(sessionId, 'turn.send', message)).ok;
    const typedSince = state().drafts[sessionId] ?? '';
    // The core forgot the draft with the message; what was typed since is saved again.
    if (!isSent) setDraft(sessionId, [text, typedSince].filter(Boolean).join('\n'));
    else if (typedSince !== '') setDraft(sessionId, typedSince);
  }

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

  function setLayout(layout: Partial<State['layout']>): void {
    setState((state) => ({ layout: { ...state.layout, ...layout } }));
  }

  /** What a change of panes answers is shown at once, and what is typed next goes to the active one. */
  async function changePanes<Name extends 'pane.split' | 'pane.close' | 'pane.activate' | 'pane.arrange'>(
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Session>> {
    const outcome = (await callFor(input.sessionId as SessionId, name, input)) as Outcome<Session>;
    if (outcome.ok && outcome.value.id in state().sessions)
      setState((state) => sessionArrived(state, outcome.value));
    return outcome;
  }

  function focusTerminal(): void {
    setState(({ activations }) => ({ activations: activations + 1 }));
  }

  function unzoom(sessionId: SessionId): void {
    setState(({ zoomedPanes }) => ({ zoomedPanes: without(zoomedPanes, sessionId) }));
  }

  function activatePane(sessionId: SessionId, paneId: PaneId): void {
    const session = state().sessions[sessionId];
    if (!session || session.activePaneId === paneId) return;
    setState((state) => sessionArrived(state, { ...session, activePaneId: paneId }));
    void callFor(sessionId, 'pane.activate', { sessionId, paneId });
  }

  function toPane(sessionId: SessionId, paneId: PaneId): void {
    unzoom(sessionId);
    activatePane(sessionId, paneId);
    focusTerminal();
  }

  /** Of the pane that is active; undefined where nothing is on that side. */
  function besideActive(sessionId: SessionId, side: Side): PaneId | undefined {
    const session = state().sessions[sessionId];
    return session && paneBeside(session.layout, session.activePaneId, side);
  }

  /** What was sent or typed for it goes before it. */
  async function moveSession(input: Input<'session.moveToWindow'>): Promise<Outcome<Session>> {
    const sessionId = input.sessionId as SessionId;
    await sending.get(sessionId);
    drafts.flush(sessionId);
    return callFor(sessionId, 'session.moveToWindow', input);
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

  const windowActions = createWindowActions({ state, moveSession, notify, page });

  /** Tells each piece until all has been looked through or the signal comes. */
  async function search(
    query: SearchQuery,
    { onPiece, signal }: { readonly onPiece: (piece: SearchPiece) => void; readonly signal: AbortSignal },
  ): Promise<Outcome<unknown>> {
    let outcome: Outcome<unknown> = await call('search.begin', query);
    while (outcome.ok && !signal.aborted) {
      const next = await call('search.next', {});
      outcome = next;
      if (!next.ok || signal.aborted) break;
      onPiece(next.value);
      if (next.value.isOver) break;
    }
    return outcome;
  }

  /** Goes to the hit's tab, in whatever window or brought back where it was closed, which then brings the hit into view. */
  async function showHit(hit: SearchHit): Promise<void> {
    if (!anySession(state(), hit.sessionId)) await reopenTab(hit.sessionId);
    if (anySession(state(), hit.sessionId))
      await callOrNotify('What was found could not be shown', 'search.show', { hit });
  }

  return {
    ...windowActions,
    /** With a profile by its name, else with the default one. */
    openTab: async (profile?: string): Promise<void> =>
      show(
        await callOrNotify('No tab could be opened', 'session.open', {
          windowId: state().windowId,
          ...(profile !== undefined && { profile }),
        }),
      ),
    reopenTab,
    listClosed: () => call('session.listClosed', {}),
    /** Opens a tab beside this one with its profile and folder, and brings it to the front. */
    duplicateTab: async (sessionId: SessionId): Promise<void> =>
      show(await callFor(sessionId, 'session.duplicate', { sessionId })),
    closeTab,
    askToCloseTab,
    closeOtherTabs: (sessionId: SessionId) => closeTabs(state().order.filter((id) => id !== sessionId)),
    closeTabsToTheRight: (sessionId: SessionId) => {
      const { order } = state();
      return closeTabs(order.slice(order.indexOf(sessionId) + 1));
    },
    setTabColour: (sessionId: SessionId, colour: TabColour | undefined) =>
      callFor(sessionId, 'session.setColour', colour === undefined ? { sessionId } : { sessionId, colour }),
    togglePinned: (sessionId: SessionId) =>
      callFor(sessionId, 'session.setPinned', { sessionId, isPinned: !isPinned(sessionId) }),
    moveTab: (sessionId: SessionId, position: number) =>
      callFor(sessionId, 'session.move', { sessionId, position }),
    renameTab: (sessionId: SessionId, title: string) =>
      callFor(sessionId, 'session.rename', { sessionId, title }),
    activateTab,
    /** From 0; tabs beyond the last are ignored. */
    activateByIndex: (index: number): void => {
      const sessionId = state().order[index];
      if (sessionId) activateTab(sessionId);
    },
    /** The neighbour `step` places to the right, round the ends. */
    activateNeighbour: (step: 1 | -1): void => {
      const { order, activeSessionId } = state();
      if (!activeSessionId) return;
      const sessionId = order.at((order.indexOf(activeSessionId) + step) % order.length);
      if (sessionId) activateTab(sessionId);
    },
    search,
    stopSearch: () => void call('search.stop', {}),
    showHit,
    /** It is in view; `isGone`: it is nowhere any more. */
    hitShown: (isGone: boolean): void => {
      setState({ shownHit: undefined });
      if (!isGone) return;
      notify('search.next', {
        severity: 'info',
        title: 'This is no longer there',
        body: 'The text has changed since it was found, its oldest lines have gone, or a program covers it.',
      });
    },
    walkTabs,
    /** Only the tab that the walk ends at counts as used. */
    keepRecentTab: (): void => {
      const { activeSessionId } = state();
      if (walk && activeSessionId) activateTab(activeSessionId);
    },
    nextTabThatNeedsMe: (): void => {
      const [sessionId] = tabsThatNeedMe(state());
      if (sessionId) activateTab(sessionId);
    },

    /** A new shell beside the active one, or below it. */
    splitPane: async (sessionId: SessionId, direction: PaneSplit['direction']): Promise<void> => {
      unzoom(sessionId);
      const paneId = state().sessions[sessionId]?.activePaneId;
      const outcome = await changePanes('pane.split', { sessionId, paneId, direction });
      if (outcome.ok) focusTerminal();
    },
    /** The active pane; the tab with it when it is the only one. */
    closePane: async (sessionId: SessionId): Promise<void> => {
      const session = state().sessions[sessionId];
      if (!session) return;
      const { activePaneId: paneId } = session;
      const rest = withoutPane(session.layout, paneId);
      if (rest === undefined) return askToCloseTab(sessionId);
      const beside = SIDES.map((side) => besideActive(sessionId, side)).find((id) => id !== undefined);
      // What is typed from now on is not for a shell that goes.
      toPane(sessionId, beside ?? firstPane(rest));
      await changePanes('pane.close', { sessionId, paneId });
    },
    activatePane,
    focusPaneBeside: (sessionId: SessionId, side: Side): void => {
      const paneId = besideActive(sessionId, side);
      if (paneId) toPane(sessionId, paneId);
    },
    /** The active pane and the one on that side change places. */
    swapPane: async (sessionId: SessionId, side: Side): Promise<void> => {
      const other = besideActive(sessionId, side);
      const session = state().sessions[sessionId];
      if (!other || !session) return;
      const layout = swapPanes(session.layout, session.activePaneId, other);
      if ((await changePanes('pane.arrange', { sessionId, layout })).ok) focusTerminal();
    },
    arrangePanes: (sessionId: SessionId, layout: PaneLayout) =>
      changePanes('pane.arrange', { sessionId, layout }),
    /** The active pane takes the whole terminal, or gives the others their places back. */
    toggleZoomedPane: (sessionId: SessionId): void => {
      const session = state().sessions[sessionId];
      if (!session || session.panes.length === 1) return;
      const isZoomed = shownLayout(state(), sessionId) !== session.layout;
      if (isZoomed) unzoom(sessionId);
      else
        setState(({ zoomedPanes }) => ({
          zoomedPanes: { ...zoomedPanes, [sessionId]: session.activePaneId },
        }));
      focusTerminal();
    },

    loadConversation,
    setDraft,
    /** Sends the draft with what was attached. Where that fails it all stays in the box. */
    send,
    sendMessage,
    findMentions: (sessionId: SessionId, query: string) => call('attachment.find', { sessionId, query }),
    attach: (sessionId: SessionId, source: AttachmentSource) =>
      callFor(sessionId, 'attachment.add', { sessionId, source }),
    detach: (sessionId: SessionId, id: AttachmentId) =>
      callFor(sessionId, 'attachment.remove', { sessionId, id }),
    showAttachError: (sessionId: SessionId, message: string) =>
      setCallError(sessionId, 'attachment.add', message),
    stop: (sessionId: SessionId) => callFor(sessionId, 'turn.stop', { sessionId }),
    retry: (sessionId: SessionId) => callFor(sessionId, 'turn.retry', { sessionId }),
    editQueued: (sessionId: SessionId, id: MessageId, text: string) =>
      callFor(sessionId, 'turn.editQueued', { sessionId, id, text }),
    removeQueued: (sessionId: SessionId, id: MessageId) =>
      callFor(sessionId, 'turn.removeQueued', { sessionId, id }),
    moveQueued: (sessionId: SessionId, id: MessageId, place: number) =>
      callFor(sessionId, 'turn.moveQueued', { sessionId, id, place }),
    sendQueued: (sessionId: SessionId, id: MessageId) =>
      callFor(sessionId, 'turn.sendQueued', { sessionId, id }),
    /** Tells a waiting message to the model before its next step, or takes that back. */
    steer: (sessionId: SessionId, id: MessageId, isSteering: boolean) =>
      callFor(sessionId, 'turn.steer', { sessionId, id, isSteering }),
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

    pickModel,
    clearModel: (sessionId: SessionId, scope: ModelPick['scope']) => pickModel(sessionId, '', scope),
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
    /** Opens a tab beside this one with its history, and brings it to the front. */
    fork,
    clearHistory: (sessionId: SessionId) => callFor(sessionId, 'session.clear', { sessionId }),
    resetTab: (sessionId: SessionId) => callFor(sessionId, 'session.reset', { sessionId }),
    preflight: (sessionId: SessionId, reference: string) =>
      call('session.preflight', { sessionId, reference }),
    refreshModels: () => call('models.refresh', {}),
    setFavourite: (reference: ModelReference, isFavourite: boolean) =>
      callOrNotify('The star was not kept', 'models.setFavourite', { reference, isFavourite }),
    setDefaultModel: (reference: ModelReference) => call('settings.setDefaultModel', { reference }),
    /** An empty name leaves new tabs the default shell. */
    setDefaultProfile: (name: string) => call('settings.setDefaultProfile', { name }),
    setTerminalTheme: (input: Input<'settings.setTerminalTheme'>) => call('settings.setTerminalTheme', input),
    /** Shows a theme without choosing it; undefined shows the chosen one again. */
    previewTheme: (previewedTheme: string | undefined) => setState({ previewedTheme }),
    setKeys: (input: Input<'settings.setKeys'>) => call('settings.setKeys', input),
    saveProvider: (input: Input<'provider.save'>) => call('provider.save', input),
    setProviderKey: (input: Input<'provider.setKey'>) => call('provider.setKey', input),
    testProvider: (id: string) => call('provider.test', { id }),
    tryApproval: (input: Input<'approvals.try'>) => call('approvals.try', input),
    listRules: () => call('approvals.list', {}),
    removeRule: (kept: Input<'approvals.remove'>) => call('approvals.remove', kept),
    listLedger: (page: Input<'ledger.list'>) => call('ledger.list', page),
    ledgerChoices: () => call('ledger.choices', {}),
    reportUsage: (span: Input<'usage.report'>) => call('usage.report', span),
    exportUsage: (span: Input<'usage.export'>) =>
      callOrNotify('Usage was not exported', 'usage.export', span),
    /** A slash command's answer; undefined takes it away. */
    showOutput,
    showSlashError: (sessionId: SessionId, message: string) => setCallError(sessionId, 'slash', message),
    useDefaults: (sessionId: SessionId) => callFor(sessionId, 'session.useDefaults', { sessionId }),

    dismissCallError,
    dismissNotice: (id: string): void => {
      setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
      if (!id.startsWith(LOCAL_NOTICE)) void call('notice.dismiss', { id });
    },
    openSettings,
    openLink: (url: string): void => {
      if (state().host?.kind === 'web') window.open(url, '_blank', 'noopener,noreferrer');
      else void callOrNotify('The link was not opened', 'link.open', { url });
    },

    performInWindow: (action: WindowAction) =>
      callOrNotify('The window could not do it', 'window.perform', { windowId: state().windowId, action }),
    openFile: (file: Input<'file.open'>) => void callOrNotify('The file was not opened', 'file.open', file),
    /** The page was not given the clipboard, as a browser may refuse it. */
    tellNoClipboard: () =>
      notify('pty.write', {
        severity: 'warning',
        title: 'The clipboard could not be read',
        body: 'The browser did not allow it. Paste by the keyboard instead, which needs no permission.',
      }),
    tellFullScreen: () =>
      notify('pty.write', {
        severity: 'info',
        title: 'A full-screen program runs in this terminal',
        body: 'Nothing was inserted: it would take the text for keys. Leave the program first.',
      }),
    openDialog: (dialog: DialogName) => setState({ dialog }),
    closeDialog: () => setState({ dialog: undefined, closingTab: undefined, undoing: undefined }),
    toggleAgent: () => setLayout({ isAgentVisible: !state().layout.isAgentVisible }),
    setAgentWidth: (agentWidth: number) => setLayout({ agentWidth }),
    setRailWidth: (railWidth: number) => setLayout({ railWidth }),
    /** Makes the terminal's text larger or smaller by a pixel; 0 gives it the size of settings.toml again. */
    zoomTerminal: (step: -1 | 0 | 1) => {
      const { settings, layout } = state();
      if (settings)
        setLayout({ terminalZoom: zoomAfter(settings.terminal.fontSize, layout.terminalZoom, step) });
    },
  };
}

function refusal(message: string): Outcome<never> {
  return { ok: false, error: { message } };
}

/** A pick that waits for an answer to a question first. */
const NOT_MADE: Outcome<never> = { ok: false, error: { message: 'The switch was not made.' } };

/** Begins the id of a notice that the core does not know. */
const LOCAL_NOTICE = 'window:';
