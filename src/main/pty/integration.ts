import { basename, join } from 'node:path';

/** How a shell is started so that it reports prompts, commands and folders. */
export type ShellStart = {
  readonly programArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

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
} as const;

const KNOWN_SHELLS = /^(?:bash|zsh|fish|sh|dash|ksh)$/;

/** The scripts come in by way of arguments and environment; no file of the user's is touched. */
export function shellStart(options: ShellStartOptions): ShellStart {
  const { shell, integrationFolder: folder, isLoginShell } = options;
  const name = basename(shell);
  const login = isLoginShell && KNOWN_SHELLS.test(name) ? ['-l'] : [];
  const plain = { programArguments: login, environment: {} };
  if (folder === undefined) return plain;
  const script = (kind: keyof typeof INTEGRATION_FILES) => join(folder, INTEGRATION_FILES[kind]);
  const nonce = { CARREL_NONCE: options.nonce };
  switch (name) {
    case 'bash':
      // A login shell would not read the file: the script does what one does.
      return {
        programArguments: ['--init-file', script('bash')],
        environment: { ...nonce, ...(isLoginShell && { CARREL_LOGIN_SHELL: '1' }) },
      };
    case 'zsh': {
      const own = options.environment['ZDOTDIR'];
      const ZDOTDIR = join(script('zsh'), '..');
      return {
        programArguments: login,
        environment: { ...nonce, ZDOTDIR, ...(own !== undefined && { CARREL_ZDOTDIR: own }) },
      };
    }
    case 'fish':
      return {
        programArguments: [...login, '--init-command', `source ${quoted(script('fish'))}`],
        environment: nonce,
      };
    default:
      return plain;
  }
}

/** For fish. */
function quoted(path: string): string {
  return `'${path.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
