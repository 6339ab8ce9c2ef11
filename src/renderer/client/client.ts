import type { Answer, Bridge, CommandName, EventEnvelope, Input, PtyOutput } from '../../shared/contract.ts';
import type { PaneId } from '../../shared/ids.ts';

/** Whether calls can reach the core now. */
export type Link = 'connected' | 'lost';

/** A bridge whose connection can break. `onLink` tells the present state at once, if there is one yet. */
export type BreakableBridge = Bridge & { onLink(listener: (link: Link) => void): () => void };

export type EventsListener = (envelopes: readonly EventEnvelope[]) => void;

export type PtyListener = (kind: PtyOutput['kind'], bytes: Uint8Array) => void;

/** The contract from the page's end: each call and event typed by its name. */
export type Client = {
  /** Rejects on a bug or a lost connection; an expected failure is an answer. Calls arrive in the order they were made. */
  call<Name extends CommandName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
  onEvents(listener: EventsListener): () => void;
  onPtyOutput(paneId: PaneId, listener: PtyListener): () => void;
  onLink(listener: (link: Link) => void): () => void;
  /** Absolute path of a dropped file; absent where a page is not told. */
  readonly pathForFile: Bridge['pathForFile'];
};

export function createClient(bridge: Bridge | BreakableBridge): Client {
  const ptyListeners = new Map<PaneId, Set<PtyListener>>();
  bridge.on('pty-output', (output) => {
    for (const listener of ptyListeners.get(output.paneId) ?? []) listener(output.kind, output.bytes);
  });

  return {
    call: <Name extends CommandName>(name: Name, input: Input<Name>) =>
      bridge.call(name, input) as Promise<Answer<Name>>,
    onEvents: (listener) => bridge.on('events', listener),
    pathForFile: bridge.pathForFile,
    onPtyOutput(paneId, listener) {
      const listeners = ptyListeners.get(paneId) ?? new Set();
      ptyListeners.set(paneId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && ptyListeners.get(paneId) === listeners) ptyListeners.delete(paneId);
      };
    },
    onLink(listener) {
      if ('onLink' in bridge) return bridge.onLink(listener);
      listener('connected');
      return () => undefined;
    },
  };
}
