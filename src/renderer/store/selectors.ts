import type { Attachment } from '../../shared/attachments.ts';
import type { PaneId, SessionId } from '../../shared/ids.ts';
import { isRunning } from '../../shared/agent.ts';
import type { ModelReference } from '../../shared/models.ts';
import { panesOf, type PaneLayout } from '../../shared/panes.ts';
import { assertNever } from '../../shared/result.ts';
import type { Pane, Session } from '../../shared/session.ts';
import type { ProfileDescription, ProfileSource } from '../../shared/profiles.ts';
import type { ModelPick, State } from './state.ts';

export type TabState =
  'working' | 'needs approval' | 'needs you' | 'paused' | 'failed' | 'unread' | 'interrupted' | 'idle';

/** What a tab says of its agent; what needs a person goes before what does not. */
export function tabState({ agent, isUnread, question }: Session): TabState {
  switch (agent.status) {
    case 'running-tool':
      if (agent.passwordPaneId !== undefined) return 'needs you';
      return question === undefined ? 'working' : 'needs you';
    case 'thinking':
    case 'retrying':
      return question === undefined ? 'working' : 'needs you';
    case 'awaiting-approval':
      return 'needs approval';
    case 'paused':
      return 'paused';
    case 'failed':
    case 'unavailable':
      return 'failed';
    case 'interrupted':
      return isUnread ? 'unread' : 'interrupted';
    case 'idle':
      return isUnread ? 'unread' : 'idle';
    default:
      return assertNever(agent);
  }
}

export function activeSession(state: State): Session | undefined {
  return state.activeSessionId && state.sessions[state.activeSessionId];
}

/** Of the message that is being written. */
export function draftAttachments(
  { sessions, sentAttachments }: Pick<State, 'sessions' | 'sentAttachments'>,
  sessionId: SessionId,
): readonly Attachment[] {
  const sent = sentAttachments[sessionId] ?? [];
  return sessions[sessionId]?.attachments.filter(({ id }) => !sent.includes(id)) ?? [];
}

export function paneOf(state: State, sessionId: SessionId, paneId: PaneId): Pane | undefined {
  return state.sessions[sessionId]?.panes.find(({ id }) => id === paneId);
}

/** Of the panes that are seen: all of them, or the one that is zoomed. */
export function shownLayout(
  { sessions, zoomedPanes }: Pick<State, 'sessions' | 'zoomedPanes'>,
  sessionId: SessionId,
): PaneLayout | undefined {
  const layout = sessions[sessionId]?.layout;
  const zoomed = zoomedPanes[sessionId];
  return layout !== undefined && zoomed !== undefined && panesOf(layout).includes(zoomed) ? zoomed : layout;
}

/** The active tab, then the others, the one used last first. */
export function tabsByUse(sessions: State['sessions'], activeSessionId: SessionId | undefined): SessionId[] {
  const usedAt = ({ id, usedAt }: Session) => (id === activeSessionId ? Infinity : usedAt);
  return Object.values(sessions)
    .sort((left, right) => usedAt(right) - usedAt(left))
    .map(({ id }) => id);
}

/** The other tabs that wait, failed or have something unread, from the active one to the right and round. */
export function tabsThatNeedMe({ sessions, order, activeSessionId }: State): SessionId[] {
  const start = activeSessionId ? order.indexOf(activeSessionId) + 1 : 0;
  return [...order.slice(start), ...order.slice(0, start)].filter((id) => {
    const session = sessions[id];
    return (
      id !== activeSessionId &&
      session &&
      ['needs approval', 'needs you', 'paused', 'failed', 'unread'].includes(tabState(session))
    );
  });
}

/** The model a tab runs with and the one that waits for its turn to end; a pick counts from the moment it is made. */
export function shownModel(
  { ai, agent }: Session,
  pick: ModelPick | undefined,
): { readonly model: ModelReference; readonly next?: ModelReference } {
  const picked = pick && pick.reference !== '' ? (pick.reference as ModelReference) : undefined;
  if (!isRunning(agent)) return { model: picked ?? ai.model };
  const next = picked ?? ai.next?.model;
  return next && next !== ai.model ? { model: ai.model, next } : { model: ai.model };
}

/** Where a session's model comes from, in the words that the window uses everywhere. */
export function sourceInWords({ ai }: Session): string {
  switch (ai.modelSource) {
    case 'tab-mode':
      return `this tab in ${ai.mode} mode`;
    case 'tab':
      return "this tab's own choice";
    case 'mode':
      return "the mode's own";
    case 'profile':
      return "this tab's profile";
    case 'defaults':
      return 'default';
    case 'offline-guide':
      return 'nothing set up';
    default:
      return assertNever(ai.modelSource);
  }
}

/** A browser has no program to open files with. */
export function canOpenFiles({ host }: State): boolean {
  return host?.kind === 'desktop';
}

/** A path with the home folder as `~`. */
export function shortPath(path: string, homeFolder: string | undefined): string {
  if (homeFolder === undefined || homeFolder === '') return path;
  if (path === homeFolder) return '~';
  return /^[/\\]/.test(path.slice(homeFolder.length)) && path.startsWith(homeFolder)
    ? `~${path.slice(homeFolder.length)}`
    : path;
}

export type ProfileGroup = { readonly title: string; readonly profiles: readonly ProfileDescription[] };

const PROFILE_GROUPS: Readonly<Record<ProfileSource, string>> = {
  settings: 'Profiles',
  shell: 'Shells',
  ssh: 'SSH hosts',
};

/** Profiles by where they are from; groups without any are left out. */
export function profileGroups(profiles: readonly ProfileDescription[]): readonly ProfileGroup[] {
  return Object.entries(PROFILE_GROUPS).flatMap(([source, title]) => {
    const own = profiles.filter((profile) => profile.source === source);
    return own.length === 0 ? [] : [{ title, profiles: own }];
  });
}

/** Those that a new tab is offered with, in the order of the menu. */
export function offeredProfiles(profiles: readonly ProfileDescription[]): readonly ProfileDescription[] {
  return profileGroups(profiles.filter(({ isHidden }) => !isHidden)).flatMap((group) => group.profiles);
}

/** A path as it is called in a tab: from the tab's folder where it lies in it. */
export function pathInTab({ host, sessions }: State, sessionId: SessionId, path: string): string {
  const cwd = sessions[sessionId]?.cwd ?? '';
  const isInside = cwd.length > 1 && path.startsWith(`${cwd}/`);
  return isInside ? path.slice(cwd.length + 1) : shortPath(path, host?.homeFolder);
}
