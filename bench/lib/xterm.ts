import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { scratchFolder, writeProgram } from './scratch.ts';

/** Whether xterm(1) can be shown on a display that nobody sees. */
export function hasXterm(): boolean {
  return ['xterm', 'xvfb-run'].every(isInstalled);
}

/** Megabytes a second that xterm(1) draws. It answers the query at the end when all before it is on its screen. */
export async function floodInXterm(file: string, bytes: number): Promise<number> {
  using folder = scratchFolder();
  const times = join(folder.path, 'times');
  const script = `stty raw -echo; date +%s%N > '${times}'; cat '${file}'; printf '\\033[c'; dd bs=1 count=1 2>/dev/null >&2; date +%s%N >> '${times}'`;
  const program = writeProgram(folder.path, script);
  await once(spawn('xvfb-run', ['-a', 'xterm', '-geometry', '120x40', '-e', program]), 'exit');
  const [startedAt = Number.NaN, endedAt = Number.NaN] = readFileSync(times, 'utf8')
    .trim()
    .split('\n')
    .map(Number);
  return bytes / 1e6 / ((endedAt - startedAt) / 1e9);
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
