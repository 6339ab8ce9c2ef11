import type { SessionId } from '../../../../shared/ids.ts';
import type { Carrel } from '../../../store/store.ts';
import { runSlash } from './commands.ts';

/** Runs a slash command as if it was typed, with its answer or refusal shown in the tab. */
export async function runInTab(
  { store, actions }: Pick<Carrel, 'store' | 'actions'>,
  sessionId: SessionId,
  name: string,
): Promise<void> {
  const state = store.getState();
  const session = state.sessions[sessionId];
  if (!session) return;
  const outcome = await runSlash({ name, argument: '' }, { sessionId, session, state, actions });
  if (!outcome.ok) actions.showSlashError(sessionId, outcome.error.message);
  else if (outcome.value !== undefined)
    actions.showOutput(sessionId, { command: `/${name}`, text: outcome.value });
}
