import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFolder, removeFolders } from './safe-folder.ts';

const bytes = Buffer.from('one');

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-folder-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.each([
  { way: 'by descriptor', byName: process.platform !== 'linux' },
  { way: 'by name', byName: true },
])('a folder that is held $way', ({ byName }) => {
  it('makes, reads and replaces files, and the folders on the way', async () => {
    const path = join(temporaryFolder(), 'a', 'b');
    await using folder = await openFolder(path, { make: true, byName });
    expect(folder.made).toEqual([join(path, '..'), path]);
    expect(await folder.read('x', 10)).toBeUndefined();
    await folder.create('x', { bytes, mode: 0o640 });
    await expect(folder.create('x', { bytes })).rejects.toThrow('EEXIST');
    expect(await folder.read('x', 10)).toEqual({ bytes, mode: 0o640 });
    await expect(folder.read('x', 2)).rejects.toThrow('tools open files of up to');
    await folder.replace('x', { bytes: Buffer.from('two'), mode: 0o600 }, async () => {});
    expect(await folder.read('x', 10)).toEqual({ bytes: Buffer.from('two'), mode: 0o600 });
    const refusal = folder.replace('x', { bytes, mode: 0o600 }, () => Promise.reject(new Error('changed')));
    await expect(refusal).rejects.toThrow('changed');
    expect(readdirSync(path)).toEqual(['x']);
    expect(readFileSync(join(path, 'x'), 'utf8')).toBe('two');
    await removeFolders(folder.made);
    expect(existsSync(path)).toBe(true);
  });

  it('is none where a part of the path is a link, and follows none in it', async () => {
    const around = temporaryFolder();
    mkdirSync(join(around, 'outside'));
    symlinkSync(join(around, 'outside'), join(around, 'link'));
    symlinkSync(join(around, 'outside/x'), join(around, 'x'));
    await expect(openFolder(join(around, 'link'), { byName })).rejects.toThrow('changed meanwhile');
    await expect(openFolder(join(around, 'link/new'), { make: true, byName })).rejects.toThrow(
      'changed meanwhile',
    );
    await using folder = await openFolder(around, { byName });
    await expect(folder.create('x', { bytes })).rejects.toThrow('EEXIST');
    await expect(folder.read('x', 10)).rejects.toThrow('it is a link now');
    expect(readdirSync(join(around, 'outside'))).toEqual([]);
  });
});
