import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openFoundProfiles } from './open-found-profiles.ts';

function open(sshConfig: string) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const homeFolder = mkdtempSync(join(tmpdir(), 'carrel-found-'));
  onTestFinished(() => rmSync(homeFolder, { recursive: true }));
  const shellList = join(homeFolder, 'shells');
  const write = (name: string, content: string) => writeFileSync(join(homeFolder, name), content);
  mkdirSync(join(homeFolder, '.ssh/conf.d'), { recursive: true });
  write('.ssh/config', sshConfig);
  write('shells', '/bin/sh');
  const found = openFoundProfiles({ environment: {}, homeFolder, platform: 'linux', shellList });
  onTestFinished(() => found[Symbol.dispose]());
  let changes = 0;
  found.onChange(() => (changes += 1));
  const names = () => found.current.profiles.map(({ name }) => name);
  return { found, names, write, changes: () => changes };
}

it('offers shells and hosts, each host as a connection of its own by ssh', () => {
  const { found } = open('Host build-1');
  expect(found.current.profiles.at(-1)).toEqual({
    name: 'build-1',
    source: 'ssh',
    command: 'ssh',
    args: ['build-1'],
    origin: '~/.ssh/config',
    icon: 'server',
  });
});

it('tells a host from a shell of its name', () => {
  const { names } = open('Host sh dash');
  expect(names().filter((name) => name.endsWith('(SSH)'))).toHaveLength(1);
  expect(new Set(names()).size).toBe(names().length);
});

it('finds what was changed since: a host, a file that a pattern includes, a shell, a file that broke', () => {
  const { found, names, write, changes } = open('Include conf.d/*\nHost one');
  const after = (name: string, content: string) => {
    write(name, content);
    vi.advanceTimersByTime(2_000);
    return [names().slice(1).join(' '), changes()];
  };
  expect([
    after('.ssh/config', 'Include conf.d/*\nHost one two'),
    after('.ssh/conf.d/new', 'Host three'),
    after('.ssh/conf.d/new', '# Only a comment\nHost three'),
    after('shells', '/bin/sh\n/bin/bash'),
    after('.ssh/config', 'Host "broken'),
  ]).toEqual([
    ['one two', 1],
    ['three one two', 2],
    ['three one two', 2],
    ['bash three one two', 3],
    ['bash', 4],
  ]);
  expect(found.current.problems).toHaveLength(1);
});
