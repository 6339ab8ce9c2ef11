import { useEffect, useEffectEvent } from 'react';

/** A way for the app's commands to ask something of what is shown, and to do it there; where nothing listens, nothing happens. */
export function createRequests<Name extends string>(eventName: string) {
  function request(name: Name): void {
    window.dispatchEvent(new CustomEvent(eventName, { detail: name }));
  }

  /** Does what is asked for as long as the component is there, and heard; what is not listed is for others. */
  function useRequests(acts: Partial<Record<Name, () => unknown>>, { isHeard = true } = {}): void {
    const act = useEffectEvent((name: Name) => acts[name]?.());
    useEffect(() => {
      if (!isHeard) return undefined;
      const listener = (event: Event) => act((event as CustomEvent<Name>).detail);
      window.addEventListener(eventName, listener);
      return () => window.removeEventListener(eventName, listener);
    }, [isHeard]);
  }

  return [request, useRequests] as const;
}
