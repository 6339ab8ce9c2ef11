import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** How a shell is started so that it reports prompts, commands and folders. */
export type ShellStart = {
  readonly programArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where the shell looks for a command when `TAKE_LINE` is typed; absent without integration. */
  readonly lineFile?: string;
};

/** Keys that make a shell with integration take a command out of its file and put it on its line. */
export const TAKE_LINE = '\x18\x1d';

export type ShellStartOptions = {
  /** Absolute path of the shell's program. */
  readonly shell: string;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder with the scripts of `INTEGRATION_FILES`; absent starts a shell without integration. */
  readonly integrationFolder?: string | undefined;
  readonly nonce: string;
  /** macOS starts login shells in terminals, since nothing read the user's profile before. */
  readonly isLoginShell: boolean;
};

/** Where each shell's script lies in the integration folder. */
export const INTEGRATION_FILES = {
  bash: 'carrel.bash',
  zsh: 'zsh/.zshenv',
  fish: 'carrel.fish',
  pwsh: 'carrel.ps1',
} as const;

/** How the names of files begin that hold a nonce until the shell has read it. */
export const NONCE_FILE_PREFIX = 'nonce-';

const KNOWN_SHELLS = /^(?:bash|zsh|fish|pwsh|sh|dash|ksh)$/;

/**
 * The scripts come in by way of arguments and environment; no file of the user's is touched. Writes the nonce into a file,
 * which the script removes: everyone can read what a process of theirs was started with.
 */
export function shellStart(options: ShellStartOptions): ShellStart {
  const { shell, integrationFolder, isLoginShell } = options;
  const name = basename(shell);
  const login = isLoginShell && KNOWN_SHELLS.test(name) ? ['-l'] : [];
  const plain = { programArguments: login, environment: {} };
  if (integrationFolder === undefined || !Object.hasOwn(INTEGRATION_FILES, name)) return plain;
  const script = (kind: keyof typeof INTEGRATION_FILES) => join(integrationFolder, INTEGRATION_FILES[kind]);
  const nonceFile = join(integrationFolder, NONCE_FILE_PREFIX + randomUUID());
  try {
    writeFileSync(nonceFile, `${options.nonce}\n`, { mode: 0o600, flag: 'wx' });
  } catch {
    return plain;
  }
  const nonce = { CARREL_NONCE_FILE: nonceFile };
  const lineFile = `${nonceFile}.line`;
  switch (name) {
    case 'bash':
      // A login shell would not read the file: the script does what one does.
      return {
        programArguments: ['--init-file', script('bash')],
        environment: { ...nonce, ...(isLoginShell && { CARREL_LOGIN_SHELL: '1' }) },
        lineFile,
      };
    case 'zsh': {
      const own = options.environment['ZDOTDIR'];
      const ZDOTDIR = join(script('zsh'), '..');
      return {
        programArguments: login,
        environment: { ...nonce, ZDOTDIR, ...(own !== undefined && { CARREL_ZDOTDIR: own }) },
        lineFile,
      };
    }
    case 'fish':
      return {
        programArguments: [
          ...login,
          '--init-command',
          `source ${quoted(script('fish').replaceAll('\\', String.raw`\\`), String.raw`\'`)}`,
        ],
        environment: nonce,
        lineFile,
      };
    case 'pwsh':
      return {
        programArguments: [...login, '-NoExit', '-Command', `. ${quoted(script('pwsh'), "''")}`],
        environment: nonce,
      };
    default:
      return plain;
  }
}

function quoted(path: string, quote: string): string {
  return `'${path.replaceAll("'", quote)}'`;
}
