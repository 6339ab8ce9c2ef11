import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findSshHosts } from './find-ssh-hosts.ts';

/** A home folder with these files below `.ssh`. */
function home(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-ssh-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, '.ssh', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

function find(files: Readonly<Record<string, string | Buffer>>) {
  const folder = home(files);
  const { hosts, problems } = findSshHosts(join(folder, '.ssh'), folder);
  const short = (path: string) => path.slice(join(folder, '.ssh').length + 1);
  return {
    hosts: hosts.map(({ name }) => name),
    from: hosts.map(({ path }) => short(path)),
    problems: problems.map(({ path, message }) => `${short(path)}: ${message}`),
  };
}

it.each<[string, string, string[]]>([
  ['takes each name of a line once', 'Host build-1 build-2\nHost build-2 db', ['build-1', 'build-2', 'db']],
  ['leaves patterns out', 'Host *\nHost *.lan !secret web?\nHost web', ['web']],
  ['leaves out what ssh would take for an option', 'Host -oProxyCommand -F ok', ['ok']],
  ['reads any way to write it', 'host=one\n\tHOST "two"  three # not four\n', ['one', 'two', 'three']],
  ['passes other lines over', 'HostName host\nMatch host x\n  User y\n# Host no', []],
  ['does without a host', '', []],
])('%s', (_, config, hosts) => {
  expect(find({ config })).toMatchObject({ hosts, problems: [] });
});

it('follows Include, by pattern and from the home folder, in the order in which ssh reads', () => {
  const found = find({
    config: 'Include conf.d/*.conf ~/.ssh/more nothing-here\nHost last\nHost *\nInclude everywhere',
    'conf.d/b.conf': 'Host b',
    'conf.d/a.conf': 'Host a\nInclude ../.ssh/config',
    'conf.d/c.txt': 'Host c',
    more: 'Host more',
    everywhere: 'Host e',
  });
  expect([found.hosts, found.from, found.problems]).toEqual([
    ['a', 'b', 'more', 'last', 'e'],
    ['conf.d/a.conf', 'conf.d/b.conf', 'more', 'config', 'everywhere'],
    [],
  ]);
});

it('takes what is included below a host for that host alone', () => {
  const { hosts } = find({
    config: 'Host lab-* !lab-9\n  Include lab\nMatch exec "true"\n  Include lab\nMatch all\n  Include all',
    lab: 'Host lab-1 lab-9 web',
    all: 'Host x',
  });
  expect(hosts).toEqual(['lab-1', 'x']);
});

it('ends where files include each other', () => {
  expect(find({ config: 'Include one\nHost c', one: 'Host o\nInclude config\nInclude one' }).hosts).toEqual([
    'o',
    'c',
  ]);
});

it('says which file gives no hosts and why, and reads the others', () => {
  const found = find({
    config: 'Include bad binary folder large\nHost good',
    bad: 'Host lost\nHost "secret',
    binary: Buffer.from([0x48, 0xff, 0xfe, 0x00]),
    'folder/x': '',
    large: `#${'x'.repeat(1_000_001)}`,
  });
  expect([found.hosts, found.problems]).toEqual([
    ['good'],
    [
      'bad: A quotation mark is not closed, or a Match line lacks a value.',
      'binary: It is not UTF-8 text.',
      'folder: It is not a plain file.',
      'large: It is larger than 1 MB.',
    ],
  ]);
});

it.skipIf(process.getuid?.() === 0)('says that a file may not be read', () => {
  const folder = home({ config: 'Host a' });
  chmodSync(join(folder, '.ssh/config'), 0);
  expect(findSshHosts(join(folder, '.ssh'), folder).problems.map(({ message }) => message)).toEqual([
    'It cannot be read (EACCES); check its permissions.',
  ]);
});

it('has nothing to say where there is no file', () => {
  expect(find({})).toEqual({ hosts: [], from: [], problems: [] });
});
