import type { SystemPrompt, TurnContext } from '../agent/types.ts';
import type { SessionDependencies } from './dependencies.ts';
import { activePane, type LiveSession } from './session.ts';

/** What the agent is told of its tab and of its mode. */
export function systemPromptOf(
  { composeSystemPrompt, settings }: SessionDependencies,
  session: LiveSession,
  mode: string,
): Promise<SystemPrompt> {
  return composeSystemPrompt(settings().modes[mode]?.prompt ?? '', contextOf(session));
}

/** Of the tab, as it is now. */
export function contextOf(session: LiveSession): TurnContext {
  const pane = activePane(session);
  return {
    cwd: pane.cwd,
    shell: session.stored.shell,
    platform: process.platform,
    ...(pane.lastCommand && { lastCommand: pane.lastCommand }),
  };
}
