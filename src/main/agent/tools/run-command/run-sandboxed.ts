import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { KeptOutput, plainText } from '../../../../shared/command-output.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { Sandbox, SandboxedCommand } from './sandbox.ts';

export type SandboxedRun = {
  readonly status: 'finished' | 'interrupted' | 'timed-out';
  /** 128 and the signal's number for a command that a signal ended, as shells tell it. */
  readonly exitCode: number;
  /** Plain text; beginning and end of a long one. */
  readonly output: string;
  readonly durationMs: number;
};

export type SandboxedRunOptions = {
  /** For bash. */
  readonly command: string;
  readonly cwd: string;
  /** Where it may write. */
  readonly workspace: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
};

const OUTPUT_LIMIT_CHARACTERS = 8_000_000;
/** A command that prints more than is kept waits so long for each read, so that it does not keep the app busy. */
const SLOW_READ_MS = 5;
/** For the last output after the exit; a process that left the group on macOS may hold the pipe open. */
const DRAIN_LIMIT_MS = 1000;

/** Runs a command in a fresh shell in the sandbox, without input. All that it started is gone at the end. An error says why there is no sandbox. */
export async function runSandboxed(
  sandbox: Sandbox,
  { command, cwd, workspace, signal, timeoutMs }: SandboxedRunOptions,
): Promise<Result<SandboxedRun, string>> {
  using resources = new DisposableStack();
  const temporaryFolder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-command-')));
  resources.defer(() => rmSync(temporaryFolder, { recursive: true, force: true }));
  const wrapped = await sandbox.wrap(command, { workspace, temporaryFolder });
  if (!wrapped.ok) return err(wrapped.error);
  resources.defer(wrapped.value.release);
  return ok(await supervise(wrapped.value, { cwd, signal, timeoutMs }));
}

async function supervise(
  { program, programArguments, environment }: SandboxedCommand,
  { cwd, signal, timeoutMs }: Pick<SandboxedRunOptions, 'cwd' | 'signal' | 'timeoutMs'>,
): Promise<SandboxedRun> {
  const output = new KeptOutput(OUTPUT_LIMIT_CHARACTERS);
  const startedAt = performance.now();
  let status: SandboxedRun['status'] = 'finished';
  const child = spawn(program, programArguments, {
    cwd,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) keep(stream, output);
  const end = (how: 'interrupted' | 'timed-out') => () => {
    status = how;
    killGroup(child);
  };
  const stop = end('interrupted');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  const limit = setTimeout(end('timed-out'), timeoutMs);
  const exitCode = await ended(child);
  clearTimeout(limit);
  signal.removeEventListener('abort', stop);
  return { status, exitCode, output: plainText(output.text), durationMs: performance.now() - startedAt };
}

function keep(stream: Readable, output: KeptOutput): void {
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    output.push(text);
    if (output.cutCharacters === 0) return;
    stream.pause();
    setTimeout(() => stream.resume(), SLOW_READ_MS);
  });
}

async function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<number> {
  const closed = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<number>();
  child.on('close', () => closed.resolve());
  child.on('error', () => exited.resolve(126));
  child.on('exit', (code, signal) => exited.resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  const exitCode = await exited.promise;
  killGroup(child);
  const limit = setTimeout(() => {
    child.stdout.destroy();
    child.stderr.destroy();
    closed.resolve();
  }, DRAIN_LIMIT_MS);
  await closed.promise;
  clearTimeout(limit);
  return exitCode;
}

/** The sandbox takes all that runs in it along. */
function killGroup({ pid }: { readonly pid?: number | undefined }): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
