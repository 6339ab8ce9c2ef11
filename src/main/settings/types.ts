import type { ModelReference, ProviderKind } from '../../shared/models.ts';

/** settings.toml after parsing: every default filled in, keys in camelCase. */
export type Settings = {
  readonly defaults: {
    readonly model?: ModelReference;
    readonly mode: string;
    /** Program path or name; absent means the user's login shell. */
    readonly shell?: string;
    /** Folder of new tabs; absent means the home folder. May start with `~`. */
    readonly cwd?: string;
  };
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  /** The built-in modes with the user's changes, and the user's own. */
  readonly modes: Readonly<Record<string, ModeSettings>>;
  readonly appearance: { readonly theme: 'system' | 'dark' | 'light' };
  readonly terminal: TerminalSettings;
  readonly agent: {
    /** A stream that brings nothing meaningful for this long fails. */
    readonly idleTimeoutSeconds: number;
  };
};

export type ProviderSettings = {
  readonly kind: ProviderKind;
  /** `"$VARIABLE"` or a literal, as written; never leaves the main process. */
  readonly apiKey?: string;
  readonly baseUrl?: string;
  /** Ids the provider offers; absent means those that Carrel knows of its kind, and any other id. */
  readonly models?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly isEnabled: boolean;
};

export type ModeSettings = {
  readonly description: string;
  /** The system prompt. */
  readonly prompt: string;
  readonly model?: ModelReference;
};

export type TerminalSettings = {
  readonly fontFamily: string;
  readonly fontSize: number;
  readonly scrollback: number;
  readonly cursorStyle: 'block' | 'bar' | 'underline';
  readonly cursorBlink: boolean;
  readonly screenReader: 'auto' | 'on' | 'off';
  /** Load shell integration: command marks, folder and exit codes. */
  readonly shellIntegration: boolean;
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
}
