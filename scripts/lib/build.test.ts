import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fingerprint } from './build.ts';

function project(): { folder: string; write: (path: string, content: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src/main/testing'), { recursive: true });
  const write = (path: string, content: string) => writeFileSync(join(folder, path), content);
  write('src/main/index.ts', 'start();');
  write('package-lock.json', '{}');
  return { folder, write };
}

it.each([
  'src/main/index.ts',
  'src/main/new.css',
  'package-lock.json',
  'settings.toml.example',
  'tsconfig.json',
])('builds again when %s changes', (path) => {
  const { folder, write } = project();
  const before = fingerprint(folder);
  write(path, 'changed');
  expect(fingerprint(folder)).not.toBe(before);
});

it('builds again when a source gets another name', () => {
  const { folder } = project();
  const before = fingerprint(folder);
  renameSync(join(folder, 'src/main/index.ts'), join(folder, 'src/main/other.ts'));
  expect(fingerprint(folder)).not.toBe(before);
});

it('does not build again for tests, nor for a file that was only touched', () => {
  const { folder, write } = project();
  const before = fingerprint(folder);
  write('src/main/index.test.ts', 'it();');
  write('src/main/testing/helper.ts', 'help();');
  write('src/main/index.ts', 'start();');
  expect(fingerprint(folder)).toBe(before);
});
