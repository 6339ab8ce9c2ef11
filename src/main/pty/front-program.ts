import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withoutControls } from './clean.ts';

/** How long after output or input the program in front is looked up; a flood has it looked up as often. */
const LOOK_MS = 200;

/** Tells when another program comes to the front of a terminal. Looks only while there is output or input: an idle terminal has no timer. */
export class FrontProgram implements Disposable {
  readonly #look: () => string | undefined;
  readonly #onChange: (program: string | undefined) => void;
  #program: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasMore = false;

  /** `look` gives the program's name, undefined while the shell itself is in front. */
  constructor(look: () => string | undefined, onChange: (program: string | undefined) => void) {
    this.#look = look;
    this.#onChange = onChange;
  }

  /** Output or input came. */
  notice(): void {
    this.#hasMore = this.#timer !== undefined;
    this.#timer ??= setTimeout(() => this.#lookNow(), LOOK_MS);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #lookNow(): void {
    const program = this.#look();
    this.#timer = undefined;
    // What came shortly before the look may have started something shortly after it.
    if (this.#hasMore) this.notice();
    if (program === this.#program) return;
    this.#program = program;
    this.#onChange(program);
  }
}

/** Linux: the name of the process group in front of the terminal that `leader` is the shell of; undefined when that is the shell's own. */
export function programInFront(leader: number): string | undefined {
  const front = groupInFront(leader);
  if (front === undefined || front === leader) return undefined;
  // The first program of a pipeline, which the group is named after, may have ended before the others.
  const members = [front, ...childrenOf(leader).filter((child) => groupOf(child) === front)];
  return members.map(nameOf).find((name) => name !== undefined);
}

/** As the system names it: the file's name of a program or script. */
function nameOf(pid: number): string | undefined {
  const name = read(`/proc/${pid}/comm`)?.trim();
  // Node names its first thread.
  return name?.endsWith('MainThread') ? programName(read(`/proc/${pid}/cmdline`)?.split('\0')[0]) : name;
}

/** From what a process was started as: a login shell's name begins with a dash. */
export function programName(started: string | undefined): string | undefined {
  return withoutControls(basename(started ?? '')).replace(/^-/, '') || undefined;
}

function groupInFront(pid: number): number | undefined {
  const group = statusFields(pid)[5];
  return group !== undefined && Number(group) > 0 ? Number(group) : undefined;
}

function groupOf(pid: number): number {
  return Number(statusFields(pid)[2]);
}

/** "PID (NAME) STATE PARENT GROUP SESSION TERMINAL FRONT …", from STATE on; the name may hold spaces and brackets. */
function statusFields(pid: number): string[] {
  const status = read(`/proc/${pid}/stat`) ?? '';
  return status.slice(status.lastIndexOf(')') + 2).split(' ');
}

function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
