import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assertNever } from '../../shared/result.ts';

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
  /** In place of those that a shell is usually started with. */
  readonly shellArguments?: readonly string[] | undefined;
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

/**
 * Arguments with which a shell stays interactive and reads its files: flags, and options that a value follows. With any other
 * it starts as it was asked to, without integration.
 */
const KNOWN_ARGUMENTS: Readonly<
  Record<keyof typeof INTEGRATION_FILES, readonly [flag: RegExp, option: RegExp]>
> = {
  bash: [/^(?:-[ilvxhkmnutBEHT]+|--login|--noediting|--verbose)$/, /^[-+][oO]$/],
  zsh: [/^(?:-[ildvxuhkmCET]+|--login|--interactive)$/, /^[-+]o$/],
  fish: [/^(?:-[ilP]+|--login|--interactive|--private)$/, /^(?:-C|--init-command|-f|--features)$/],
  pwsh: [
    /^-(?:l|login|i|interactive|nologo|noprofile|noexit)$/i,
    /^-(?:ex|ep|executionpolicy|wd|workingdirectory)$/i,
  ],
};

const KNOWN_SHELLS = /^(?:bash|zsh|fish|pwsh|sh|dash|ksh)$/;

/**
 * The scripts come in by way of arguments and environment; no file of the user's is touched. Writes the nonce into a file,
 * which the script removes: everyone can read what a process of theirs was started with.
 */
export function shellStart(options: ShellStartOptions): ShellStart {
  const { shell, integrationFolder, isLoginShell } = options;
  const name = basename(shell);
  const usual = isLoginShell && KNOWN_SHELLS.test(name) ? ['-l'] : [];
  const { shellArguments = usual } = options;
  const plain = { programArguments: shellArguments, environment: {} };
  if (integrationFolder === undefined || !isIntegrated(name) || !areKnown(shellArguments, name)) return plain;
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
    case 'bash': {
      // A login shell would not read the file: the script does what one does.
      const others = shellArguments.map(withoutLogin).filter((argument) => argument !== '');
      const isLogin = others.join(' ') !== shellArguments.join(' ');
      return {
        programArguments: ['--init-file', script('bash'), ...others],
        environment: { ...nonce, ...(isLogin && { CARREL_LOGIN_SHELL: '1' }) },
        lineFile,
      };
    }
    case 'zsh': {
      const own = options.environment['ZDOTDIR'];
      const ZDOTDIR = join(script('zsh'), '..');
      return {
        programArguments: shellArguments,
        environment: { ...nonce, ZDOTDIR, ...(own !== undefined && { CARREL_ZDOTDIR: own }) },
        lineFile,
      };
    }
    case 'fish':
      return {
        programArguments: [
          ...shellArguments,
          '--init-command',
          `source ${quoted(script('fish').replaceAll('\\', String.raw`\\`), String.raw`\'`)}`,
        ],
        environment: nonce,
        lineFile,
      };
    case 'pwsh':
      return {
        programArguments: [...shellArguments, '-NoExit', '-Command', `. ${quoted(script('pwsh'), "''")}`],
        environment: nonce,
      };
    default:
      return assertNever(name);
  }
}

function isIntegrated(name: string): name is keyof typeof INTEGRATION_FILES {
  return Object.hasOwn(INTEGRATION_FILES, name);
}

function areKnown(shellArguments: readonly string[], name: keyof typeof INTEGRATION_FILES): boolean {
  const [flag, option] = KNOWN_ARGUMENTS[name];
  return shellArguments.every(
    (argument, index) =>
      flag.test(argument) || option.test(argument) || option.test(shellArguments[index - 1] ?? ''),
  );
}

/** The argument without its demand for a login shell; empty when nothing is left of it. */
function withoutLogin(argument: string): string {
  if (argument === '--login' || argument === '-l') return '';
  return /^-[A-Za-z]*l/.test(argument) ? argument.replaceAll('l', '') : argument;
}

function quoted(path: string, quote: string): string {
  return `'${path.replaceAll("'", quote)}'`;
}
