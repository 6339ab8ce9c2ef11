import type { Budget } from '../../shared/agent.ts';
import type { TerminalSettings as ClientTerminalSettings } from '../../shared/app.ts';
import type { OwnKeys } from '../../shared/key-bindings.ts';
import type { ProfileIcon, TabColour } from '../../shared/profiles.ts';
import type { Effort, ModelReference, ProviderKind } from '../../shared/models.ts';
import type { Result } from '../../shared/result.ts';

/** settings.toml after parsing: every default filled in, keys in camelCase. */
export type Settings = {
  readonly defaults: {
    readonly model?: ModelReference;
    readonly mode: string;
    readonly effort: Effort;
    /** Program path or name; absent means the user's login shell. */
    readonly shell?: string;
    /** Folder of new tabs; absent means the home folder. May start with `~`. */
    readonly cwd?: string;
    /** Of new tabs that name no other; absent means the shell above. */
    readonly profile?: string;
  };
  /** Words that stand for a model. An alias where a model is expected (`defaults.model`, a mode's) is already replaced. */
  readonly aliases: Readonly<Record<string, ModelReference>>;
  readonly budget: {
    /** What each new tab may spend. */
    readonly tab: Budget;
    /** US dollars a day: a line in the plot of costs, nothing more. */
    readonly dayDollars?: number;
  };
  readonly switching: {
    /** A switch asks first when reading the history again costs more US dollars than this. */
    readonly askAboveDollars: number;
  };
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  /** The built-in modes with the user's changes, and the user's own. */
  readonly modes: Readonly<Record<string, ModeSettings>>;
  /** The user's own, and what they change of those that are found. */
  readonly profiles: Readonly<Record<string, ProfileSettings>>;
  /** Rules as they are written, those too that cannot be read. */
  readonly approvals: {
    readonly allow: readonly string[];
    readonly ask: readonly string[];
    readonly deny: readonly string[];
  };
  readonly appearance: {
    readonly theme: 'system' | 'dark' | 'light';
    /** Where the tabs stand. */
    readonly tabs: 'top' | 'left';
  };
  readonly terminal: TerminalSettings;
  /** The person's own keys, in the order of the file. */
  readonly keys: OwnKeys;
  readonly agent: {
    /** A stream that brings nothing meaningful for this long fails. */
    readonly idleTimeoutSeconds: number;
    /** Requests of one turn, before it stops and asks whether to go on. */
    readonly maxSteps: number;
    /** How often a request whose failure may pass is made again. */
    readonly retries: number;
    /** After which the agent is told that a command goes on, or after which one in the sandbox is ended. */
    readonly commandTimeoutSeconds: number;
    /** `off`: what only a rule allowed is asked about instead. */
    readonly sandbox: 'auto' | 'off';
    /** What commands in the sandbox may reach. */
    readonly sandboxHosts: readonly string[];
  };
};

export type ProviderSettings = {
  readonly kind: ProviderKind;
  /** `"$VARIABLE"`, `"keychain:NAME"` or a literal, as written; never leaves the main process. */
  readonly apiKey?: string;
  readonly baseUrl?: string;
  /** Ids the provider offers; absent means those that Carrel knows of its kind, and any other id. */
  readonly models?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
  /** Tokens that a request and its answer may hold, where that is not what is known of the model; Ollama is told it (`num_ctx`). */
  readonly contextWindow?: number;
  /** Of `bedrock` (an AWS region) and `vertex` (a location). */
  readonly region?: string;
  /** Of `vertex`: the Google Cloud project. */
  readonly project?: string;
  /** Of `azure`. */
  readonly apiVersion?: string;
};

export type ModeSettings = {
  readonly description: string;
  /** The system prompt. */
  readonly prompt: string;
  readonly model?: ModelReference;
  /** How it stands to what no rule decides; absent means `ask`. */
  readonly approvals?: 'ask' | 'allow-edits' | 'read-only';
  /** The tools that it has; absent means all. */
  readonly tools?: readonly string[];
};

export type ProfileSettings = {
  /** Program path or name; absent means that of the found profile, else the default shell. */
  readonly command?: string;
  readonly args?: readonly string[];
  /** Variables on top of the user's own; may be secrets, and never leave the main process. */
  readonly env: Readonly<Record<string, string>>;
  /** May start with `~`. */
  readonly cwd?: string;
  readonly icon?: ProfileIcon;
  readonly colour?: TabColour;
  readonly model?: ModelReference;
  readonly mode?: string;
  readonly isHidden: boolean;
};

export type TerminalSettings = Readonly<ClientTerminalSettings> & {
  /** Load shell integration: command marks, folder and exit codes. */
  readonly shellIntegration: boolean;
  /** Opens files, with `{path}`, `{line}` and `{column}` in it; absent means the system's program for the file. */
  readonly editorCommand?: string;
};

/** What is wrong in settings.toml. Lines and columns count from 1; the message never quotes the file. */
export type SettingsProblem = {
  readonly severity: 'warning' | 'error';
  readonly message: string;
  readonly line: number;
  readonly column: number;
};

/**
 * What was read. An unknown key is a warning; a wrong value is an error and that key has its default;
 * a file that is not TOML is one error and everything has its default.
 */
export type LoadedSettings = {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  readonly exists: boolean;
};

/** Watches settings.toml for its whole life. `onChange` runs after each change that was read, whatever its problems. */
export interface SettingsFile extends Disposable {
  readonly path: string;
  readonly current: LoadedSettings;
  onChange(listener: (loaded: LoadedSettings) => void): () => void;
  /** Writes settings.toml from the example where there is none, mode 0600. */
  ensureExists(): void;
  /**
   * Writes values into the file (from the example where there is none): comments, order and all else stay as they are.
   * `undefined` takes a key out. The new text is read back and compared before it replaces the file at one stroke; an error
   * says why nothing was written, in words for a person.
   */
  edit(changes: readonly SettingsChange[]): Result<void, string>;
}

/** A key of settings.toml by its path, as `['defaults', 'model']`. */
export type SettingsChange = {
  readonly path: readonly string[];
  readonly value: SettingsValue | undefined;
};

export type SettingsValue =
  string | number | boolean | readonly SettingsValue[] | { readonly [key: string]: SettingsValue };
