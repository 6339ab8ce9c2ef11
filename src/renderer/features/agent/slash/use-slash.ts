import { useContext, useState, type KeyboardEvent } from 'react';
import type { SessionId } from '../../../../shared/ids.ts';
import { CarrelContext, useCarrel } from '../../../store/store.ts';
import { runSlash, type SlashContext } from './commands.ts';
import type { CompletionMenu } from './completion-list.tsx';
import { completionsOf, type Completion } from './completions.ts';
import { parseSlash } from './syntax.ts';

/** Tab takes the first completion, or the one that was reached by an arrow; Enter takes the latter only. */
export type Slash = CompletionMenu & {
  /** Runs the box's text where it is a command, and says whether it was one. */
  readonly run: () => boolean;
  /** Handles the keys of the open list, and says whether it did. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
};

/** Slash commands of the message box: what they may go on as, and running them in this tab. */
export function useSlash(sessionId: SessionId): Slash {
  const carrel = useContext(CarrelContext);
  if (!carrel) throw new Error('A message box outside of CarrelContext');
  const { store, actions } = carrel;
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const isKnown = useCarrel((state) => sessionId in state.sessions);
  // What was chosen or sent away holds for this text only.
  const [choice, setChoice] = useState<{ readonly text: string; readonly index?: number }>({ text: '' });
  const isClosed = choice.text === draft && choice.index === undefined;
  const completions = isKnown && !isClosed && draft !== '' ? completionsOf(draft, contextNow()) : [];
  const reached = choice.text === draft ? choice.index : undefined;
  const highlighted = reached ?? 0;

  function contextNow(): SlashContext {
    const state = store.getState();
    const session = state.sessions[sessionId];
    if (!session) throw new Error('The tab of this message box is gone');
    return { sessionId, session, state, actions };
  }

  function take({ text }: Completion): void {
    actions.setDraft(sessionId, text);
  }

  function run(): boolean {
    const slash = parseSlash(draft);
    if (!slash) return false;
    void answer(`/${slash.name}`, async () => await runSlash(slash, contextNow()));
    return true;
  }

  async function answer(
    command: string,
    act: () => Promise<Awaited<ReturnType<typeof runSlash>>>,
  ): Promise<void> {
    const outcome = await act();
    if (!outcome.ok) {
      actions.showSlashError(sessionId, outcome.error.message);
      return;
    }
    actions.dismissCallError(sessionId);
    actions.showOutput(sessionId, outcome.value === undefined ? undefined : { command, text: outcome.value });
    if (store.getState().drafts[sessionId] === draft) actions.setDraft(sessionId, '');
  }

  function onKeyDown({ key, shiftKey }: KeyboardEvent): boolean {
    const completion = completions[highlighted];
    if (!completion) return false;
    const { length } = completions;
    if (key === 'ArrowDown')
      setChoice({ text: draft, index: reached === undefined ? 0 : (reached + 1) % length });
    else if (key === 'ArrowUp') setChoice({ text: draft, index: ((reached ?? 0) + length - 1) % length });
    else if (key === 'Tab' && !shiftKey) take(completion);
    else if (key === 'Enter' && reached !== undefined) take(completion);
    else if (key === 'Escape') setChoice({ text: draft });
    else return false;
    return true;
  }

  return { label: 'Commands', completions, highlighted: reached ?? -1, take, run, onKeyDown };
}
