import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openThemeFolder, type ThemeFolder } from './theme-folder.ts';

let parent: string;
let resources: DisposableStack;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'carrel-themes-'));
  resources = new DisposableStack();
  resources.defer(() => rmSync(parent, { recursive: true }));
});
afterEach(() => resources.dispose());

const theme = (background: string) =>
  [
    `background = ${background}`,
    'foreground = ffffff',
    ...Array.from({ length: 16 }, (_, index) => `palette = ${index}=000000`),
  ].join('\n');

/** Names with backgrounds, and what is wrong. */
function summary({ current: { themes, problems } }: ThemeFolder) {
  return [
    themes.map(({ name, palette }) => `${name} ${palette.background}`),
    problems.map(({ file, message }) => `${file}: ${message}`),
  ];
}

it('reads every theme by the name of its file, and tells of those that are none', () => {
  const folder = join(parent, 'themes');
  mkdirSync(join(folder, 'a folder'), { recursive: true });
  writeFileSync(join(folder, 'My Theme'), theme('010203'));
  writeFileSync(join(folder, 'other.conf'), theme('040506'));
  writeFileSync(join(folder, '.hidden'), theme('070809'));
  writeFileSync(join(folder, 'broken.json'), 'null');
  writeFileSync(join(folder, 'large.itermcolors'), 'x'.repeat(200_000));
  expect(summary(resources.use(openThemeFolder(folder)))).toEqual([
    ['My Theme #010203', 'other #040506'],
    ['broken.json: It is not a JSON object.', 'large.itermcolors: It is larger than 128 kB.'],
  ]);
});

it('finds a folder that is made later, and a file that changes', async () => {
  const path = join(parent, 'themes');
  const folder = resources.use(openThemeFolder(path));
  const onChange = vi.fn<() => void>();
  folder.onChange(onChange);
  expect(summary(folder)).toEqual([[], []]);
  mkdirSync(path);
  writeFileSync(join(path, 'mine'), theme('010203'));
  await vi.waitFor(() => expect(summary(folder)[0]).toEqual(['mine #010203']), 5_000);
  writeFileSync(join(path, 'mine'), theme('#040506'));
  await vi.waitFor(() => expect(summary(folder)[0]).toEqual(['mine #040506']), 5_000);
  expect(onChange).toHaveBeenCalledTimes(2);
});
