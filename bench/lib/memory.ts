import { readdirSync, readFileSync } from 'node:fs';

/** Resident bytes of a process and of all that it started. Linux only. */
export function memoryOfTree(root = process.pid): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statusOf);
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const sum = (pid: number): number =>
    (children.get(pid) ?? []).reduce((total, child) => total + child.bytes + sum(child.pid), 0);
  return statusOf(String(root)).bytes + sum(root);
}

function statusOf(pid: string): { pid: number; parent: number; bytes: number } {
  let status = '';
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // Ended since.
  }
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { pid: Number(pid), parent: field('PPid'), bytes: field('VmRSS') * 1024 };
}
