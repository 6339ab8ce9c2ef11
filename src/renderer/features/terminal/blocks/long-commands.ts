import type { SessionId } from '../../../../shared/ids.ts';
import type { FinishedCommand, Session } from '../../../../shared/session.ts';

/** A command that took longer is told of when it ends in a tab that is not in front: its person has turned to other things. */
export const LONG_COMMAND_MS = 10_000;

type Sessions = Readonly<Record<SessionId, Pick<Session, 'id' | 'lastCommand'>>>;

export type EndedCommand = { readonly sessionId: SessionId; readonly command: FinishedCommand };

/** Long commands that ended between two states of the window, in tabs other than the active one. */
export function endedOutOfSight(
  before: Sessions,
  after: Sessions,
  activeSessionId: SessionId | undefined,
): EndedCommand[] {
  return Object.values(after).flatMap(({ id, lastCommand }) => {
    const earlier = before[id];
    const isNews = earlier !== undefined && lastCommand?.endedAt !== earlier.lastCommand?.endedAt;
    return isNews && lastCommand && lastCommand.durationMs > LONG_COMMAND_MS && id !== activeSessionId
      ? [{ sessionId: id, command: lastCommand }]
      : [];
  });
}
