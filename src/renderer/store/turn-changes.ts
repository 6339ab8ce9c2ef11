import { undoOf, type Message, type MessagePart, type UndoPart } from '../../shared/agent.ts';
import type { MessageId, TurnId } from '../../shared/ids.ts';

type ChangesPart = Extract<MessagePart, { type: 'changes' }>;

/** What a turn changed on the disk, and what became of it. */
export type TurnChange = Pick<ChangesPart, 'files' | 'folders'> & {
  readonly turnId: TurnId;
  /** The message after which it is told: the turn's last one. */
  readonly after: MessageId;
  /** The last time it was undone or redone, and the record of it. */
  readonly undone?: UndoPart & { readonly messageId: MessageId };
};

/** Turns that changed something, the oldest first. */
export function turnChanges(messages: readonly Message[]): TurnChange[] {
  const turns = new Map<TurnId, Partial<TurnChange>>();
  for (const message of messages) {
    const { id, turnId, parts } = message;
    const undone = undoOf(message);
    const last = parts.at(-1);
    turns.set(turnId, {
      ...turns.get(turnId),
      ...(undone ? { undone: { ...undone, messageId: id } } : { after: id }),
      ...(last?.type === 'changes' && { files: last.files, folders: last.folders }),
    });
  }
  return [...turns].flatMap(([turnId, { after, files, folders, undone }]) =>
    after === undefined || files === undefined || folders === undefined
      ? []
      : [{ turnId, after, files, folders, ...(undone && { undone }) }],
  );
}

/** Whether undoing has anything left to do. */
export function isUndoable({ undone }: TurnChange): boolean {
  return undone === undefined || undone.isRedo || undone.leftCount > 0;
}

/** As "2 files changed". */
export function changedInWords({ files, folders }: TurnChange): string {
  const [count, noun] = files > 0 ? [files, 'file'] : [folders, 'folder'];
  return `${count} ${noun}${count === 1 ? '' : 's'} changed`;
}
