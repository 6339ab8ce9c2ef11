import { z } from 'zod';
import { messagePart, type MessagePart, type QueuedMessage } from '../../shared/agent.ts';
import type { Attachment } from '../../shared/attachments.ts';
import { attachmentId } from '../../shared/ids.ts';
import type { AttachedPart } from '../agent/types.ts';
import { readJson, type ConfigRows } from './config-rows.ts';

const keptAttachment = z.object({
  id: attachmentId,
  part: z.custom<AttachedPart>((part) => {
    const type = messagePart.safeParse(part).data?.type;
    return type === 'attachment' || type === 'image';
  }),
  /** Of a file or folder: where it is read again. */
  place: z.object({ path: z.string(), workspace: z.string() }).optional(),
  thumbnail: z.string().optional(),
});

/** What was added to a message that is not in the history yet. */
export type KeptAttachment = z.infer<typeof keptAttachment>;

/** In the order in which they were added; a row that cannot be read counts as none. */
export function readAttachments(rows: ConfigRows): KeptAttachment[] {
  return Object.entries(rows)
    .filter(([key]) => key.startsWith('attachment:'))
    .flatMap(([, row]) => readJson(keptAttachment, row) ?? [])
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Those of the message that is being written: a queued one has its own. */
export function draftAttachments({
  attachments,
  queue,
}: {
  readonly attachments: readonly KeptAttachment[];
  readonly queue: readonly QueuedMessage[];
}): readonly KeptAttachment[] {
  const queued = new Set(queue.flatMap((message) => (message.attachments ?? []).map(({ id }) => id)));
  return attachments.filter(({ id }) => !queued.has(id));
}

export function describeAttachment({ id, part, thumbnail }: KeptAttachment): Attachment {
  if (part.type === 'image') {
    const { name = 'image', mediaType, data } = part;
    const kilobytes = Math.max(1, Math.round((data.length * 3) / 4 / 1_000));
    const detail = `${mediaType.replace('image/', '').toUpperCase()}, ${kilobytes} kB`;
    return { id, kind: 'image', name, detail, marks: [], ...(thumbnail !== undefined && { thumbnail }) };
  }
  const { kind, name, marks } = part;
  return { id, kind, name, detail: detailOf(part), marks };
}

function detailOf(part: Extract<MessagePart, { type: 'attachment' }>): string {
  if (part.kind === 'command') return outcomeOf({ isRunning: false, ...part });
  const lines = part.text === '' ? 0 : part.text.replace(/\n$/, '').split('\n').length;
  const unit = part.kind === 'folder' ? ['entry', 'entries'] : ['line', 'lines'];
  return `${lines} ${lines === 1 ? unit[0] : unit[1]}`;
}

/** As a mention and an attachment say it. */
export function outcomeOf({
  isRunning,
  exitCode,
}: {
  isRunning: boolean;
  exitCode?: number | undefined;
}): string {
  if (isRunning) return 'running';
  return exitCode === undefined ? 'ended' : `exit ${exitCode}`;
}
