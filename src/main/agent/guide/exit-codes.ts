import { constants } from 'node:os';

/** What an exit code means whatever the program, in a sentence that begins after "exit code N:". */
const GENERAL: Readonly<Record<number, string>> = {
  0: 'it went well.',
  1: 'a general failure. What exactly is in the lines that the program printed above.',
  2: 'most often a wrong use: an option or an argument that the program or the shell did not understand. Look at its `--help`.',
  126: 'the file was found but **cannot be run**. It may lack the right (`chmod +x FILE`), be a folder, or be made for another machine.',
  127: '**the command was not found**. Look for a typing error, install the program, or add its folder to `PATH`. `command -v NAME` shows what the shell finds.',
  128: 'the program ended with a code that is out of range, or Git met a fatal error.',
  255: 'a failure outside of the usual codes; `ssh` uses it when the connection itself failed.',
};

/** What the usual signals mean; their numbers are the platform's. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGHUP: 'its terminal was closed.',
  SIGINT: 'it was interrupted, as with Ctrl+C.',
  SIGQUIT: 'it was told to quit, as with Ctrl+\\.',
  SIGILL: 'it met an instruction that this processor does not have; it may be built for another one.',
  SIGTRAP: 'it met a breakpoint or an assertion of its own.',
  SIGABRT: 'it gave up by itself, most often because a check inside of it failed.',
  SIGBUS: 'it used memory in a way that the machine does not allow, or a file it had mapped became shorter.',
  SIGFPE: 'it calculated something impossible, such as a division by zero.',
  SIGKILL:
    'it was killed outright. When nobody did that, the system was probably out of memory: `dmesg | tail` says so on Linux.',
  SIGSEGV: 'it used memory that is not its own: a bug in the program or in something that it loads.',
  SIGPIPE: 'the program that read its output had gone already, as with `| head`. Mostly harmless.',
  SIGALRM: 'a timer of its own ran out.',
  SIGTERM: 'it was asked to end, by `kill`, a supervisor or a shutdown.',
};

type Codes = Readonly<Record<number, string>>;

const PYTEST: Codes = {
  1: 'some tests failed.',
  2: 'the test run was interrupted.',
  3: 'pytest itself met an error.',
  4: 'pytest was used wrongly.',
  5: 'no tests were found.',
};
const CONTAINER: Codes = {
  125: 'the container engine itself failed; the container did not start.',
  126: 'the command inside of the container cannot be run.',
  127: 'the command inside of the container was not found.',
};

/** What single programs mean by a code; wins over the general meaning. */
const PROGRAMS: Readonly<Record<string, Codes>> = {
  git: {
    1: 'Git found a difference or a conflict, or refused; its message says which. `git status` shows where things stand.',
    128: 'a fatal error of Git: not a repository, no right to the remote, or a name that it does not know. The line with `fatal:` says which.',
    129: 'Git did not understand an option.',
  },
  npm: {
    1: 'npm or a script that it ran failed. The first `ERR!` line names it; for a script, the lines above npm’s own are the ones that matter.',
    127: 'the script uses a program that is not installed. `npm install` may not have run yet.',
    217: 'the folder has no `package.json`, or it lies elsewhere.',
    243: 'npm may not write here. Look at who owns the folder.',
  },
  make: {
    1: 'a target is not up to date (`make -q`).',
    2: 'a command in the Makefile failed, or a target is not known. The first line with `***` or `Error` names it.',
  },
  grep: {
    1: 'nothing matched. That is not an error.',
    2: 'grep could not read a file, or the pattern is not right.',
  },
  diff: { 1: 'the files differ. That is not an error.', 2: 'diff could not read a file.' },
  test: { 1: 'the condition is false. That is not an error.' },
  '[': { 1: 'the condition is false. That is not an error.' },
  ssh: {
    255: 'the connection failed: host name, network, key or rights. `ssh -v HOST` shows how far it got. Any other code is that of the remote command.',
  },
  scp: {
    1: 'the copy failed: path or rights.',
    255: 'the connection failed: host name, network, key or rights.',
  },
  rsync: {
    12: 'the stream broke; look at the other side.',
    23: 'some files were not copied; see above.',
    255: 'the connection failed.',
  },
  curl: {
    3: 'the address is not written correctly.',
    6: 'the host’s name is not known. Look for a typing error, or the network is down.',
    7: 'the connection was refused: nothing listens on that host and port, or a firewall is between.',
    18: 'the transfer ended too early.',
    22: 'the server answered with an error (400 or above) and `--fail` was given.',
    23: 'curl could not write what it got. Is the disk full?',
    28: 'it took too long.',
    35: 'the secure connection could not be agreed on.',
    47: 'too many redirects.',
    51: 'the server’s certificate is not for this name.',
    52: 'the server answered with nothing.',
    56: 'the connection broke while receiving.',
    60: 'the server’s certificate is not trusted.',
  },
  wget: {
    1: 'a general failure.',
    4: 'the network failed.',
    5: 'the server’s certificate is not trusted.',
    6: 'user name or password is wrong.',
    8: 'the server answered with an error.',
  },
  tar: {
    1: 'some files changed while they were read.',
    2: 'tar could not go on; see the first line it printed.',
  },
  timeout: {
    124: 'the command ran out of its time.',
    125: '`timeout` itself failed.',
    137: 'the command ran out of its time and was killed.',
  },
  cargo: { 101: 'the build or the program panicked; see the first `error` above.' },
  python: {
    1: 'an exception was not caught; the last line above names it.',
    2: 'Python did not find the file, or did not understand an option.',
  },
  pytest: PYTEST,
  docker: CONTAINER,
  podman: CONTAINER,
  tsc: {
    1: 'there are type errors, and no files were written.',
    2: 'there are type errors, and files were written all the same.',
  },
  systemctl: {
    3: 'the unit is not running.',
    4: 'there is no such unit.',
    5: 'there is no such unit to act on.',
  },
  apt: {
    100: 'apt failed: often no rights (`sudo`), another apt at work, or a package that does not exist.',
  },
};

const SAME_AS: Readonly<Record<string, string>> = {
  npx: 'npm',
  pnpm: 'npm',
  yarn: 'npm',
  gmake: 'make',
  egrep: 'grep',
  rg: 'grep',
  sftp: 'ssh',
  python3: 'python',
  'apt-get': 'apt',
};

/** What the code means, for the program where one is named, else in general. */
export function explainExitCode(code: number, program?: string): string {
  const codes = program === undefined ? undefined : PROGRAMS[SAME_AS[program] ?? program];
  const meaning = codes?.[code] ?? GENERAL[code];
  if (meaning !== undefined) return meaning;
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  if (signal)
    return `a signal ended it, **${signal}** (128 + ${code - 128})${SIGNALS[signal] ? `: ${SIGNALS[signal]}` : '.'}`;
  return 'a code of the program’s own. Its `--help` or manual may name it, and the lines that it printed above say more.';
}
