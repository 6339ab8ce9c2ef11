import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { locateFiles, openFile, type FilePlace } from './files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/a.ts'), '');
});

async function open(place: FilePlace, editorCommand?: string) {
  const opened: string[] = [];
  const outcome = await openFile(place, {
    editorCommand,
    environment: process.env,
    openPath: async (path) => void opened.push(path),
  });
  return [outcome.ok || outcome.error.message, opened] as const;
}

it('finds which names are files, from the folder they were printed in', async () => {
  expect(
    await locateFiles(folder, [
      'src/a.ts',
      './src',
      'a.ts',
      join(folder, 'src/a.ts'),
      '~',
      '/dev/null',
      '\0',
    ]),
  ).toEqual([
    join(folder, 'src/a.ts'),
    join(folder, 'src'),
    null,
    join(folder, 'src/a.ts'),
    expect.stringMatching(/^\//),
    null,
    null,
  ]);
});

it("opens files in the system's program, but no programs", async () => {
  const path = join(folder, 'src/a.ts');
  expect(await open({ path, line: 3 })).toEqual([true, [path]]);
  expect(await open({ path: folder })).toEqual([true, [folder]]);
  chmodSync(path, 0o755);
  expect(await open({ path })).toEqual([expect.stringContaining('is a program'), []]);
  writeFileSync(join(folder, 'x.desktop'), '');
  expect(await open({ path: join(folder, 'x.desktop') })).toEqual([
    expect.stringContaining('is a program'),
    [],
  ]);
  expect(await open({ path: join(folder, 'gone') })).toEqual([expect.stringContaining('not there'), []]);
  expect(await open({ path: 'src/a.ts' })).toEqual([expect.stringContaining('not there'), []]);
});

it('gives the file, its line and its column to the editor of the settings, whatever its name', async () => {
  const path = join(folder, "src/it's $(here) {line}.ts");
  writeFileSync(path, '');
  const editor = join(folder, 'my editor');
  writeFileSync(
    editor,
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/told.part'; mv '${folder}/told.part' '${folder}/told'\n`,
    { mode: 0o755 },
  );
  const command = `"${editor}" -g '{path}:{line}:{column}' --new`;
  expect(await open({ path, line: 12, column: 3 }, command)).toEqual([true, []]);
  const told = await vi.waitFor(() => readFileSync(join(folder, 'told'), 'utf8'), { timeout: 10_000 });
  expect(told).toBe(`-g\n${path}:12:3\n--new\n`);
  expect(await open({ path }, '/no/such/editor {path}')).toEqual([
    expect.stringContaining('terminal.editor_command'),
    [],
  ]);
});

it('opens nothing from a browser', async () => {
  const place = { path: join(folder, 'src/a.ts') };
  const without = { editorCommand: undefined, environment: {}, openPath: undefined };
  expect(await openFile(place, without)).toMatchObject({ error: { code: 'not-supported' } });
});
