import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a shell and all that it started have in common, unless they left it (`setsid`). */
export type TerminalSession = {
  /** Process id of the shell, which is the id of the session. */
  readonly leader: number;
  /** Path of the terminal, as /dev/pts/3. */
  readonly terminal: string;
};

/** How long programs may take to end by themselves when the terminal hangs up. */
const GRACE_MS = 300;
/** When to give up on what even SIGKILL does not end, as a process that waits for a dead network drive. */
const LIMIT_MS = 2000;
/** Between two looks at the processes, doubled from the first to the last. */
const FIRST_LOOK_MS = 5;
const LAST_LOOK_MS = 100;

/** Hangs up every process of the session, ends by force what is left after a grace, and resolves when all are gone. */
export async function endSession(
  session: TerminalSession,
  findMembers: FindMembers = membersOf,
): Promise<void> {
  const startedAt = performance.now();
  const hungUp = new Set<number>();
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(2 * pauseMs, LAST_LOOK_MS)) {
    const isOver = performance.now() - startedAt >= GRACE_MS;
    const members = (await findMembers(session)).filter((pid) => !(isOver && isDaemon(pid, session)));
    if (members.length === 0 || performance.now() - startedAt > LIMIT_MS) return;
    for (const pid of members) {
      if (isOver) signal(pid, 'SIGKILL');
      else if (!hungUp.has(pid)) hangUp(pid);
      hungUp.add(pid);
    }
    await wait(pauseMs);
  }
}

/** Ends jobs that outlived their shell. Nothing is done where they cannot be told from those of a later terminal of the same name. */
export async function endLeftovers(session: TerminalSession): Promise<void> {
  if (process.platform !== 'linux') return;
  await endSession(session, () => {
    const members = membersByProc(session);
    // The shell is gone: a process with its id is the leader of another session.
    return members.includes(session.leader) ? [] : members;
  });
}

/** A stopped process handles its hang-up only when it goes on. */
function hangUp(pid: number): void {
  signal(pid, 'SIGHUP');
  signal(pid, 'SIGCONT');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, or another user's.
  }
}

type FindMembers = (session: TerminalSession) => number[] | Promise<number[]>;

/** Process ids of the session's living members. */
const membersOf: FindMembers = (session) =>
  process.platform === 'linux' ? membersByProc(session) : membersByPs(session);

function membersByProc({ leader }: TerminalSession): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((pid) => {
    // "PID (NAME) STATE PARENT GROUP SESSION …", where the name may hold spaces and brackets.
    const status = readOrEmpty(`/proc/${pid}/stat`);
    const [state, , , session] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return Number(session) === leader && state !== 'Z' && state !== 'X';
  });
}

/** By the terminal, because `ps` on macOS does not tell the session. */
export async function membersByPs({ terminal }: TerminalSession): Promise<number[]> {
  const name = terminal.replace('/dev/', '');
  // Exits with 1 when there is none.
  const { stdout } = await execute('ps', ['-t', name, '-o', 'pid=,stat=']).catch(() => ({ stdout: '' }));
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.filter(([pid, state]) => pid && !state?.startsWith('Z')).map(([pid]) => Number(pid));
}

/** Started with `nohup`: ignores the hang-up and has let go of the terminal. It was meant to stay. Seen on Linux only. */
function isDaemon(pid: number, { terminal }: TerminalSession): boolean {
  const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1];
  const ignoresHangUp = ignored !== undefined && (BigInt(`0x${ignored}`) & 1n) === 1n;
  const links = [0, 1, 2].map((descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`));
  return ignoresHangUp && !links.some((link) => link === terminal || link === `${terminal} (deleted)`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
