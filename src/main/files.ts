import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandError } from '../shared/contract.ts';
import { err, ok, type Result } from '../shared/result.ts';

/** A folder that does not answer, as one of a dead network drive, has none of the files. */
const LOCATE_LIMIT_MS = 1_000;

/** The absolute paths of those names that are files or folders; relative ones lie in the folder. */
export async function locateFiles(folder: string, names: readonly string[]): Promise<(string | null)[]> {
  const missing = wait(LOCATE_LIMIT_MS, null, { ref: false });
  return await Promise.all(names.map((name) => Promise.race([locate(folder, name), missing])));
}

async function locate(folder: string, name: string): Promise<string | null> {
  const path = resolve(folder, name.replace(/^~(?=\/|$)/, homedir()));
  try {
    const found = await stat(path);
    return found.isFile() || found.isDirectory() ? path : null;
  } catch {
    return null;
  }
}

export type FilePlace = { readonly path: string; readonly line?: number; readonly column?: number };

/** Files that the system runs rather than shows, by their endings; those that may be run are so by their mode. */
const PROGRAM = /\.(?:app|desktop|command|terminal|workflow|tool|jar|exe|msi|bat|cmd|com|scr|ps1|lnk)$/i;

/**
 * Opens a file by the editor's command, else in the system's program for it (`openPath`). What a program printed must not be run
 * by a click: without an editor, programs are refused.
 */
export async function openFile(
  { path, line = 1, column = 1 }: FilePlace,
  {
    editorCommand,
    environment,
    openPath,
  }: {
    readonly editorCommand: string | undefined;
    readonly environment: NodeJS.ProcessEnv;
    readonly openPath: ((path: string) => Promise<void>) | undefined;
  },
): Promise<Result<void, CommandError>> {
  if (!openPath) return err({ code: 'not-supported', message: 'Files are not opened from the browser.' });
  const found = isAbsolute(path) ? await stat(path).catch(() => undefined) : undefined;
  if (!found) return notOpened(`${path} is not there any more.`);
  if (editorCommand !== undefined) {
    const values = { path, line: String(line), column: String(column) };
    const words = wordsOf(editorCommand).map((word) =>
      word.replaceAll(/\{(path|line|column)\}/g, (_, name: keyof typeof values) => values[name]),
    );
    return await start(words, environment);
  }
  if (PROGRAM.test(path) || (found.isFile() && (found.mode & 0o111) !== 0)) {
    return notOpened(
      `${path} is a program, which would run. Set terminal.editor_command to open it in an editor.`,
    );
  }
  return ok(await openPath(path));
}

/** Words as a shell would take them apart, of which quotes hold together what belongs together. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** Resolves when the editor has started; it outlives Carrel. */
async function start([program = '', ...programArguments]: readonly string[], environment: NodeJS.ProcessEnv) {
  const { promise, resolve: settle } = Promise.withResolvers<Result<void, CommandError>>();
  const editor = spawn(program, programArguments, { env: environment, detached: true, stdio: 'ignore' });
  editor.once('spawn', () => settle(ok()));
  editor.once('error', ({ message }) =>
    settle(
      notOpened(`The editor could not be started: ${message}. Set terminal.editor_command in settings.toml.`),
    ),
  );
  editor.unref();
  return await promise;
}

function notOpened(message: string): Result<never, CommandError> {
  return err({ code: 'file-not-opened', message });
}
