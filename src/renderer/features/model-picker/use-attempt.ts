import { useEffect, useRef, useState } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import type { Outcome } from '../../store/actions.ts';
import { useActions } from '../../store/store.ts';

/** Undefined: it was not done, because there is a question first. */
type Choose = () => Promise<Outcome<unknown> | undefined>;

/** Tries one choice at a time. The dialog goes when it succeeds; a failure is told in it for as long as it is open. */
export function useAttempt(sessionId: SessionId) {
  const { closeDialog, dismissCallError } = useActions();
  const [error, setError] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  async function attempt(choose: Choose): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    setError(undefined);
    const outcome = await choose();
    if (!isOpen.current) return;
    setIsBusy(false);
    if (outcome?.ok) {
      closeDialog();
    } else if (outcome) {
      setError(outcome.error.message);
      dismissCallError(sessionId);
    }
  }

  return { error, isBusy, attempt: (choose: Choose) => void attempt(choose) };
}
