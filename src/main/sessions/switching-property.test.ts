import { mkdtempSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constant, constantFrom, nat, oneof, record } from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { SessionId } from '../../shared/ids.ts';
import { describeSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

/* oxlint-disable vitest/no-standalone-expect -- steps are taken inside of the test only */

/*
 * Random sequences of all that a switch can meet, over five tabs, against a model of the chain that is written here anew. After
 * each step every tab is compared: what it shows, its rows, and that no other tab has changed.
 */

const SEQUENCES = 10_000;
/** An archive is checked whole each time it is opened, so that a small one makes restarts cheap. */
const SEQUENCES_AN_ARCHIVE = 100;
const TABS = 5;

const SETTINGS = [
  '[defaults]\nmodel = "local/default"\n[modes.ask]\nmodel = "local/asking"\n',
  '[defaults]\nmodel = "local/newer"\nmode = "ask"\neffort = "low"\n[modes.code]\nmodel = "gone/coding"\n',
] as const;

type Scope = 'tab' | 'mode';
type Fault = 'none' | 'write' | 'write-late' | 'roll-back';
type Step = { readonly tab: number } & (
  | { readonly type: 'pick'; readonly model: string; readonly scope: Scope; readonly fault: Fault }
  | { readonly type: 'mode'; readonly mode: string; readonly fault: Fault }
  | { readonly type: 'effort'; readonly effort: 'high' | 'low' | undefined; readonly fault: Fault }
  | { readonly type: 'reset'; readonly fault: 'none' | 'write' }
  | { readonly type: 'use-defaults' | 'initialise' | 'restart' | 'turn' }
  | { readonly type: 'settings'; readonly index: 0 | 1 }
);

// Most of what goes wrong needs several steps in one tab.
const tab = oneof({ weight: 2, arbitrary: constant(0) }, { weight: 1, arbitrary: nat({ max: TABS - 1 }) });
const scope = constantFrom<Scope>('tab', 'mode');
const fault = oneof(
  { weight: 6, arbitrary: constant<Fault>('none') },
  { weight: 1, arbitrary: constantFrom<Fault>('write', 'write-late', 'roll-back') },
);
// The empty one clears; `keyless` cannot be built and `gone` has no provider.
const model = constantFrom('local/one', 'local/two', '', '', 'keyless/one', 'gone/one');
const steps = array<Step>(
  oneof(
    { weight: 8, arbitrary: record({ type: constant('pick' as const), tab, model, scope, fault }) },
    {
      weight: 3,
      arbitrary: record({
        type: constant('mode' as const),
        tab,
        mode: constantFrom('code', 'ask', '', 'nowhere'),
        fault,
      }),
    },
    {
      weight: 1,
      arbitrary: record({
        type: constant('effort' as const),
        tab,
        effort: constantFrom('high' as const, 'low' as const, undefined),
        fault,
      }),
    },
    {
      weight: 2,
      arbitrary: record({
        type: constant('reset' as const),
        tab,
        fault: constantFrom('none' as const, 'none' as const, 'write' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: record({
        type: constantFrom('use-defaults' as const, 'initialise' as const, 'turn' as const),
        tab,
      }),
    },
    { weight: 1, arbitrary: record({ type: constant('restart' as const), tab }) },
    {
      weight: 1,
      arbitrary: record({
        type: constant('settings' as const),
        tab,
        index: constantFrom(0 as const, 1 as const),
      }),
    },
  ),
  { minLength: 1, maxLength: 12, size: 'max' },
);

type Rows = Record<string, string>;
type Defaults = { model: string; mode: string; effort: string; modes: Record<string, string> };
type Expected = {
  /** As stored. */
  rows: Rows;
  /** As the runtime has them: they differ only after a roll-back that failed. */
  choices: Rows;
  defaults: Defaults;
  isUnavailable: boolean;
};

const DEFAULTS: readonly [Defaults, Defaults] = [
  { model: 'local/default', mode: 'code', effort: 'default', modes: { ask: 'local/asking' } },
  { model: 'local/newer', mode: 'ask', effort: 'low', modes: { code: 'gone/coding' } },
];

/** The chain, once more. */
function chainOf({ choices, defaults }: Expected) {
  const mode = choices['mode'] ?? defaults.mode;
  const layers = [
    ['tab-mode', choices[`model:${mode}`]],
    ['tab', choices['model']],
    ['mode', defaults.modes[mode]],
    ['defaults', defaults.model],
  ] as const;
  const [modelSource, model] = layers.find(([, found]) => found && !found.startsWith('gone/')) ?? [];
  return {
    model,
    modelSource,
    mode,
    modeSource: choices['mode'] === undefined ? 'defaults' : 'tab',
    effort: choices['effort'] ?? defaults.effort,
    effortSource: choices['effort'] === undefined ? 'defaults' : 'tab',
  };
}

class Run {
  test: TestRegistry;
  ids: SessionId[] = [];
  expected: Expected[] = [];
  settings: Defaults = DEFAULTS[0];

  constructor(test: TestRegistry) {
    this.test = test;
  }

  async begin(): Promise<void> {
    this.test.setSettings(SETTINGS[0]);
    this.settings = DEFAULTS[0];
    for (let index = 0; index < TABS; index += 1) {
      this.ids.push((await this.test.open()).id);
      this.expected.push({ rows: {}, choices: {}, defaults: this.settings, isUnavailable: false });
    }
  }

  async end(): Promise<void> {
    for (const id of this.ids) await this.test.registry.close(live(this.test.registry, id));
    this.ids = [];
    this.expected = [];
  }

  seen(index: number) {
    const session = live(this.test.registry, this.ids[index] as SessionId);
    const { model, modelSource, mode, modeSource, effort, effortSource } = describeSession(session).ai;
    return {
      ai: { model, modelSource, mode, modeSource, effort, effortSource },
      rows: this.test.archive.config(session.id),
      isUnavailable: session.agent.status === 'unavailable',
    };
  }

  check(step: Step): void {
    for (const [index, expected] of this.expected.entries()) {
      const { rows, isUnavailable } = expected;
      expect({ index, step, ...this.seen(index) }).toEqual({
        index,
        step,
        ai: chainOf(expected),
        rows,
        isUnavailable,
      });
    }
  }

  async take(step: Step): Promise<void> {
    const expected = this.expected[step.tab] as Expected;
    const { registry, faults } = this.test;
    const session = live(registry, this.ids[step.tab] as SessionId);
    switch (step.type) {
      case 'pick': {
        const mode = chainOf(expected).mode;
        const key = step.scope === 'tab' ? 'model' : `model:${mode}`;
        const isRefused = step.model.startsWith('gone/') || this.#cannotBuild(expected, key, step.model);
        await this.#write(expected, step.fault, key, step.model || undefined, isRefused, () =>
          registry.switching.setModel(session, step.model, step.scope),
        );
        return;
      }
      case 'mode': {
        const isRefused = step.mode === 'nowhere' || this.#cannotBuild(expected, 'mode', step.mode);
        await this.#write(expected, step.fault, 'mode', step.mode || undefined, isRefused, () =>
          registry.switching.setMode(session, step.mode),
        );
        return;
      }
      case 'effort': {
        const isRefused = this.#cannotBuild(expected, 'effort', step.effort ?? '');
        await this.#write(expected, step.fault, 'effort', step.effort, isRefused, () =>
          registry.switching.setEffort(session, step.effort),
        );
        return;
      }
      case 'reset': {
        if (step.fault === 'write') faults.clearHistory = refuse;
        const reset = await registry.clearing.reset(session);
        delete faults.clearHistory;
        expect(reset.ok).toBe(step.fault === 'none');
        if (reset.ok)
          Object.assign(expected, { rows: {}, choices: {}, defaults: this.settings, isUnavailable: false });
        return;
      }
      case 'use-defaults':
        await registry.switching.useDefaults(session);
        if (!expected.isUnavailable) expected.defaults = this.settings;
        return;
      case 'initialise':
        await registry.switching.initialise(session);
        expected.choices = { ...expected.rows };
        expected.isUnavailable &&= chainOf(expected).model?.startsWith('keyless/') === true;
        return;
      case 'settings':
        this.test.setSettings(SETTINGS[step.index]);
        this.settings = DEFAULTS[step.index];
        return;
      case 'restart':
        this.test = await this.test.restart();
        this.settings = DEFAULTS[0];
        for (const one of this.expected)
          Object.assign(one, { choices: { ...one.rows }, isUnavailable: false });
        return;
      case 'turn':
        await this.#turn(expected, session.id);
    }
  }

  /** A choice that is made, not cleared, is refused when what it leads to cannot be built. */
  #cannotBuild(expected: Expected, key: string, value: string): boolean {
    if (value === '') return false;
    const after = { ...expected, choices: { ...expected.choices, [key]: value } };
    return chainOf(after).model?.startsWith('keyless/') === true;
  }

  async #write(
    expected: Expected,
    fault: Fault,
    key: string,
    value: string | undefined,
    isRefused: boolean,
    act: () => Promise<{ ok: boolean }>,
  ): Promise<void> {
    const { faults } = this.test;
    let writes = 0;
    if (fault !== 'none') {
      faults.setConfig = (proceed) => {
        writes += 1;
        // A write that fails late has reached the disk; the one after it puts the old value back.
        if (fault === 'write-late' && writes === 2) return proceed();
        if (fault !== 'write' && writes === 1) proceed();
        return refuse();
      };
    }
    const outcome = await act();
    delete faults.setConfig;
    const isMade = !isRefused && !expected.isUnavailable;
    expect(outcome.ok).toBe(isMade && fault === 'none');
    if (!isMade || (fault !== 'none' && fault !== 'roll-back')) return;
    const before = expected.rows[key];
    expected.rows = withKey(expected.rows, key, value);
    if (fault === 'none') expected.choices = withKey(expected.choices, key, value);
    // A late failure that changed nothing needs no putting back.
    else expected.isUnavailable = before !== value;
  }

  /** The request goes to the model that the label names. */
  async #turn(expected: Expected, id: SessionId): Promise<void> {
    const { registry, bridges } = this.test;
    const session = live(registry, id);
    const { model } = chainOf(expected);
    const sent = await registry.turns.send(session, 'hello');
    expect(sent.ok).toBe(!expected.isUnavailable && model?.startsWith('keyless/') === false);
    if (!sent.ok) return;
    const bridge = bridges.findLast(({ requests }) => requests.at(-1)?.history.at(-1)?.sessionId === id);
    expect(bridge?.model).toBe(model);
    bridge?.answer('hello');
    await session.turn?.done;
    expect(registry.turns.messagesOf(session).at(-1)).toMatchObject({ model, mode: chainOf(expected).mode });
  }
}

function refuse(): never {
  throw new Error('The disk is full');
}

function withKey(rows: Rows, key: string, value: string | undefined): Rows {
  const { [key]: _, ...others } = rows;
  return value === undefined ? others : { ...others, [key]: value };
}

function temporaryFolder(): string {
  // Writes that wait for a disk would take most of the time, and are tested elsewhere.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'carrel-property-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it(
  `keeps every tab to itself and to the chain over ${SEQUENCES} random sequences`,
  { timeout: 300_000 },
  async () => {
    let [sequences, taken] = [0, 0];
    let run = new Run(await openRegistry(SETTINGS[0], temporaryFolder()));
    await assert(
      asyncProperty(steps, async (sequence) => {
        sequences += 1;
        if (sequences % SEQUENCES_AN_ARCHIVE === 0) {
          run = new Run(await openRegistry(SETTINGS[0], temporaryFolder()));
        }
        await run.begin();
        try {
          for (const step of sequence) {
            await run.take(step);
            run.check(step);
            taken += 1;
          }
        } finally {
          await run.end();
        }
      }),
      { numRuns: SEQUENCES },
    );
    expect(taken).toBeGreaterThan(SEQUENCES);
  },
);
