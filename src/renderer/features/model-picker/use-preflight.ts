import { useCallback, useEffect, useRef, useState } from 'react';
import type { ModelReference, Preflight } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import type { Outcome } from '../../store/actions.ts';
import { useActions } from '../../store/store.ts';
import type { Choice } from './match-models.ts';

/** A highlight that rests this long is looked at, and not passed by. */
const REST_MS = 80;
/** A pick waits no longer than this to learn whether it is worth a question. */
const PATIENCE_MS = 150;

type Asked = { readonly reference: ModelReference; readonly answer: Promise<Outcome<Preflight>> };

/** What switching to the highlighted model would cost, and the same of a model that is about to be picked. */
export function usePreflight({ id, context }: Session, highlighted: ModelReference | undefined) {
  const { preflight } = useActions();
  const latest = useRef<Asked>(undefined);
  const [known, setKnown] = useState<{
    readonly reference: ModelReference;
    readonly outcome: Outcome<Preflight>;
  }>();

  const ask = useCallback(
    (reference: ModelReference): Promise<Outcome<Preflight>> => {
      if (latest.current?.reference !== reference) {
        latest.current = { reference, answer: preflight(id, reference) };
      }
      return latest.current.answer;
    },
    [id, preflight],
  );

  useEffect(() => {
    if (highlighted === undefined) return undefined;
    let isOld = false;
    async function show(reference: ModelReference): Promise<void> {
      const outcome = await ask(reference);
      if (!isOld) setKnown({ reference, outcome });
    }
    const timer = setTimeout(() => void show(highlighted), REST_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [ask, highlighted]);

  return {
    outcome: known?.reference === highlighted ? known?.outcome : undefined,
    /** Undefined where there is nothing to lose, or the answer is late: the pick is not held up. */
    beforeSwitch: async ({ reference, entry }: Choice): Promise<Preflight | undefined> => {
      // Of a model that nothing is known of there is nothing to ask.
      if (context.tokens === 0 || !entry?.facts) return undefined;
      const outcome = await Promise.race([ask(reference), afterPatience()]);
      return outcome?.ok ? outcome.value : undefined;
    },
  };
}

function afterPatience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
}
