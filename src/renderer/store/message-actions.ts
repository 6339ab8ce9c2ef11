import type { AttachmentSource } from '../../shared/attachments.ts';
import type { Input } from '../../shared/contract.ts';
import type { AttachmentId, MessageId, SessionId } from '../../shared/ids.ts';
import type { Session } from '../../shared/session.ts';
import { refusal, type ActionParts, type Outcome } from './calls.ts';
import type { Drafts } from './drafts.ts';
import { without } from './record.ts';
import { draftAttachments } from './selectors.ts';
import type { CommandOutput, ModelPick } from './state.ts';

type OwnMessage = { readonly text: string; readonly attachments: readonly AttachmentId[] };

/** What a person writes to an agent: drafts, messages on their way and in the queue, and the model that they go to. */
export function createMessageActions({ store, calls, drafts }: ActionParts & { readonly drafts: Drafts }) {
  const { getState: state, setState } = store;
  const { call, callFor, setCallError } = calls;
  const picking = new Map<SessionId, Promise<Outcome<unknown>>>();
  const sending = new Map<SessionId, Promise<void>>();

  function showDraft(sessionId: SessionId, draft: string): void {
    setState(({ drafts }) => ({ drafts: { ...drafts, [sessionId]: draft } }));
  }

  function setDraft(sessionId: SessionId, draft: string): void {
    if (!(sessionId in state().sessions)) return;
    showDraft(sessionId, draft);
    drafts.set(sessionId, draft);
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

  /** What was sent or typed for it goes before it. */
  async function moveSession(input: Input<'session.moveToWindow'>): Promise<Outcome<Session>> {
    const sessionId = input.sessionId as SessionId;
    await sending.get(sessionId);
    drafts.flush(sessionId);
    return callFor(sessionId, 'session.moveToWindow', input);
  }

  return {
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
    pickModel,
    clearModel: (sessionId: SessionId, scope: ModelPick['scope']) => pickModel(sessionId, '', scope),
    /** A slash command's answer; undefined takes it away. */
    showOutput,
    showSlashError: (sessionId: SessionId, message: string) => setCallError(sessionId, 'slash', message),
    moveSession,
  };
}

/** A pick that waits for an answer to a question first. */
const NOT_MADE = refusal('The switch was not made.');
