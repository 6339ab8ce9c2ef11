import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Notice } from '../../../shared/app.ts';
import type { CarrelEvent } from '../../../shared/contract.ts';
import type { SessionId } from '../../../shared/ids.ts';
import type { ModelFacts, ModelReference } from '../../../shared/models.ts';
import { err, ok } from '../../../shared/result.ts';
import type { PtyState } from '../../../shared/session.ts';
import { partOfBlock, readImage, readPath } from '../../agent/attachments/read-attachment.ts';
import { runTurn } from '../../agent/turn-loop.ts';
import type { ToolResult, ToolRunner, ToolTurn } from '../../agent/types.ts';
import { createTurnChanges } from '../../agent/undo/turn-changes.ts';
import type { UndoStore } from '../../agent/undo/types.ts';
import { openUndoStore } from '../../agent/undo/undo-store.ts';
import { openArchive } from '../../archive/open-archive.ts';
import type { Archive } from '../../archive/types.ts';
import type { Pty, PtyOptions, TerminalBlock } from '../../pty/types.ts';
import { mergeProfiles } from '../../profiles/merge-profiles.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import type { SessionDependencies } from '../dependencies.ts';
import type { LiveSession } from '../session.ts';
import { SessionRegistry } from '../session-registry.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

const modes = {
  code: { description: '', prompt: 'Write code.' },
  ask: { description: '', prompt: 'Only answer.' },
};

/** Models that something is known of; reading costs a dollar a thousand tokens. */
const facts: Readonly<Record<string, ModelFacts>> = {
  'paid/blind': {
    contextWindow: 1000,
    prices: { input: 1000, output: 0 },
    abilities: { images: false, tools: false, reasoning: false },
  },
};

/** A shell that is only asked, never run: what real ones do is the PTY room's to test. */
class QuietPty implements Pty {
  state: PtyState = { status: 'not-started' };
  isDisposed = false;
  readonly options: PtyOptions;
  constructor(options: PtyOptions) {
    this.options = options;
  }
  start(): void {
    this.state = { status: 'running', pid: 1 };
  }
  restart(): void {
    this.start();
  }
  write(): void {}
  resize(): void {}
  clear(): void {}
  attach() {
    const ignore = () => {};
    return {
      isSuspended: false,
      acknowledge: ignore,
      suspend: ignore,
      resume: ignore,
      sendAllLines: ignore,
      [Symbol.dispose]: ignore,
    };
  }
  async runCommand() {
    return { status: 'not-started', reason: 'no-shell' } as const;
  }
  blocks: TerminalBlock[] = [];
  async read() {
    return { text: '', isFullScreen: false, blocks: this.blocks };
  }
  async serializeIfChanged(): Promise<string | undefined> {
    return 'screen';
  }
  async *search() {}
  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
  }
}

export type TestRegistry = {
  readonly registry: SessionRegistry;
  readonly archive: Archive;
  readonly events: CarrelEvent[];
  readonly notices: Notice[];
  readonly bridges: ScriptedBridge[];
  readonly ptys: QuietPty[];
  readonly errors: unknown[];
  /** What becomes of the calls that a scripted bridge wants. */
  readonly tools: { run: (...call: [...Parameters<ToolRunner['run']>, ToolTurn]) => Promise<ToolResult> };
  /** What keeps what tools change. */
  readonly openUndo: () => Promise<UndoStore>;
  /** Tabs whose own rules ended. */
  readonly endedRules: readonly SessionId[];
  /** What the host was told of windows, as "show ID" and "emptied ID". */
  readonly told: string[];
  /** Replaces settings.toml. */
  readonly setSettings: (toml: string) => void;
  /** The archive as the sessions see it: a test may throw in the place of a method, before or after it. */
  readonly faults: { -readonly [Name in keyof Archive]?: (proceed: () => unknown) => unknown };
  /** A new registry on the same file, as after a restart, perhaps with other settings. */
  readonly restart: (toml?: string) => Promise<TestRegistry>;
  readonly open: () => Promise<LiveSession>;
};

/** A registry on a real archive in a temporary folder, with scripted bridges. Models are known unless they begin with `gone/`. */
export async function openRegistry(settingsToml = '', folder = temporaryFolder()): Promise<TestRegistry> {
  const opened = openArchive(join(folder, 'carrel.db'));
  if (opened.status === 'too-new') throw new Error('The archive is new');
  const { archive } = opened;
  const faults: TestRegistry['faults'] = {};
  const tools: TestRegistry['tools'] = {
    run: async ({ toolCallId, toolName }) => ({
      type: 'tool-result',
      toolCallId,
      toolName,
      output: 'done',
      isError: false,
    }),
  };
  let undo: ReturnType<typeof openUndoStore> | undefined;
  const openUndo = () => (undo ??= openUndoStore({ folder: join(folder, 'undo'), home: folder }));
  const endedRules: SessionId[] = [];
  let settings = loadSettings(settingsToml, modes).settings;
  const told: string[] = [];
  const [events, notices, bridges, ptys, errors]: [
    CarrelEvent[],
    Notice[],
    ScriptedBridge[],
    QuietPty[],
    unknown[],
  ] = [[], [], [], [], []];
  const dependencies: SessionDependencies = {
    archive: withFaults(archive, faults),
    settings: () => settings,
    checkModel: (reference) =>
      reference.startsWith('gone/')
        ? err({ code: 'provider-not-configured', message: 'It has gone.' })
        : ok(reference as ModelReference),
    factsOf: (reference) => facts[reference],
    costOf: (reference, usage) => (facts[reference]?.prices ? (usage.inputTokens ?? 0) / 1000 : undefined),
    isLocal: (reference) => reference.startsWith('local/'),
    createBridge: async (reference, epoch) => {
      if (reference.startsWith('keyless/')) return err({ code: 'credential-missing', message: 'Set $KEY.' });
      const bridge = new ScriptedBridge(reference, epoch);
      bridges.push(bridge);
      return ok(bridge);
    },
    findProfile: (wanted) => mergeProfiles([], settings.profiles).find(({ name }) => name === wanted),
    openPty: (options) => {
      const pty = new QuietPty(options);
      ptys.push(pty);
      return pty;
    },
    environment: { SHELL: '/bin/sh' },
    runTurn,
    createToolRunner: (turn) => ({ tools: [], run: (call, signal) => tools.run(call, signal, turn) }),
    turnChanges: createTurnChanges(openUndo),
    forgetRules: (id) => endedRules.push(id),
    composeSystemPrompt: async (modePrompt) => ({ text: modePrompt, taken: [], skipped: [] }),
    findPaths: async () => [],
    readPath: (path, workspace) => readPath(path, { workspace, home: folder }),
    readImage,
    partOfBlock,
    modelsThatSee: () => ['one/seeing'],
    emit: (event) => events.push(event),
    emitUnseen: (event) => events.push(event),
    showWindow: (id) => told.push(`show ${id}`),
    windowEmptied: (id) => told.push(`emptied ${id}`),
    raiseNotice: (notice) => notices.push(notice),
    reportError: (_, error) => errors.push(error),
    now: Date.now,
  };
  const registry = new SessionRegistry(dependencies);
  await registry.restore();
  const close = async () => {
    await registry[Symbol.asyncDispose]();
    archive[Symbol.dispose]();
  };
  let isOpen = true;
  onTestFinished(async () => {
    if (isOpen) await close();
  });
  return {
    registry,
    archive,
    events,
    notices,
    bridges,
    ptys,
    errors,
    tools,
    openUndo,
    endedRules,
    told,
    faults,
    setSettings: (toml) => {
      settings = loadSettings(toml, modes).settings;
      registry.settingsChanged();
    },
    restart: async (toml = settingsToml) => {
      isOpen = false;
      await close();
      return openRegistry(toml, folder);
    },
    open: async () => {
      const session = await registry.open(undefined);
      if (!session.ok) throw new Error(session.error.message);
      return live(registry, session.value.id);
    },
  };
}

export function live(registry: SessionRegistry, id: LiveSession['id']): LiveSession {
  const found = registry.find(id);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-sessions-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The archive, but a method named in `faults` runs only as the fault says. */
function withFaults(archive: Archive, faults: TestRegistry['faults']): Archive {
  return new Proxy(archive, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        const proceed = () => Reflect.apply(value, target, parameters) as unknown;
        const fault = faults[name as keyof Archive];
        return fault ? fault(proceed) : proceed();
      };
    },
  });
}
