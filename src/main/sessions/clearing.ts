import type { CommandError } from '../../shared/contract.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Session } from '../../shared/session.ts';
import { takeDefaults } from './chain.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, CLOSED } from './errors.ts';
import { describeSession, type LiveSession } from './session.ts';
import type { Switching } from './switching.ts';
import type { Turns } from './turns.ts';
import type { Undoing } from './undoing.ts';

/** Begins a session's conversation anew, in that session alone; what its turns changed can then not be undone any more. What it cost stays counted, and what waits in the queue waits on. */
export class Clearing {
  readonly #deps: SessionDependencies;
  readonly #turns: Turns;
  readonly #switching: Switching;
  readonly #undoing: Undoing;

  constructor(deps: SessionDependencies, turns: Turns, switching: Switching, undoing: Undoing) {
    this.#deps = deps;
    this.#turns = turns;
    this.#switching = switching;
    this.#undoing = undoing;
  }

  /** Removes the history; the choices stay. */
  clear(session: LiveSession): Promise<Result<Session, CommandError>> {
    return this.#afterTurn(session, () => this.#deps.archive.clearHistory(session.id));
  }

  /** Removes history, choices and the rules kept for this tab, and takes the defaults as they are now. */
  reset(session: LiveSession): Promise<Result<Session, CommandError>> {
    return this.#afterTurn(session, () => {
      const defaults = takeDefaults(this.#deps.settings(), this.#deps.findProfile(session.stored.profile));
      this.#deps.archive.clearHistory(session.id, { withChoices: true, defaults });
      this.#deps.forgetRules(session.id);
      session.stored = { ...session.stored, defaults };
      session.choices = { modeModels: {} };
      session.budget = undefined;
      // Row and runtime agree again, whatever failed before.
      session.agent = { status: 'idle' };
    });
  }

  /** Ends the turn in flight, so that nothing of it is written after the rest has gone. */
  #afterTurn(session: LiveSession, effect: () => void): Promise<Result<Session, CommandError>> {
    return session.lock.run(async () => {
      await this.#turns.stop(session);
      if (session.isClosed) return err(CLOSED);
      try {
        effect();
      } catch (error) {
        return err(archiveRefused(error));
      }
      await this.#undoing.forget(session).catch((error: unknown) => {
        this.#deps.reportError('Forgetting what a tab changed', error);
      });
      session.messages = [];
      if (session.agent.status !== 'unavailable') session.agent = { status: 'idle' };
      this.#deps.emit({ type: 'history-cleared', sessionId: session.id });
      this.#switching.refresh(session);
      return ok(describeSession(session));
    });
  }
}
