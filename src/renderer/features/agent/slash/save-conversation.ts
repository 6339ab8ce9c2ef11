import type { SessionId } from '../../../../shared/ids.ts';
import type { Carrel } from '../../../store/store.ts';
import { runSlash } from './commands.ts';

/** As `/export` does it, with its answer or refusal shown in the tab. */
export async function saveConversation(
  { store, actions }: Pick<Carrel, 'store' | 'actions'>,
  sessionId: SessionId,
): Promise<void> {
  const state = store.getState();
  const session = state.sessions[sessionId];
  if (!session) return;
  const outcome = await runSlash({ name: 'export', argument: '' }, { sessionId, session, state, actions });
  if (!outcome.ok) actions.showSlashError(sessionId, outcome.error.message);
  else if (outcome.value !== undefined)
    actions.showOutput(sessionId, { command: '/export', text: outcome.value });
}
