import type { Snapshot } from '../../../shared/app.ts';
import type { Bridge, CarrelEvent } from '../../../shared/contract.ts';
import { createClient, type EventsListener, type Link } from '../../client/client.ts';
import { MAIN_WINDOW } from '../../../shared/ids.ts';
import { createCarrel, type Carrel } from '../store.ts';

type Call = { readonly name: string; readonly input: Record<string, unknown> };
type Answerer = (call: Call) => unknown;

export type ScriptedCore = Carrel & {
  /** Every call so far, in order. */
  readonly calls: Call[];
  /** The names and inputs of the calls to one command. */
  callsTo(name: string): Record<string, unknown>[];
  /** Sets how a command is answered from now on; others answer that all went well. */
  answer(name: string, answerer: Answerer): void;
  /** Tells these together. */
  emit(...events: CarrelEvent[]): void;
  /** The addresses that the page opened, and `close` for the page itself and for what it opened. */
  readonly pages: string[];
  /** Breaks or mends the connection. */
  link(state: Link): void;
  /** Sequence of the last event. */
  sequence(): number;
};

/** A window attached to the far end of a bridge that a test writes the answers for. */
export async function attachToScriptedCore(
  snapshot: Snapshot,
  { windowId = MAIN_WINDOW, isBlocked = false } = {},
): Promise<ScriptedCore> {
  const calls: Call[] = [];
  const answerers = new Map<string, Answerer>([['app.attach', () => ({ ok: true, value: snapshot })]]);
  const eventListeners = new Set<EventsListener>();
  const linkListeners = new Set<(state: Link) => void>();
  let sequence = snapshot.sequence;

  const bridge = {
    call: async (name: string, input: unknown) => {
      const call = { name, input: input as Record<string, unknown> };
      calls.push(call);
      return answerers.get(name)?.(call) ?? { ok: true, value: undefined };
    },
    on(channel: string, listener: (payload: never) => void) {
      if (channel === 'events') eventListeners.add(listener as EventsListener);
      return () => undefined;
    },
    onLink(listener: (state: Link) => void) {
      listener('connected');
      linkListeners.add(listener);
      return () => linkListeners.delete(listener);
    },
  } as Bridge & { onLink(listener: (state: Link) => void): () => void };

  const pages: string[] = [];
  const close = () => void pages.push('close');
  const page = Object.assign(new EventTarget(), {
    innerWidth: 1280,
    innerHeight: 820,
    close,
    open: (url: string) => {
      pages.push(url);
      return isBlocked ? null : ({ close } as Window);
    },
  });
  const storage = { getItem: () => null, setItem: () => undefined };
  const carrel = createCarrel({ client: createClient(bridge), windowId, storage, page });
  const core: ScriptedCore = {
    ...carrel,
    calls,
    pages,
    callsTo: (name) => calls.filter((call) => call.name === name).map(({ input }) => input),
    answer: (name, answerer) => void answerers.set(name, answerer),
    emit(...events) {
      const envelopes = events.map((event) => ({ sequence: (sequence += 1), event }));
      for (const listener of eventListeners) listener(envelopes);
    },
    link: (state) => linkListeners.forEach((listener) => listener(state)),
    sequence: () => sequence,
    [Symbol.dispose]: () => carrel[Symbol.dispose](),
  };
  await Promise.resolve();
  await settled();
  return core;
}

/** Lets answers that are already there arrive. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
