import { isDeepStrictEqual } from 'node:util';
import type { AiConfig, Budget } from '../../shared/agent.ts';
import type { CommandError } from '../../shared/contract.ts';
import type { Effort } from '../../shared/models.ts';
import type { Session } from '../../shared/session.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AgentBridge } from '../agent/types.ts';
import type { ConfigKey } from '../archive/types.ts';
import { resolveChain, takeDefaults, type ChainContext, type Choices } from './chain.ts';
import { readChoices } from './config-rows.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, CLOSED, commandError, modeUnknown } from './errors.ts';
import { describeSession, type LiveSession } from './session.ts';

/**
 * The switch transaction, under the session's lock: build what the choice leads to, write one row, and only then change the
 * live state and tell the clients. Whatever fails before that leaves label, runtime and row as they were; the turn in
 * flight keeps its own bridge throughout.
 */
export class Switching {
  readonly #deps: SessionDependencies;
  readonly #changed: (session: LiveSession) => void;

  constructor(deps: SessionDependencies, changed: (session: LiveSession) => void) {
    this.#deps = deps;
    this.#changed = changed;
  }

  /** What the chain is resolved against now. */
  get context(): ChainContext {
    return { checkModel: this.#deps.checkModel, modes: this.#deps.settings().modes };
  }

  setModel(
    session: LiveSession,
    reference: string,
    scope: 'tab' | 'mode',
  ): Promise<Result<Session, CommandError>> {
    return this.#underLock(session, async () => {
      const checked = reference === '' ? undefined : this.#deps.checkModel(reference);
      if (checked && !checked.ok) return checked;
      const { mode } = session.config;
      const value = checked?.value;
      const key: ConfigKey = scope === 'tab' ? 'model' : `model:${mode}`;
      return this.#switch(session, withModel(session.choices, scope, mode, value), key, value);
    });
  }

  setMode(session: LiveSession, mode: string): Promise<Result<Session, CommandError>> {
    return this.#underLock(session, async () => {
      const { modes } = this.#deps.settings();
      if (mode !== '' && !(mode in modes)) return err(modeUnknown(mode, Object.keys(modes)));
      const value = mode || undefined;
      return this.#switch(session, replaced(session.choices, 'mode', value), 'mode', value);
    });
  }

  /** Undefined clears the tab's choice. */
  setEffort(session: LiveSession, effort: Effort | undefined): Promise<Result<Session, CommandError>> {
    return this.#underLock(session, () => {
      const choices: Choices = replaced(session.choices, 'effort', effort);
      return this.#switch(session, choices, 'effort', effort);
    });
  }

  /** What the tab may spend from now on; it counts what was spent before. */
  setBudget(session: LiveSession, budget: Budget): Promise<Result<Session, CommandError>> {
    return this.#underLock(session, () => {
      const written = this.#writeRow(session, 'budget', JSON.stringify(budget));
      if (!written.ok) return written;
      session.budget = budget;
      this.#changed(session);
      return ok(describeSession(session));
    });
  }

  /** A new snapshot of the defaults; the tab's own choices stay above it. */
  useDefaults(session: LiveSession): Promise<Result<Session, CommandError>> {
    return this.#underLock(session, async () => {
      const defaults = takeDefaults(this.#deps.settings(), this.#deps.findProfile(session.stored.profile));
      try {
        this.#deps.archive.updateSession(session.id, { defaults });
      } catch (error) {
        return err(archiveRefused(error));
      }
      session.stored = { ...session.stored, defaults };
      this.refresh(session);
      return ok(describeSession(session));
    });
  }

  /**
   * Takes up what settings.toml says now of providers and modes: the defaults snapshot stays. The bridge is built again
   * at the next turn, with the provider as it is then.
   */
  refresh(session: LiveSession): void {
    session.generation += 1;
    this.#setConfig(session, resolveChain(session.choices, session.stored.defaults, this.context));
    this.#replaceBridge(session, undefined);
    this.#changed(session);
  }

  /** Facts came in, as from a provider that listed its models; choices and bridge stay. */
  factsChanged(session: LiveSession): void {
    const before = session.facts;
    session.facts = this.#deps.factsOf(session.config.model);
    if (!isDeepStrictEqual(before, session.facts)) this.#changed(session);
  }

  /** The bridge for the next turn, built if need be. */
  async ensureBridge(session: LiveSession): Promise<Result<AgentBridge, CommandError>> {
    if (session.agentBridge) return ok(session.agentBridge);
    const { built } = await this.#resolveAndBuild(session, session.choices);
    if (built.ok) this.#replaceBridge(session, built.value);
    return built;
  }

  /** Lets the bridge go; the turn in flight, if any, has been ended by the caller. */
  async shutDown(session: LiveSession): Promise<void> {
    const bridge = session.agentBridge;
    session.agentBridge = undefined;
    await bridge?.[Symbol.asyncDispose]();
  }

  /** Reads the choices as they are stored and builds the agent on them. */
  initialise(session: LiveSession): Promise<Result<void, CommandError>> {
    return session.lock.run(async () => {
      session.choices = readChoices(this.#deps.archive.config(session.id));
      this.refresh(session);
      const built = await this.ensureBridge(session);
      if (!built.ok) return built;
      if (session.agent.status === 'unavailable') session.agent = { status: 'idle' };
      this.#changed(session);
      return ok();
    });
  }

  #underLock(
    session: LiveSession,
    task: () => Result<Session, CommandError> | Promise<Result<Session, CommandError>>,
  ): Promise<Result<Session, CommandError>> {
    return session.lock.run(() => {
      if (session.isClosed) return err(CLOSED);
      // Its rows may differ from what it runs with: another choice on top would hide that.
      if (session.agent.status === 'unavailable') {
        return err(commandError('session-unavailable', session.agent.message));
      }
      return task();
    });
  }

  async #switch(
    session: LiveSession,
    choices: Choices,
    key: ConfigKey,
    value: string | undefined,
  ): Promise<Result<Session, CommandError>> {
    const { config, built } = await this.#resolveAndBuild(session, choices);
    // Clearing an override works even when what lies below it cannot be built now.
    if (!built.ok && value !== undefined) return built;
    const written = session.isClosed ? err(CLOSED) : this.#writeRow(session, key, value);
    if (!written.ok) {
      if (built.ok && built.value !== session.agentBridge) await built.value[Symbol.asyncDispose]();
      return written;
    }
    session.choices = choices;
    this.#setConfig(session, config);
    this.#replaceBridge(session, built.ok ? built.value : undefined);
    this.#changed(session);
    return ok(describeSession(session));
  }

  /** Settings may change while a bridge is built on them: it is then built again, on the new ones. */
  async #resolveAndBuild(session: LiveSession, choices: Choices) {
    for (;;) {
      const { generation } = session;
      const config = resolveChain(choices, session.stored.defaults, this.context);
      const built = await this.#buildFor(session, config.model);
      if (session.generation === generation) return { config, built };
      if (built.ok) await built.value[Symbol.asyncDispose]();
    }
  }

  #setConfig(session: LiveSession, config: AiConfig): void {
    session.config = config;
    session.facts = this.#deps.factsOf(config.model);
  }

  /** The present bridge when it already runs on that model. */
  async #buildFor(
    session: LiveSession,
    model: AgentBridge['model'],
  ): Promise<Result<AgentBridge, CommandError>> {
    if (session.agentBridge?.model === model) return ok(session.agentBridge);
    return this.#deps.createBridge(model, session.epoch + 1);
  }

  /**
   * A write that failed may still have reached the disk, so the row is read back: when it is not as it was and cannot be
   * put back, runtime and row may differ, and the session refuses turns until it is initialised again.
   */
  #writeRow(session: LiveSession, key: ConfigKey, value: string | undefined): Result<void, CommandError> {
    const { archive } = this.#deps;
    const before = archive.config(session.id)[key];
    try {
      archive.setConfig(session.id, key, value);
      return ok();
    } catch (error) {
      try {
        if (archive.config(session.id)[key] !== before) archive.setConfig(session.id, key, before);
      } catch (rollbackError) {
        const message =
          'A switch failed and could not be undone. Initialise the agent again, or restart Carrel.';
        session.agent = { status: 'unavailable', message };
        this.#changed(session);
        this.#deps.reportError('Rolling back a switch', rollbackError);
      }
      return err(archiveRefused(error));
    }
  }

  #replaceBridge(session: LiveSession, bridge: AgentBridge | undefined): void {
    const old = session.agentBridge;
    if (old === bridge) return;
    session.agentBridge = bridge;
    if (bridge) session.epoch = bridge.epoch;
    if (!old) return;
    // The turn in flight may still be running on it.
    void Promise.resolve(session.turn?.done)
      .then(() => old[Symbol.asyncDispose]())
      .catch((error: unknown) => this.#deps.reportError('Shutting down an agent', error));
  }
}

function withModel(
  choices: Choices,
  scope: 'tab' | 'mode',
  mode: string,
  value: string | undefined,
): Choices {
  return scope === 'mode'
    ? { ...choices, modeModels: replaced(choices.modeModels, mode, value) }
    : replaced(choices, 'model', value);
}

/** A copy with the key set, or without it. */
function replaced<Value extends object>(record: Value, key: string, value: string | undefined): Value {
  const entries = Object.entries(record).filter(([name]) => name !== key);
  if (value !== undefined) entries.push([key, value]);
  return Object.fromEntries(entries) as Value;
}
