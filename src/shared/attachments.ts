import { z } from 'zod';
import { attachmentId, paneId } from './ids.ts';

/** The same as providers take, in bytes. */
export const MAX_IMAGE_BYTES = 3_750_000;
/** Of one message. */
export const MAX_ATTACHMENTS = 20;

export const imageMediaType = z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** What a person should know before it is sent: only the ends are in it, it lies outside of the tab's folder, it may hold secrets. */
export const attachmentMark = z.enum(['cut', 'outside', 'secret']);
export type AttachmentMark = z.infer<typeof attachmentMark>;

/** What a message has beside its words, as a client knows it; the content stays in the core. */
export const attachment = z.object({
  id: attachmentId,
  kind: z.enum(['file', 'folder', 'command', 'image']),
  /** A path as one writes it in the tab's folder, a command line, or the image's name. */
  name: z.string(),
  /** How much or how it ended, in a few words. */
  detail: z.string(),
  marks: z.array(attachmentMark),
  /** A `data:` address, small. */
  thumbnail: z.string().optional(),
});
export type Attachment = z.infer<typeof attachment>;

/** Of a command of this tab, running or ended. */
const blockPlace = { paneId, blockId: z.number() };

/** What `@` may stand for. */
export const mention = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('path'),
    /** From the tab's folder, or as it was typed; a folder's ends with a slash. */
    path: z.string(),
  }),
  z.object({ type: z.literal('block'), ...blockPlace, commandLine: z.string(), outcome: z.string() }),
]);
export type Mention = z.infer<typeof mention>;

/** Where an attachment comes from. */
export const attachmentSource = z.discriminatedUnion('type', [
  /** A file or folder, from the tab's folder or absolute; `~` is the home folder. */
  z.object({ type: z.literal('path'), path: z.string().min(1).max(4_096) }),
  z.object({ type: z.literal('block'), ...blockPlace }),
  z.object({
    type: z.literal('image'),
    name: z.string().max(255),
    /** Base64. */
    data: z.base64().max(Math.ceil(MAX_IMAGE_BYTES / 3) * 4),
    thumbnail: z
      .string()
      .max(40_000)
      .regex(/^data:image\/(?:png|jpeg|webp);base64,/)
      .optional(),
  }),
]);
export type AttachmentSource = z.infer<typeof attachmentSource>;
