import type { StoreApi } from 'zustand/vanilla';
import type { CommandName, Input, Output } from '../../shared/contract.ts';
import type { SessionId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Client } from '../client/client.ts';
import { without } from './record.ts';
import type { ShownNotice, State } from './state.ts';

export type Outcome<Value> = Result<Value, { readonly message: string }>;

type Calls = ReturnType<typeof createCalls>;

/** What each kind of action is made of. */
export type ActionParts = { readonly store: StoreApi<State>; readonly calls: Calls };

/** Commands to the core, and where their failures are shown. */
export function createCalls({ client, store }: { client: Client; store: StoreApi<State> }) {
  const { getState: state, setState } = store;

  async function call<Name extends CommandName>(
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    try {
      return (await client.call(name, input)) as Outcome<Output<Name>>;
    } catch (error) {
      return { ok: false, error: { message: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** A command of one session: its failure is shown there until it succeeds or is dismissed. */
  async function callFor<Name extends CommandName>(
    sessionId: SessionId,
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    const outcome = await call(name, input);
    if (!outcome.ok) setCallError(sessionId, name, outcome.error.message);
    else if (name === 'turn.send' || state().callErrors[sessionId]?.command === name) {
      dismissCallError(sessionId);
    }
    return outcome;
  }

  function setCallError(sessionId: SessionId, command: CommandName | 'slash', message: string): void {
    if (!(sessionId in state().sessions)) return;
    setState(({ callErrors }) => ({ callErrors: { ...callErrors, [sessionId]: { command, message } } }));
  }

  function dismissCallError(sessionId: SessionId): void {
    setState(({ callErrors }) => ({ callErrors: without(callErrors, sessionId) }));
  }

  /** A notice of this window's own, in place of an earlier one about the same command. */
  function notify(name: CommandName, notice: Omit<ShownNotice, 'id' | 'offersSettings'>): void {
    const id = `${LOCAL_NOTICE}${name}`;
    setState(({ notices }) => ({
      notices: [...notices.filter((other) => other.id !== id), { ...notice, id, offersSettings: false }],
    }));
  }

  /** A command of no session: its failure is told in a notice. */
  async function callOrNotify<Name extends CommandName>(
    title: string,
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Output<Name>>> {
    const outcome = await call(name, input);
    if (!outcome.ok) notify(name, { severity: 'error', title, body: outcome.error.message });
    return outcome;
  }

  function dismissNotice(id: string): void {
    setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    if (!id.startsWith(LOCAL_NOTICE)) void call('notice.dismiss', { id });
  }

  return { call, callFor, callOrNotify, setCallError, dismissCallError, notify, dismissNotice };
}

export function refusal(message: string): Outcome<never> {
  return { ok: false, error: { message } };
}

/** Begins the id of a notice that the core does not know. */
const LOCAL_NOTICE = 'window:';
