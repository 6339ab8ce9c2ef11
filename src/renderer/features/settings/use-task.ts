import { useRef, useState } from 'react';
import type { Outcome } from '../../store/actions.ts';

/** How the last task went, in words. */
export type Told = { readonly isError: boolean; readonly text: string };

type Task<Value> = {
  /** What is said while it runs. */
  readonly doing: string;
  readonly act: () => Promise<Outcome<Value>>;
  /** What is said when it is done. */
  readonly done: (value: Value) => string;
};

/** Runs one task at a time and says how it went. */
export function useTask(initial?: Told) {
  const [told, setTold] = useState(initial);
  const [doing, setDoing] = useState<string>();
  const isBusy = useRef(false);

  async function run<Value>({ doing, act, done }: Task<Value>): Promise<boolean> {
    if (isBusy.current) return false;
    isBusy.current = true;
    setTold(undefined);
    setDoing(doing);
    const outcome = await act();
    isBusy.current = false;
    setDoing(undefined);
    setTold({ isError: !outcome.ok, text: outcome.ok ? done(outcome.value) : outcome.error.message });
    return outcome.ok;
  }

  return { told, doing, run };
}
