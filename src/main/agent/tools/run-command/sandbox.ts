import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { err, ok, type Result } from '../../../../shared/result.ts';

export type SandboxOptions = {
  /** Hosts that commands may reach, as `registry.npmjs.org` or `*.example.com`; asked before each command. */
  readonly allowedHosts: () => readonly string[];
  /** Folders that no command may look into: Carrel's own home, with its keys and its archive. */
  readonly hiddenFolders: readonly string[];
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
};

export type SandboxedCommand = {
  readonly program: string;
  readonly programArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** After the command has ended. */
  readonly release: () => void;
};

type Manager = (typeof import('@anthropic-ai/sandbox-runtime'))['SandboxManager'];

/** Below the home folder: keys, tokens and what programs remember of sign-ins. */
const SECRETS = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.netrc',
  '.npmrc',
  '.pypirc',
  '.git-credentials',
  '.password-store',
  '.config/gcloud',
  '.config/gh',
  '.config/google-chrome',
  '.config/chromium',
  '.mozilla',
  '.local/share/keyrings',
  'Library/Keychains',
];
/** In a workspace: what others run later, outside of the sandbox. */
const RUN_LATER = [
  '.git/hooks',
  '.git/config',
  '.vscode',
  '.idea',
  '.envrc',
  '.mcp.json',
  'AGENTS.md',
  'CLAUDE.md',
];
/** Sockets of the system, the desktop and the containers; the temporary files of others. */
const SHARED_FOLDERS = process.platform === 'linux' ? ['/run', '/tmp', '/var/tmp'] : [];
/** Nothing listens there: without allowed hosts nothing needs to pass them on. */
const NO_PROXY_PORT = 1;
/** Processes and threads. The system does not count those of root. */
const PROCESS_LIMIT = 1024;

const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'USER', 'LOGNAME', 'SHELL'];
/** Set inside, where hosts are allowed: the way out. */
const PROXY_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
  'ALL_PROXY',
  'NO_PROXY',
  'no_proxy',
  'GIT_SSH_COMMAND',
];

/** Puts commands into the system's sandbox: bubblewrap on Linux, sandbox-exec on macOS. */
export class Sandbox implements AsyncDisposable {
  readonly #options: SandboxOptions;
  #manager: Manager | undefined;
  /** The hosts that the proxy was started for. */
  #startedFor: string | undefined;
  #starting: Promise<unknown> = Promise.resolve();

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  /**
   * `command` is for bash. It may write in `temporaryFolder`, and in `workspace` unless the user's whole home lies there. An error
   * says why there is no sandbox.
   */
  async wrap(
    command: string,
    { workspace, temporaryFolder }: { workspace: string; temporaryFolder: string },
  ): Promise<Result<SandboxedCommand, string>> {
    try {
      const starting = this.#starting.catch(() => {}).then(() => this.#start());
      this.#starting = starting;
      const manager = await starting;
      const wrapped = await manager.wrapWithSandbox(this.#inside(command, temporaryFolder), undefined, {
        filesystem: this.#files({ workspace, temporaryFolder, sockets: socketsOf(manager) }),
      });
      const release = () => manager.cleanupAfterCommand();
      const closed = isRoot() ? withoutKernelSettings(wrapped) : wrapped;
      if (closed === undefined) {
        release();
        return err('the sandbox cannot hold a command of the user root here');
      }
      const { PATH = '/usr/local/bin:/usr/bin:/bin' } = this.#options.environment;
      return ok({
        program: '/bin/sh',
        programArguments: ['-c', `exec ${closed}`],
        environment: { PATH, HOME: homedir() },
        release,
      });
    } catch (error) {
      return err(error instanceof Error ? error.message : String(error));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#starting.catch(() => {});
    await this.#manager?.reset();
  }

  async #start(): Promise<Manager> {
    const { SandboxManager: manager } = await import('@anthropic-ai/sandbox-runtime');
    if (!manager.isSupportedPlatform()) throw new Error('there is none on this system');
    const allowedDomains = [...this.#options.allowedHosts()];
    const startedFor = allowedDomains.join(' ');
    if (this.#startedFor === startedFor) return manager;
    if (this.#startedFor !== undefined) await manager.reset();
    this.#startedFor = undefined;
    this.#manager = manager;
    await manager.initialize({
      network: {
        allowedDomains,
        deniedDomains: [],
        // What holds back sockets would give root, inside, the rights to the kernel's settings. The sockets are hidden instead.
        allowAllUnixSockets: isRoot(),
        ...(allowedDomains.length === 0 && { httpProxyPort: NO_PROXY_PORT, socksProxyPort: NO_PROXY_PORT }),
      },
      filesystem: { denyRead: [], allowWrite: [], denyWrite: [] },
    });
    this.#startedFor = startedFor;
    return manager;
  }

  #files({
    workspace,
    temporaryFolder,
    sockets,
  }: {
    workspace: string;
    temporaryFolder: string;
    sockets: string[];
  }) {
    const home = homedir();
    const writable = contains(workspace, home) ? [] : [literal(workspace)];
    const secrets = SECRETS.map((name) => join(home, name));
    return {
      denyRead: [...secrets, ...this.#options.hiddenFolders, ...SHARED_FOLDERS].map(literal),
      allowRead: [workspace, temporaryFolder, ...sockets].map(literal),
      allowWrite: [...writable, literal(temporaryFolder)],
      denyWrite: [
        ...RUN_LATER.map((name) => literal(join(workspace, name))),
        // The library would let every command write here.
        ...['.npm/_logs', '.claude/debug'].map((name) => literal(join(home, name))),
      ],
    };
  }

  /** What runs inside: a shell without anyone's files, with an environment of its own and as many processes as are enough. */
  #inside(command: string, temporaryFolder: string): string {
    const { environment, allowedHosts } = this.#options;
    const variables = [
      ...PASSED_ON.flatMap((name) => (environment[name] ? [`${name}=${quoted(environment[name])}`] : [])),
      `HOME=${quoted(homedir())}`,
      `TMPDIR=${quoted(temporaryFolder)}`,
      'TERM=dumb',
      ...(allowedHosts().length > 0 ? PROXY_VARIABLES.map((name) => `${name}="$${name}"`) : []),
    ];
    const limit = process.platform === 'linux' ? `ulimit -u ${PROCESS_LIMIT} 2>/dev/null; ` : '';
    return `${limit}exec env -i ${variables.join(' ')} bash --noprofile --norc -c ${quoted(command)} 2>&1`;
  }
}

/** The way out to the allowed hosts, among the temporary files. */
function socketsOf(manager: Manager): string[] {
  return [manager.getLinuxHttpSocketPath(), manager.getLinuxSocksSocketPath()].filter(
    (path) => path !== undefined,
  );
}

/**
 * To the files below /proc/sys, root of the sandbox is root of the machine, whatever its capabilities. Undefined when the command
 * is not made as expected.
 */
function withoutKernelSettings(wrapped: string): string | undefined {
  const mount = ' --proc /proc ';
  const parts = wrapped.split(mount);
  if (parts.length !== 2) return undefined;
  const covers = ['/proc/sys', '/proc/sysrq-trigger'].map((path) => `--ro-bind-try ${path} ${path} `);
  return parts.join(mount + covers.join(''));
}

function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** Never a pattern. */
function literal(path: string) {
  return { path, literal: true } as const;
}

/** The folder itself counts. */
function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
