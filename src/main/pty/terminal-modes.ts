import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { TerminalSession } from './terminal-session.ts';

/** How the programs on a terminal have set it. */
export type TerminalModes = {
  /** The terminal itself collects lines; a program that wants each key (an editor, a pager) switches that off. */
  readonly isCanonical: boolean;
  readonly isEchoing: boolean;
};

/** `descriptor` is the program's end of the terminal; undefined when it cannot be found out. */
export async function readModes(descriptor: number): Promise<TerminalModes | undefined> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const child = spawn('stty', ['-a'], {
    stdio: [descriptor, 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let words = '';
  child.stdout?.on('data', (bytes: Buffer) => (words += bytes.toString()));
  child.on('error', () => resolve(''));
  child.on('close', () => resolve(words));
  const flags = new Set((await promise).split(/[\s;]+/));
  if (!flags.has('icanon') && !flags.has('-icanon')) return undefined;
  return { isCanonical: flags.has('icanon'), isEchoing: flags.has('echo') };
}

/** Number of the system call `read`. */
const READ = { x64: '0', arm64: '63' }[process.arch as string];

/** Whether a program in the foreground waits in `read` for what is typed. Linux only; false where nobody can tell. */
export function isReading({ leader, terminal }: TerminalSession): boolean {
  const foreground = fieldsOf(leader)[5];
  if (foreground === undefined || READ === undefined) return false;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && fieldsOf(name)[2] === foreground)
    .some((pid) => {
      const [call, descriptor] = textOf(`/proc/${pid}/syscall`).split(' ');
      return call === READ && linkOf(`/proc/${pid}/fd/${Number(descriptor)}`) === terminal;
    });
}

/** "STATE PARENT GROUP SESSION TERMINAL FOREGROUND …" of /proc/PID/stat, behind the name, which may hold spaces and brackets. */
function fieldsOf(pid: number | string): string[] {
  const status = textOf(`/proc/${pid}/stat`);
  return status.slice(status.lastIndexOf(')') + 2).split(' ');
}

function textOf(path: string): string {
  return attempt(() => readFileSync(path, 'utf8'));
}

function linkOf(path: string): string {
  return attempt(() => readlinkSync(path));
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
