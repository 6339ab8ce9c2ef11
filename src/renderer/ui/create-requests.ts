import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';

type Request<Name> = { readonly name: Name; readonly text: string };

/** A way for the app's commands to ask something of what is shown, and to do it there; where nothing listens, nothing happens. */
export function createRequests<Name extends string>(eventName: string) {
  function request(name: Name, text = ''): void {
    // At once: the next key is for what this opens.
    flushSync(() => window.dispatchEvent(new CustomEvent(eventName, { detail: { name, text } })));
  }

  /** Does what is asked for as long as the component is there, and heard; what is not listed is for others. */
  function useRequests(
    acts: Partial<Record<Name, (text: string) => unknown>>,
    { isHeard = true } = {},
  ): void {
    const act = useEffectEvent(({ name, text }: Request<Name>) => acts[name]?.(text));
    useEffect(() => {
      if (!isHeard) return undefined;
      const listener = (event: Event) => act((event as CustomEvent<Request<Name>>).detail);
      window.addEventListener(eventName, listener);
      return () => window.removeEventListener(eventName, listener);
    }, [isHeard]);
  }

  return [request, useRequests] as const;
}
