import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionOf, openWorkspace } from './testing/open-workspace.ts';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');

it('numbers the lines and says what is peculiar to the file', async () => {
  const { call } = openWorkspace({ 'a.txt': '\uFEFFone\r\ntwo\r\nthree' });
  expect(await call('read_file', { path: 'a.txt' })).toEqual({
    isError: false,
    text: '[a.txt: lines 1 to 3 of 3; byte order mark, CRLF line ends, no line end after the last]\n1\tone\n2\ttwo\n3\tthree',
  });
});

it('reads pages by offset and limit, and says how to go on', async () => {
  const { call } = openWorkspace({ 'a.txt': `${lines(10)}\n` });
  const { text } = await call('read_file', { path: 'a.txt', offset: 4, limit: 2 });
  expect(text).toBe(
    '[a.txt: lines 4 to 5 of 10]\n4\tline 4\n5\tline 5\n[There is more: go on with offset 6.]',
  );
  expect((await call('read_file', { path: 'a.txt', offset: 11 })).text).toBe('a.txt ends at line 10.');
});

it('ends a page before it is cut, and cuts a very long line, which is read on by column', async () => {
  const { call } = openWorkspace({ 'a.txt': `${lines(9000)}\n`, 'long.txt': `${'x'.repeat(5000)}END` });
  const { text } = await call('read_file', { path: 'a.txt', limit: 9000 });
  expect(text.length).toBeLessThan(30_000);
  const next = Number(/go on with offset (\d+)/.exec(text)?.[1]);
  expect((await call('read_file', { path: 'a.txt', offset: next, limit: 1 })).text).toContain(`line ${next}`);
  expect((await call('read_file', { path: 'long.txt' })).text).toContain('[… 3003 more: column 2001]');
  expect((await call('read_file', { path: 'long.txt', column: 4001 })).text).toContain('xEND');
});

it.each([
  ['UTF-16', Buffer.from('\uFEFFgrüß\n', 'utf16le'), 'grüß', 'utf-16le'],
  ['UTF-16, big end first', Buffer.from('\uFEFFgrüß\n', 'utf16le').swap16(), 'grüß', 'utf-16be'],
  ['Latin-1', Buffer.from('grüß\n', 'latin1'), 'grüß', 'latin1'],
  ['UTF-8', Buffer.from('grüß 😀\n'), 'grüß 😀', ']'],
])('reads %s', async (_, bytes, text, encoding) => {
  const { call } = openWorkspace({ 'a.txt': bytes });
  const outcome = await call('read_file', { path: 'a.txt' });
  expect(outcome.text).toContain(`1\t${text}`);
  expect(outcome.text).toContain(encoding);
});

it('refuses what is no text, too long, no file or not there, and says so', async () => {
  const { call, folder, path } = openWorkspace({ 'a.bin': Buffer.from([1, 0, 2]), 'b.bin': '\u0001\u0002' });
  writeFileSync(path('huge.log'), '');
  truncateSync(path('huge.log'), 30_000_000);
  execFileSync('sh', ['-c', 'mkfifo "$0"', path('pipe')]);
  const textOf = async (name: string) => {
    const outcome = await call('read_file', { path: name });
    expect(outcome.isError).toBe(true);
    return outcome.text;
  };
  expect(await textOf('a.bin')).toBe('a.bin is a binary file of 3 bytes; there is no text in it to read.');
  expect(await textOf('huge.log')).toContain('is 30 MB long; tools open files of up to 20 MB');
  expect(await textOf('pipe')).toContain('no plain file');
  expect(await textOf('.')).toBe(`${folder} is a folder.`);
  expect(await textOf('none.txt')).toBe('There is no file none.txt. list_files shows what there is.');
  expect(await textOf('a.bin/x')).toContain('not a folder');
});

it('shows an image to a model that sees, and names it to another', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
  const seeing = openWorkspace({ 'a.png': png });
  expect(await seeing.call('read_file', { path: 'a.png' })).toEqual({
    isError: false,
    text: 'a.png is an image (image/png, 10 bytes).',
    images: [{ mediaType: 'image/png', data: png.toString('base64') }],
  });
  const blind = openWorkspace({ 'a.png': png }, { seesImages: false });
  const outcome = await blind.call('read_file', { path: 'a.png' });
  expect(outcome.text).toContain('which this model cannot see');
  expect(outcome.images).toBeUndefined();
});

it('says when a path leads out of the folder, however it does', async () => {
  const { prepare, around, folder, path } = openWorkspace({ 'in/a.txt': 'a' });
  writeFileSync(join(around, 'out.txt'), 'out');
  symlinkSync(around, path('link'));
  symlinkSync(path('in'), path('within'));
  const placeOf = async (asked: string) => actionOf(await prepare('read_file', { path: asked }));
  const outside = { type: 'read', path: join(around, 'out.txt'), isOutside: true };
  expect(await placeOf('../out.txt')).toEqual(outside);
  expect(await placeOf('link/out.txt')).toEqual(outside);
  expect(await placeOf(join(around, 'out.txt'))).toEqual(outside);
  expect(await placeOf(join('link', 'not-there'))).toMatchObject({ isOutside: true });
  expect(await placeOf('within/a.txt')).toEqual({ type: 'read', path: path('in/a.txt'), isOutside: false });
  expect(await placeOf('in/../in/a.txt')).toMatchObject({ isOutside: false });
  expect(await placeOf(folder)).toMatchObject({ isOutside: false });
  expect(await placeOf('..work/a.txt')).toMatchObject({ isOutside: false });
});

it("never opens Carrel's own folder, also by a link, but for the kept outputs", async () => {
  const { call, context, prepare, path } = openWorkspace();
  mkdirSync(context.outputs.folder);
  writeFileSync(join(context.home, 'settings.toml'), 'api_key = "secret"');
  writeFileSync(join(context.outputs.folder, 'a.txt'), 'long');
  symlinkSync(context.home, path('link'));
  for (const name of ['settings.toml', 'new.txt', '']) {
    for (const folder of [context.home, path('link')]) {
      const outcome = await call('read_file', { path: join(folder, name) });
      expect(outcome.text).toContain("Carrel's own folder");
    }
  }
  const output = await prepare('read_file', { path: join(context.outputs.folder, 'a.txt') });
  expect(actionOf(output)).toMatchObject({ isOutside: false });
  const write = await call('write_file', { path: join(context.outputs.folder, 'a.txt'), content: '' });
  expect(write.text).toContain("Carrel's own folder");
});

it('does not follow a link that took the place of what was looked at', async () => {
  const { prepare, around, path } = openWorkspace({ 'in/a.txt': 'mine' });
  writeFileSync(join(around, 'a.txt'), 'secret');
  const prepared = await prepare('read_file', { path: 'in/a.txt' });
  execFileSync('mv', [path('in'), path('moved')]);
  symlinkSync(around, path('in'));
  if (prepared.status === 'refused') throw new Error(prepared.outcome.text);
  const outcome = await prepared.run();
  expect(outcome).toMatchObject({ isError: true, text: expect.stringContaining('changed meanwhile') });
});
