import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionOf, openWorkspace } from './testing/open-workspace.ts';

const modeOf = (path: string) => statSync(path).mode & 0o7777;

it('tells the whole change before it makes it', async () => {
  const { prepare, path, changes } = openWorkspace({ 'a.txt': 'one\ntwo\n' });
  const prepared = await prepare('edit_file', { path: 'a.txt', oldText: 'two', newText: 'three' });
  expect(actionOf(prepared)).toEqual({
    type: 'change',
    path: path('a.txt'),
    isOutside: false,
    isNew: false,
    before: 'one\ntwo\n',
    after: 'one\nthree\n',
    hunks: [{ oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: [' one', '-two', '+three'] }],
  });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one\ntwo\n');
  expect(changes).toEqual([]);
});

it('keeps mode, byte order mark, CRLF and the bytes that no edit touched', async () => {
  const { call, path } = openWorkspace({
    'run.sh': '#!/bin/sh\r\necho one\r\necho two\r\n',
    'mark.txt': '\uFEFFone\ntwo',
    'latin.txt': Buffer.from('grüß\nzwei\n', 'latin1'),
    'wide.txt': Buffer.from('\uFEFFgrüß\r\nzwei\r\n', 'utf16le'),
    'mixed.txt': 'a\r\nb\nc\r\nd\r\n',
  });
  chmodSync(path('run.sh'), 0o750);
  await call('edit_file', { path: 'run.sh', oldText: 'echo one\necho two', newText: 'echo 1\necho 2\n' });
  expect(readFileSync(path('run.sh'), 'utf8')).toBe('#!/bin/sh\r\necho 1\r\necho 2\r\n\r\n');
  expect(modeOf(path('run.sh'))).toBe(0o750);
  await call('edit_file', { path: 'mark.txt', oldText: 'two', newText: 'three' });
  expect(readFileSync(path('mark.txt'), 'utf8')).toBe('\uFEFFone\nthree');
  await call('edit_file', { path: 'latin.txt', oldText: 'zwei', newText: 'für' });
  expect(readFileSync(path('latin.txt')).equals(Buffer.from('grüß\nfür\n', 'latin1'))).toBe(true);
  await call('edit_file', { path: 'wide.txt', oldText: 'zwei', newText: 'a\nb' });
  expect(readFileSync(path('wide.txt')).toString('utf16le')).toBe('\uFEFFgrüß\r\na\r\nb\r\n');
  await call('edit_file', { path: 'mixed.txt', oldText: 'b\nc', newText: 'B\nC' });
  expect(readFileSync(path('mixed.txt'), 'utf8')).toBe('a\r\nB\r\nC\r\nd\r\n');
  const foreign = await call('edit_file', { path: 'latin.txt', oldText: 'für', newText: '→' });
  expect(foreign).toMatchObject({
    isError: true,
    text: expect.stringContaining('Latin-1, which has no “→”'),
  });
});

it('takes newText as it is, also where it looks like a pattern', async () => {
  const { call, path } = openWorkspace({ 'a.txt': 'a.b a+b' });
  await call('edit_file', { path: 'a.txt', oldText: 'a.b', newText: "$& $1 $' \\n" });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe("$& $1 $' \\n a+b");
});

it('changes one place only, unless all are meant', async () => {
  const { call, path } = openWorkspace({ 'a.txt': 'x = 1\ny = 2\nx = 1\n' });
  const many = await call('edit_file', { path: 'a.txt', oldText: 'x = 1', newText: 'x = 3' });
  expect(many).toEqual({
    isError: true,
    text: 'Nothing was changed in a.txt. oldText stands in it 2 times, at the lines 1, 3. Give more of what is around the one you mean, or set replaceAll.',
  });
  await call('edit_file', { path: 'a.txt', oldText: 'x = 1', newText: 'x = 3', replaceAll: true });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('x = 3\ny = 2\nx = 3\n');
});

it.each([
  [
    'spaces',
    '  if (a) {\n\treturn;\n  }\n',
    'if (a) {\n  return;',
    'once, but only when spaces are left aside',
  ],
  ['capitals', 'const Value = 1;\n', 'const value = 1;', 'once, but only when capitals are left aside'],
  ['line numbers', 'one\ntwo\n', '1\tone\n2\ttwo', 'it has the line numbers of read_file'],
  [
    'something like it',
    'zero\nconst total = sum(a, b);\n',
    'const total = add(a, b);',
    '2\tconst total = sum(a, b);',
  ],
  ['nothing like it', 'one\ntwo\n', 'something quite different', 'nor anything like it'],
])('explains a miss by %s', async (_, content, oldText, words) => {
  const { call } = openWorkspace({ 'a.ts': content });
  const outcome = await call('edit_file', { path: 'a.ts', oldText, newText: 'new' });
  expect(outcome).toMatchObject({ isError: true, text: expect.stringContaining(words) });
});

it('explains a miss in a large file in little time', async () => {
  const { call } = openWorkspace({ 'a.txt': 'some line that is not the one at all\n'.repeat(100_000) });
  const started = performance.now();
  const outcome = await call('edit_file', {
    path: 'a.txt',
    oldText: 'some line that is this one, at last',
    newText: '',
  });
  expect(outcome.text).toContain('most similar');
  expect(performance.now() - started).toBeLessThan(15_000);
});

it('takes the hunks that the person chose and tells the model what was left', async () => {
  const middle = 'x\n'.repeat(20);
  const { call, path, changes } = openWorkspace({ 'a.txt': `first\n${middle}last\n` });
  const content = `FIRST\n${middle}LAST\n`;
  const outcome = await call('write_file', { path: 'a.txt', content }, [1]);
  expect(readFileSync(path('a.txt'), 'utf8')).toBe(`first\n${middle}LAST\n`);
  expect(outcome.text).toContain('took 1 of the 2 parts');
  expect(outcome.text).toContain('-first\n+FIRST');
  expect(outcome.text).not.toContain('LAST');
  const none = await call('write_file', { path: 'a.txt', content }, []);
  expect(none.text).toContain('took no part');
  expect(changes).toHaveLength(1);
});

it('makes a new file, with the folders it needs, and says which', async () => {
  const { call, path, changes } = openWorkspace({}, {});
  const outcome = await call('write_file', { path: 'a/b/c.txt', content: 'one\ntwo\n' });
  expect(outcome).toEqual({ isError: false, text: 'Wrote a/b/c.txt, a new file of 2 lines.' });
  expect(readFileSync(path('a/b/c.txt'), 'utf8')).toBe('one\ntwo\n');
  expect(modeOf(path('a/b/c.txt'))).toBe(0o666 & ~process.umask());
  expect(changes).toMatchObject([{ before: undefined, madeFolders: [path('a'), path('a/b')] }]);
});

it('writes nothing when the file changed after it was shown', async () => {
  const { prepare, path, changes } = openWorkspace({ 'a.txt': 'one\n', 'b.txt': 'one\n', 'c.txt': 'one\n' });
  const preparedOf = async (name: string, input: object) => {
    const prepared = await prepare(name, input);
    if (prepared.status === 'refused') throw new Error(prepared.outcome.text);
    return prepared;
  };
  const edit = await preparedOf('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  const removed = await preparedOf('edit_file', { path: 'b.txt', oldText: 'one', newText: 'two' });
  const mode = await preparedOf('edit_file', { path: 'c.txt', oldText: 'one', newText: 'two' });
  const made = await preparedOf('write_file', { path: 'new.txt', content: 'mine' });
  writeFileSync(path('a.txt'), 'other\n');
  rmSync(path('b.txt'));
  chmodSync(path('c.txt'), 0o600);
  writeFileSync(path('new.txt'), 'theirs');
  for (const prepared of [edit, removed, mode, made]) {
    expect(await prepared.run()).toMatchObject({
      isError: true,
      text: expect.stringContaining('changed meanwhile'),
    });
  }
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('other\n');
  expect(existsSync(path('b.txt'))).toBe(false);
  expect(readFileSync(path('new.txt'), 'utf8')).toBe('theirs');
  expect(changes).toEqual([]);
});

it('writes nothing when what was there could not be kept', async () => {
  const { call, folder, path } = openWorkspace(
    { 'a.txt': 'one\n' },
    {
      beforeChange: async () => {
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
      },
    },
  );
  const edit = await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  expect(edit).toEqual({ isError: true, text: 'It did not work: the disk is full.' });
  await call('write_file', { path: 'new/b.txt', content: '' });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one\n');
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

it('refuses what cannot be meant', async () => {
  const { call, path } = openWorkspace({ 'a.txt': 'one\n', 'a.bin': Buffer.from([0, 1]) });
  symlinkSync(path('nowhere'), path('dangling'));
  const textOf = async (name: string, input: object) => (await call(name, input)).text;
  const edit = { oldText: 'one', newText: 'one' };
  expect(await textOf('edit_file', { path: 'a.txt', ...edit })).toContain('are the same');
  expect(await textOf('edit_file', { path: 'none.txt', ...edit })).toContain('To make it use write_file');
  expect(await textOf('edit_file', { path: 'a.bin', ...edit })).toContain('binary file');
  expect(await textOf('write_file', { path: 'a.bin', content: '' })).toContain('binary file');
  expect(await textOf('write_file', { path: 'a.txt', content: 'one\n' })).toContain('this very text already');
  expect(await textOf('write_file', { path: '.', content: '' })).toContain('is a folder');
  expect(await textOf('write_file', { path: 'dangling', content: '' })).toContain('leads nowhere');
  expect(await textOf('write_file', { path: 'dangling/b', content: '' })).toContain('leads nowhere');
  expect(await textOf('write_file', { path: 'a\0b', content: '' })).toContain('NUL');
  expect(await textOf('write_file', { path: 'x'.repeat(300), content: '' })).toContain('name is too long');
});

it('writes the target of a link, and leaves another name of the same file alone', async () => {
  const { call, around, path } = openWorkspace({ 'real.txt': 'one\n' });
  symlinkSync('real.txt', path('link.txt'));
  await call('edit_file', { path: 'link.txt', oldText: 'one', newText: 'two' });
  expect(lstatSync(path('link.txt')).isSymbolicLink()).toBe(true);
  expect(readFileSync(path('real.txt'), 'utf8')).toBe('two\n');
  linkSync(path('real.txt'), join(around, 'outside.txt'));
  await call('edit_file', { path: 'real.txt', oldText: 'two', newText: 'three' });
  expect(readFileSync(join(around, 'outside.txt'), 'utf8')).toBe('two\n');
});

it.skipIf(process.getuid?.() === 0)('does not write over a write-protected file', async () => {
  const { call, path } = openWorkspace({ 'a.txt': 'one\n' });
  chmodSync(path('a.txt'), 0o444);
  const outcome = await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  expect(outcome).toMatchObject({ isError: true, text: expect.stringContaining('does not permit') });
});
