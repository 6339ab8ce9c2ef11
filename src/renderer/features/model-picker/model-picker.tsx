import { useEffect, useRef, useState } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { modelLabel, type ModelReference, type Preflight } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ModelChoices } from './model-choices.tsx';
import type { Reach } from './reach.ts';
import { SwitchQuestion } from './switch-question.tsx';
import { useAttempt } from './use-attempt.ts';
import './model-picker.css';

/**
 * Picks a model for the active tab, for its mode only, or for a fork. Where a switch would lose something or cost more than
 * the user said, it asks first. A pick that fails is told here and changes nothing.
 */
export function ModelPicker() {
  const { closeDialog } = useActions();
  // A fork brings another tab to the front while this is still open.
  const [sessionId] = useState(useCarrel((state) => state.activeSessionId));
  const session = useCarrel((state) => sessionId && state.sessions[sessionId]);
  useEffect(() => {
    if (!session) closeDialog();
  }, [session, closeDialog]);
  return session && <Picker session={session} />;
}

type Question = { readonly preflight: Preflight; readonly reach: Exclude<Reach, 'fork'> };

function Picker({ session }: { readonly session: Session }) {
  const { pickModel, fork, activateTab, closeDialog } = useActions();
  const { error, isBusy, attempt } = useAttempt(session.id);
  const [question, setQuestion] = useState<Question>();
  const forked = useRef<SessionId>(undefined);

  async function forkTo(reference: ModelReference) {
    const outcome = await fork(session.id, reference);
    if (outcome.ok) forked.current = outcome.value.id;
    return outcome;
  }

  function choose(reference: ModelReference, reach: Reach, preflight: () => Promise<Preflight | undefined>) {
    attempt(async () => {
      if (reach === 'fork') return await forkTo(reference);
      const asked = preflight();
      // Told at once, so that a message sent right after it does not overtake it.
      const picked = pickModel(
        session.id,
        reference,
        reach,
        asked.then((known) => !known?.isWorthAsking),
      );
      const known = await asked;
      if (!known?.isWorthAsking) return await picked;
      setQuestion({ preflight: known, reach });
      return undefined;
    });
  }

  return (
    <Dialog
      title={question ? `Switch ${session.title} to ${modelLabel(question.preflight.to)}?` : 'Choose a model'}
      className={question ? 'dialog-narrow' : ''}
      onClose={closeDialog}
      // The focus went back to the tab that was forked: the new one takes it.
      onClosed={() => {
        if (forked.current) activateTab(forked.current);
      }}
    >
      {question ? (
        <SwitchQuestion
          session={session}
          preflight={question.preflight}
          isBusy={isBusy}
          error={error}
          onSwitch={() => attempt(() => pickModel(session.id, question.preflight.to, question.reach))}
          onFork={() => attempt(() => forkTo(question.preflight.to))}
        />
      ) : (
        <ModelChoices session={session} isBusy={isBusy} error={error} attempt={attempt} onChoose={choose} />
      )}
    </Dialog>
  );
}
