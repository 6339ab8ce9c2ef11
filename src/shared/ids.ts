import { z } from 'zod';

/** What a tab shows, for its whole life; a ULID, so ids sort by creation and are never reused. */
export const sessionId = z.ulid().brand<'SessionId'>();
export type SessionId = z.infer<typeof sessionId>;

/** One shell of a tab. The first one's id is its session's. */
export const paneId = z.ulid().brand<'PaneId'>();
export type PaneId = z.infer<typeof paneId>;

/** A window of the app, or a page of the web host: the main one, or a ULID. */
export const windowId = z.union([z.literal('main'), z.ulid()]).brand<'WindowId'>();
export type WindowId = z.infer<typeof windowId>;
export const MAIN_WINDOW = windowId.parse('main');

/** One user message and all that the agent does until it is idle again. */
export const turnId = z.ulid().brand<'TurnId'>();
export type TurnId = z.infer<typeof turnId>;

/** One question that waits, or waited, for the person; never used again. */
export const approvalId = z.ulid().brand<'ApprovalId'>();
export type ApprovalId = z.infer<typeof approvalId>;

export const attachmentId = z.ulid().brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof attachmentId>;

export const messageId = z.ulid().brand<'MessageId'>();
export type MessageId = z.infer<typeof messageId>;
