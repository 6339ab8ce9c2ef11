import type { Message, MessagePart } from '../../shared/agent.ts';
import type { TurnId } from '../../shared/ids.ts';
import type { SessionDependencies } from './dependencies.ts';

type ChangesPart = Extract<MessagePart, { type: 'changes' }>;

export function usesTools({ parts }: Message): boolean {
  return parts.some(({ type }) => type === 'tool-result');
}

export function isChanges({ type }: MessagePart): boolean {
  return type === 'changes';
}

export function withChanges(message: Message, changes: ChangesPart): Message {
  return { ...message, parts: [...message.parts.filter((part) => !isChanges(part)), changes] };
}

/** How much the turn changed; undefined where that is nothing, or not known. */
export async function changesOf(
  { turnChanges, reportError }: SessionDependencies,
  turn: TurnId,
): Promise<ChangesPart | undefined> {
  try {
    const { changes } = await turnChanges.preview(turn);
    const folders = changes.filter(({ kind }) => kind === 'folder').length;
    return changes.length > 0 ? { type: 'changes', files: changes.length - folders, folders } : undefined;
  } catch (error) {
    reportError('Finding out what a turn changed', error);
    return undefined;
  }
}
