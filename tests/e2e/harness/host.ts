import type { ChildProcess } from 'node:child_process';
import type { ElectronApplication, Page } from '@playwright/test';
import type { TemporaryHome } from './home.ts';
import { descendants, isRunning } from './processes.ts';

/** A started Carrel and its windows. */
export type RunningHost = {
  /** Of the main window. */
  readonly page: Page;
  /** Of all windows. */
  pages(): readonly Page[];
  /** Desktop only. */
  readonly app?: ElectronApplication;
  /** Of the process that owns shells and archive. */
  readonly pid: number;
  /** Gives a window another size, in CSS pixels. */
  resize(page: Page, size: { width: number; height: number }): Promise<void>;
  /** Ends it as a person would. */
  quit(): Promise<void>;
  /** Ends it as a crash would, with all that it started. Does nothing when it has ended. */
  kill(): Promise<void>;
};

export type StartHost = (home: TemporaryHome, environment: NodeJS.ProcessEnv) => Promise<RunningHost>;

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await new Promise((resolve) => child.once('exit', resolve));
}

export async function killHard(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const left = descendants(child.pid);
  child.kill('SIGKILL');
  await ended(child);
  for (const { pid } of left) if (isRunning(pid)) tryKill(pid);
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
