import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { partOfBlock, readImage, readPath } from './read-attachment.ts';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

function openWorkspace(files: Readonly<Record<string, string | Buffer>> = {}) {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-attach-')));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const places = { workspace: join(top, 'work'), home: join(top, 'carrel') };
  for (const folder of Object.values(places)) mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), content);
  }
  return { top, read: (path: string) => readPath(path, places) };
}

it('reads a file, and says what a person should know of it', async () => {
  const { top, read } = openWorkspace({
    'work/my notes.md': 'One\nTwo\n',
    'work/.env': 'KEY=1',
    'elsewhere/a.txt': 'a',
  });
  symlinkSync('../elsewhere/a.txt', join(top, 'work/linked.txt'));
  const file = { type: 'attachment', kind: 'file' };
  expect(await read('my notes.md')).toEqual({
    ok: true,
    value: { ...file, name: 'my notes.md', text: 'One\nTwo\n', marks: [] },
  });
  expect(await read('.env')).toMatchObject({ ok: true, value: { name: '.env', marks: ['secret'] } });
  const outside = { name: join(top, 'elsewhere/a.txt'), text: 'a', marks: ['outside'] };
  expect(await read('../elsewhere/a.txt')).toMatchObject({ value: outside });
  expect(await read('linked.txt')).toMatchObject({ value: outside });
});

it('keeps the ends of a long file', async () => {
  const { read } = openWorkspace({ 'work/long.txt': `begin${'x'.repeat(200_000)}end` });
  const part = await read('long.txt');
  expect(part).toMatchObject({
    value: {
      marks: ['cut'],
      text: expect.stringMatching(/^beginx+\n\[… \d+ characters left out …]\nx+end$/),
    },
  });
  expect(JSON.stringify(part).length).toBeLessThan(61_000);
});

it('tells the names in a folder, ignored ones left out', async () => {
  const { read } = openWorkspace({ 'work/a/b.ts': '', 'work/a/c/d.ts': '', 'work/a/.git/HEAD': '' });
  expect(await read('a/')).toMatchObject({
    ok: true,
    value: { kind: 'folder', name: 'a', text: 'b.ts\nc/\nc/d.ts', marks: [] },
  });
});

it('refuses in words what it cannot take', async () => {
  const { read } = openWorkspace({
    'work/program': Buffer.from([0x7f, 0x45, 0, 1]),
    'work/huge.log': Buffer.alloc(10_000_001, 'x'),
    'work/photo.png': Buffer.concat([PNG, Buffer.alloc(4_000_000)]),
    'carrel/settings.toml': 'api_key = "secret"',
  });
  const refusals = ['program', 'huge.log', 'photo.png', '../carrel/settings.toml', 'gone.ts', 'a\0b'];
  expect(await Promise.all(refusals.map(read))).toEqual(
    [
      'program is no text (4 bytes), and nothing that a model could read.',
      'huge.log has 10 MB, which is too much for a message (10 MB at most). Ask the agent to look for what you need in it.',
      'photo.png has 4 MB, and providers take 3.8 MB. Make a smaller copy, or paste the image: then it is made smaller.',
      "../carrel/settings.toml lies in Carrel's own folder, where keys and histories are. No tool opens it.",
      'gone.ts cannot be added: there is no such file or folder.',
      'A path cannot contain a NUL character.',
    ].map((error) => ({ ok: false, error })),
  );
});

it('takes an image by its bytes, whatever its name', async () => {
  const { read } = openWorkspace({ 'work/shot.txt': PNG });
  const image = { type: 'image', mediaType: 'image/png', data: PNG.toString('base64'), name: 'shot.txt' };
  expect(await read('shot.txt')).toEqual({ ok: true, value: image });
  expect(readImage(Buffer.from('<svg/>'), 'a.png')).toEqual({
    ok: false,
    error: 'a.png is no PNG, JPEG, GIF or WebP image.',
  });
});

it('takes a command with what it printed', () => {
  const block = { id: 1, commandLine: 'make', cwd: '/work', isRunning: false, exitCode: 2, output: 'Error' };
  expect(partOfBlock(block)).toEqual({
    type: 'attachment',
    kind: 'command',
    name: 'make',
    text: 'Error',
    marks: [],
    cwd: '/work',
    exitCode: 2,
  });
});
