import { loadApprovals } from './agent/approvals/load-approvals.ts';
import { readRules } from './agent/approvals/read-rules.ts';
import { createToolRunners } from './agent/calls/create-tool-runner.ts';
import { KeptRules } from './agent/calls/kept-rules.ts';
import { systemLookup } from './agent/tools/fetch/request.ts';
import { createOutputs } from './agent/tools/outputs.ts';
import { findRipgrep } from './agent/tools/ripgrep.ts';
import { createRunCommand } from './agent/tools/run-command/run-command.ts';
import { Sandbox } from './agent/tools/run-command/sandbox.ts';
import { createTools } from './agent/tools/toolbox.ts';
import { createTurnChanges } from './agent/undo/turn-changes.ts';
import { openUndoStore } from './agent/undo/undo-store.ts';
import type { CreateToolRunner } from './agent/types.ts';
import type { TurnChanges } from './agent/undo/types.ts';
import type { Archive } from './archive/types.ts';
import type { Home } from './home.ts';
import type { ReportError } from './log.ts';
import type { SettingsFile } from './settings/types.ts';

type AgentTools = {
  readonly keptRules: KeptRules;
  readonly createToolRunner: CreateToolRunner;
  readonly turnChanges: TurnChanges;
};

/** What agents work with: their tools, the sandbox, the rules that allow calls, and what undoes them. */
export async function createAgentTools({
  home,
  environment,
  archive,
  settingsFile,
  reportError,
  resources,
}: {
  readonly home: Home;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
  readonly archive: Archive;
  readonly settingsFile: SettingsFile;
  readonly reportError: ReportError;
  /** Takes what is to be closed at the end. */
  readonly resources: AsyncDisposableStack;
}): Promise<AgentTools> {
  const settings = () => settingsFile.current.settings;
  const keptRules = new KeptRules({
    get: (key) => archive.state(key),
    set: (key, value) => archive.setState(key, value),
  });
  const sandbox = resources.use(
    new Sandbox({
      allowedHosts: () => settings().agent.sandboxHosts,
      hiddenFolders: [home.folder],
      environment,
    }),
  );
  // Opened when it is first needed: after a crash it has to finish what was cut off.
  const openUndo = once(() => openUndoStore({ folder: home.undo, home: home.folder }));
  const createToolRunner = createToolRunners({
    tools: createTools({ ripgrep: findRipgrep(environment), lookup: systemLookup }),
    runCommand: createRunCommand({ sandbox, settings: () => settings().agent, outputFolder: home.outputs }),
    approvals: await loadApprovals(),
    openUndo,
    outputs: createOutputs({ folder: home.outputs }),
    home: home.folder,
    rulesOf: ({ sessionId, cwd }) => [
      ...keptRules.rulesOf(sessionId, cwd),
      ...readRules(settings().approvals, { type: 'settings' }).rules,
    ],
    stanceOf: (name) => {
      const { approvals: stance = 'ask', tools } = settings().modes[name] ?? {};
      return { name, stance, ...(tools && { tools }) };
    },
    keepRule: (rule, scope, { sessionId, cwd }) => {
      if (scope === 'tab') keptRules.keepForTab(rule, sessionId);
      else if (scope === 'project') keptRules.keepForProject(rule, cwd);
      else allowAlways(rule);
    },
    saveApproval: (approval) => archive.saveApproval(approval),
    reportError,
    now: Date.now,
  });

  /** Into settings.toml, behind the rules that stand there. */
  function allowAlways(rule: string): void {
    const allow = [...new Set([...settings().approvals.allow, rule])];
    const edited = settingsFile.edit([{ path: ['approvals', 'allow'], value: allow }]);
    if (!edited.ok) throw new Error(edited.error);
  }

  return { keptRules, createToolRunner, turnChanges: createTurnChanges(openUndo) };
}

/** What was made the first time is given each time. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
