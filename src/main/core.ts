import { homedir } from 'node:os';
import { resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import example from '../../settings.toml.example?raw';
import type { AppCommandId } from '../shared/app-commands.ts';
import type { HostInfo } from '../shared/app.ts';
import type { CommandError } from '../shared/contract.ts';
import type { WindowId } from '../shared/ids.ts';
import type { OwnKeys } from '../shared/key-bindings.ts';
import type { ModelError, ModelReference } from '../shared/models.ts';
import { ok, type Result } from '../shared/result.ts';
import { FileFinder } from './agent/attachments/finder/file-finder.ts';
import { partOfBlock, readImage, readPath } from './agent/attachments/read-attachment.ts';
import { loadApprovals } from './agent/approvals/load-approvals.ts';
import { describeRules, tryApproval } from './agent/approvals/try-approval.ts';
import { builtInModes } from './agent/modes/index.ts';
import { createNativeBridge } from './agent/native-bridge.ts';
import { createOfflineGuide } from './agent/offline-guide.ts';
import { composeSystemPrompt } from './agent/system-prompt.ts';
import { runTurn } from './agent/turn-loop.ts';
import type { AgentBridge } from './agent/types.ts';
import { createAgentTools } from './agent-tools.ts';
import { holdLock } from './archive/hold-lock.ts';
import { openArchive } from './archive/open-archive.ts';
import { describeSettings, profilesNotice, settingsNotice, themesNotice } from './client-settings.ts';
import { Broadcast, type ClientSink } from './connection.ts';
import { createDispatch } from './dispatch.ts';
import { createHandlers } from './handlers.ts';
import type { Home } from './home.ts';
import type { HostEffects } from './host-effects.ts';
import { createErrorLog, type ReportError } from './log.ts';
import { keysNotice } from './keys-notice.ts';
import { KeptModelPreferences } from './model-preferences.ts';
import { createModels } from './models/create-models.ts';
import { modelsThatSee } from './models/models-that-see.ts';
import { Notices } from './notices.ts';
import { mergeProfiles } from './profiles/merge-profiles.ts';
import { openFoundProfiles } from './profiles/open-found-profiles.ts';
import type { ForkProgram } from './pty/process/fork.ts';
import { TerminalProcess } from './pty/process/terminal-process.ts';
import { createPtyRoom } from './pty/pty-room.ts';
import { removeRule } from './remove-rule.ts';
import { Search, type SearchedPane } from './search-everything.ts';
import { noSecrets } from './secrets.ts';
import { activePane, type LiveSession, titleOf } from './sessions/session.ts';
import { SessionRegistry } from './sessions/session-registry.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import { openThemeFolder } from './settings/theme-folder.ts';
import { AlreadyRunningError, ArchiveTooNewError, archiveSetAside } from './starting.ts';
import { usageCsv } from './usage-csv.ts';
import { reportUsage } from './usage-report.ts';

export { ArchiveTooNewError } from './starting.ts';

export type CoreOptions = {
  readonly home: Home;
  /** The user's own environment: shells get it, keys are looked up in it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly hostKind: HostInfo['kind'];
  readonly effects: HostEffects;
  /** Starts the process of the terminals: by default as a child of Node. */
  readonly forkProgram?: ForkProgram;
};

/** A host's link for one window or page. */
export interface ClientConnection extends Disposable {
  call(name: string, input: unknown): Promise<Result<unknown, CommandError>>;
}

export interface Core extends AsyncDisposable {
  connect(sink: ClientSink): ClientConnection;
  readonly reportError: ReportError;
  /** For the host's own menu: which keys are the person's own, and what was picked there for which window. */
  readonly menu: {
    readonly ownKeys: OwnKeys;
    onChange(listener: () => void): void;
    pick(command: AppCommandId, windowId: WindowId): void;
  };
  /** Small values that a host keeps, as the window's bounds. */
  readonly state: { get(key: string): string | undefined; set(key: string, value: string): void };
  readonly windows: {
    /** Those that have tabs, the one used last first. */
    list(): WindowId[];
    /** A window closes: its tabs go to another one, where their shells run on. */
    giveTabs(from: WindowId, to: WindowId): void;
  };
}

/** Wires the rooms. Hosts come in by this door only. Throws an error for a person when it cannot start. */
export async function createCore({
  home,
  environment,
  hostKind,
  effects,
  forkProgram,
}: CoreOptions): Promise<Core> {
  const resources = new AsyncDisposableStack();
  const lock = holdLock(home.lock);
  if (!lock) throw new AlreadyRunningError(home.folder);
  resources.use(lock);
  const reportError = createErrorLog(home.logs);
  const broadcast = new Broadcast();
  const notices = new Notices(broadcast.emit);
  const opened = openArchive(home.archive);
  if (opened.status === 'too-new') throw new ArchiveTooNewError(home.archive, opened);
  const archive = resources.use(opened.archive);
  if (opened.status === 'set-aside') notices.raise(archiveSetAside(opened));
  const settingsFile = resources.use(openSettingsFile({ path: home.settings, builtInModes, example }));
  const settings = () => settingsFile.current.settings;
  const themeFolder = resources.use(openThemeFolder(home.themes));
  const { platform } = process;
  const foundProfiles = resources.use(openFoundProfiles({ environment, homeFolder: homedir(), platform }));
  const profiles = () => mergeProfiles(foundProfiles.current.profiles, settings().profiles);
  const findProfile = (wanted: string) => profiles().find(({ name }) => name === wanted);
  const secrets =
    effects.secrets ??
    noSecrets('There is no keychain here. Use a variable, or write the key into settings.toml.');
  const models = resources.use(
    createModels({
      settings,
      environment,
      secrets,
      cache: {
        load: () => archive.state('listed-models'),
        save: (text) => archive.setState('listed-models', text),
      },
    }),
  );
  const modelPreferences = new KeptModelPreferences(archive, (preferences) =>
    broadcast.emit({ type: 'model-preferences-changed', preferences }),
  );

  const createBridge = async (
    reference: ModelReference,
    epoch: number,
  ): Promise<Result<AgentBridge, ModelError>> => {
    const resolved = await models.resolve(reference);
    if (!resolved.ok) return resolved;
    if (resolved.value.type === 'offline-guide') {
      const ownKeys = () => settings().keys;
      return ok(createOfflineGuide({ epoch, settingsPath: home.settings, ownKeys }));
    }
    const idleTimeoutMs = settings().agent.idleTimeoutSeconds * 1000;
    const abilities = models.factsOf(reference)?.abilities ?? {};
    return ok(createNativeBridge({ epoch, resolved: resolved.value, abilities, idleTimeoutMs }));
  };

  const { keptRules, createToolRunner, turnChanges } = await createAgentTools({
    home,
    environment,
    archive,
    settingsFile,
    reportError,
    resources,
  });
  const finder = resources.use(new FileFinder());
  const registry = resources.use(
    new SessionRegistry({
      archive,
      settings,
      checkModel: (reference) => models.check(reference),
      factsOf: (reference) => models.factsOf(reference),
      costOf: (reference, usage) => models.costOf(reference, usage),
      isLocal: (reference) => models.isLocal(reference),
      createBridge,
      findProfile,
      openPty: createPtyRoom({
        integrationFolder: home.shellIntegration,
        terminals: new TerminalProcess(forkProgram),
      }).openPty,
      environment,
      runTurn,
      createToolRunner,
      turnChanges,
      forgetRules: (id) => keptRules.forgetTab(id),
      composeSystemPrompt,
      findPaths: (folder, query) =>
        finder.find({ folder, query, limit: SHOWN_PATHS, hidden: home.folder, home: homedir() }),
      readPath: (path, workspace) => readPath(path, { workspace, home: home.folder }),
      readImage,
      partOfBlock,
      modelsThatSee: () => modelsThatSee(models.list().models, modelPreferences.current),
      emit: broadcast.emit,
      emitUnseen: broadcast.emitUnseen,
      showWindow: (id, at) => effects.windows?.show(id, at),
      windowEmptied: (id) => effects.windows?.emptied?.(id),
      raiseNotice: (notice) => notices.raise(notice),
      reportError,
      now: Date.now,
    }),
  );

  const describeForClients = () =>
    describeSettings(settingsFile, models.providers(), secrets, {
      ownThemes: themeFolder.current.themes,
      hasScreenReader: effects.screenReader?.isRunning() ?? false,
      profiles: profiles(),
    });
  const noticeSettings = () => {
    notices.keep('settings', settingsNotice(settingsFile.path, settingsFile.current));
    notices.keep('terminal-themes', themesNotice(settings(), themeFolder));
    notices.keep('profiles', profilesNotice(settings(), profiles(), foundProfiles.current.problems));
    tellKeys();
  };
  /** Told once: a person who meant it need not hear it at each start. */
  const tellKeys = () => {
    const notice = keysNotice(settings().keys, { platform: process.platform, hostKind });
    const words = notice?.body ?? '';
    if ((archive.state('keys-told') ?? '') === words) return;
    notices.keep('keys', notice);
    try {
      archive.setState('keys-told', words);
    } catch (error) {
      reportError('Remembering what was told of keys', error);
    }
  };
  const takeUpSettings = () => {
    noticeSettings();
    broadcast.emit({ type: 'settings-changed', settings: describeForClients() });
    broadcast.emit({ type: 'models-changed', models: models.list() });
    registry.settingsChanged();
  };
  resources.defer(settingsFile.onChange(takeUpSettings));
  themeFolder.onChange(takeUpSettings);
  foundProfiles.onChange(takeUpSettings);
  effects.screenReader?.onChange(takeUpSettings);
  resources.defer(
    models.onChange(() => {
      broadcast.emit({ type: 'models-changed', models: models.list() });
      registry.factsChanged();
    }),
  );
  noticeSettings();
  await registry.restore();
  keptRules.keepTabs(new Set(registry.list().map(({ id }) => id)));

  const host: HostInfo = {
    kind: hostKind,
    platform: process.platform,
    homeFolder: homedir(),
    version: packageJson.version,
  };
  const dispatch = createDispatch(
    createHandlers({
      registry,
      broadcast,
      notices,
      effects,
      environment,
      settingsFile,
      ownThemes: () => themeFolder.current.themes,
      findProfile,
      models,
      modelPreferences,
      secrets,
      takeUpSettings,
      reportError,
      reportUsage: (span) => reportUsage(archive, span),
      tryApproval: async ({ command, cwd = homedir(), rules = {} }) => {
        const place = { cwd: resolve(homedir(), cwd), home: homedir() };
        return tryApproval(await loadApprovals(), settings().approvals, { command, ...place, rules });
      },
      listRules: () => describeRules(keptRules.all(), settings().approvals),
      removeRule: (kept) => removeRule(kept, { keptRules, settingsFile }),
      ledger: {
        list: (page) => archive.approvals({ ...page, limit: LEDGER_PAGE }),
        choices: () => archive.ledgerChoices(),
      },
      search: (query) =>
        new Search({ archive, panes: () => registry.windows.byUse().flatMap(searchedPanes), titleOf }, query),
      exportUsage: ({ from, to }) => usageCsv(archive.usageBetween(from, to)),
      snapshot: (windowId) => ({
        sequence: broadcast.sequence,
        host,
        sessions: registry.list(),
        activeSessionId: registry.windows.activeId(windowId),
        models: models.list(),
        modelPreferences: modelPreferences.current,
        settings: describeForClients(),
        notices: notices.list(),
      }),
    }),
  );

  return {
    reportError,
    menu: {
      get ownKeys() {
        return settings().keys;
      },
      onChange: (listener) => resources.defer(settingsFile.onChange(listener)),
      pick: (command, windowId) => broadcast.emit({ type: 'command-picked', windowId, command }),
    },
    state: { get: (key) => archive.state(key), set: (key, value) => archive.setState(key, value) },
    windows: registry.windows,
    connect(sink) {
      const connection = broadcast.connect(sink);
      return {
        call: (name, input) => dispatch(name, input, connection),
        [Symbol.dispose]: () => broadcast.disconnect(connection),
      };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Paths that are offered for a mention at a time. */
const SHOWN_PATHS = 12;

/** Lines of the ledger that are sent at a time. */
const LEDGER_PAGE = 100;

/** Of a tab, the active one first. */
function searchedPanes(session: LiveSession): SearchedPane[] {
  const active = activePane(session);
  const title = titleOf({ ...session.stored, cwd: active.cwd });
  const panes = new Set([active, ...session.panes.values()]);
  return Array.from(panes, ({ id, pty }) => ({ sessionId: session.id, paneId: id, title, pty }));
}
