import { readdirSync, readFileSync } from 'node:fs';

export type Process = { readonly pid: number; readonly parent: number; readonly command: string };

/** All that a process started and that still runs, and what that started. */
export function descendants(pid: number): Process[] {
  const children = Map.groupBy(allProcesses(), ({ parent }) => parent);
  const found: Process[] = [];
  for (const parents = [pid]; parents.length > 0;) {
    const born = children.get(parents.pop() ?? 0) ?? [];
    found.push(...born);
    parents.push(...born.map((child) => child.pid));
  }
  return found;
}

/** A zombie counts as gone: it only waits for its parent to look. */
export function isRunning(pid: number): boolean {
  return readStat(pid) !== undefined;
}

function allProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readStat(Number(name)) ?? []) : []));
}

function readStat(pid: number): Process | undefined {
  try {
    // The name in parentheses may itself hold spaces and parentheses.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(parent), command };
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}
