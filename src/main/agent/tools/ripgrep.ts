import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { ToolError } from '../files/tool-error.ts';
import { runJob, type RunJobOptions } from '../files/worker/run-job.ts';
import { filesOf } from '../files/worker/search.ts';
import type { FoundLine, Matches, SearchJob } from '../files/worker/types.ts';

/** Characters of the arguments of one call; Windows takes 32,767. */
const ARGUMENT_CHARACTERS = process.platform === 'win32' ? 24_000 : 100_000;

/** The program's path. Folders that are not named absolutely are passed over: what lies there may come with a project. */
export function findRipgrep(environment: NodeJS.ProcessEnv): string | undefined {
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  return (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Searches in the files that our own walk finds, so that the same ones are left out with ripgrep and without. */
export async function searchWithRipgrep(
  program: string,
  job: SearchJob,
  options: RunJobOptions,
): Promise<Matches> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  const { entries } = await runJob(filesOf(job), options);
  const folder = entries[0]?.path === job.folder ? dirname(job.folder) : job.folder;
  const results: Results = { byPath: new Map(), count: 0, isCut: false };
  try {
    for (const paths of batches(entries.map(({ path }) => relative(folder, path)))) {
      await searchBatch(program, paths, { job, folder, signal, results });
      if (results.isCut) break;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (timeout.aborted) throw new ToolError(options.tooSlow);
    throw error;
  }
  const files = [...results.byPath].map(([path, lines]) => ({ path: join(folder, path), lines }));
  return { files, count: results.count, isCut: results.isCut };
}

function* batches(paths: readonly string[]): Generator<string[], void, undefined> {
  let batch: string[] = [];
  let characters = 0;
  for (const path of paths) {
    if (batch.length > 0 && characters + path.length > ARGUMENT_CHARACTERS) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(path);
    characters += path.length + 1;
  }
  if (batch.length > 0) yield batch;
}

type Results = { readonly byPath: Map<string, FoundLine[]>; count: number; isCut: boolean };

type Batch = { job: SearchJob; folder: string; signal: AbortSignal; results: Results };

async function searchBatch(program: string, paths: readonly string[], batch: Batch): Promise<void> {
  const { job, folder, signal, results } = batch;
  signal.throwIfAborted();
  const child = spawn(program, [...argumentsFor(job), '--', ...paths], {
    cwd: folder,
    // Its settings may name programs to run.
    env: {},
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  const complaint = text(child.stderr);
  for await (const line of createInterface({ input: child.stdout })) {
    take(JSON.parse(line) as LineEvent | EndEvent | OtherEvent, results, job.maxMatches);
    if (!results.isCut) continue;
    child.kill('SIGKILL');
    child.stdout.destroy();
    break;
  }
  const code = await ended;
  if (code instanceof Error) throw code;
  // 2 also stands for files that were gone meanwhile; then there is no more than that to say.
  const words = (await complaint).trim();
  if (code === 2 && /regex (parse|syntax) error|regex could not be compiled|compiled regex/.test(words))
    throw new ToolError(`The pattern is not understood. ${words}`);
}

function argumentsFor({ pattern, isLiteral, isCaseSensitive, context }: SearchJob): string[] {
  return [
    '--no-config',
    '--json',
    '--crlf',
    ...(isLiteral ? ['--fixed-strings'] : []),
    isCaseSensitive ? '--case-sensitive' : '--ignore-case',
    `--context=${context}`,
    `--regexp=${pattern}`,
  ];
}

type Text = { readonly text: string } | { readonly bytes: string };

type LineEvent = { type: 'match' | 'context'; data: { path: Text; lines: Text; line_number: number } };
type EndEvent = { type: 'end'; data: { path: Text; binary_offset: number | null } };
type OtherEvent = { type: 'begin' } | { type: 'summary' };

function take(event: LineEvent | EndEvent | OtherEvent, results: Results, maxMatches: number): void {
  if (event.type === 'begin' || event.type === 'summary') return;
  const path = decode(event.data.path);
  const lines = results.byPath.get(path) ?? [];
  if (event.type === 'end') {
    // Binary files are left out, also where they were found out late.
    if (event.data.binary_offset === null) return;
    results.count -= lines.filter(({ isMatch }) => isMatch).length;
    results.byPath.delete(path);
    return;
  }
  const isMatch = event.type === 'match';
  if (isMatch && results.count === maxMatches) {
    results.isCut = true;
    return;
  }
  if (isMatch) results.count++;
  lines.push({
    number: event.data.line_number,
    text: decode(event.data.lines).replace(/\r?\n$/, ''),
    isMatch,
  });
  results.byPath.set(path, lines);
}

/** What is no UTF-8 comes as bytes. */
function decode(value: Text): string {
  return 'text' in value ? value.text : Buffer.from(value.bytes, 'base64').toString('latin1');
}
