import { expect, it } from 'vitest';
import { describeProfile, mergeProfiles } from './merge-profiles.ts';
import type { FoundProfile } from './types.ts';

const zsh: FoundProfile = { name: 'zsh', source: 'shell', command: '/bin/zsh', origin: '/etc/shells' };
const build: FoundProfile = {
  name: 'build-1',
  source: 'ssh',
  command: 'ssh',
  args: ['build-1'],
  origin: '~/.ssh/config',
  icon: 'server',
};
const plain = { env: {}, isHidden: false };

it('has those of settings.toml first, then what was found', () => {
  expect(mergeProfiles([zsh, build], { work: { ...plain, cwd: '~/work' } })).toEqual([
    { ...plain, name: 'work', source: 'settings', origin: 'settings.toml', isChanged: false, cwd: '~/work' },
    { ...plain, ...zsh, isChanged: false },
    { ...plain, ...build, isChanged: false },
  ]);
});

it('changes what was found by a table of its name, and keeps its place', () => {
  const changes = {
    'build-1': { ...plain, colour: 'red' as const, icon: 'rocket' as const },
    zsh: { ...plain, args: ['-l'], isHidden: true },
  };
  expect(mergeProfiles([zsh, build], changes)).toEqual([
    { ...zsh, ...plain, args: ['-l'], isHidden: true, isChanged: true },
    { ...build, ...plain, colour: 'red', icon: 'rocket', isChanged: true },
  ]);
});

it('gives arguments up with the command that they belong to', () => {
  const [profile] = mergeProfiles([build], { 'build-1': { ...plain, command: 'mosh' } });
  expect([profile?.command, profile?.args]).toEqual(['mosh', undefined]);
});

it('takes a name that every object has for a name', () => {
  expect(mergeProfiles([{ ...zsh, name: 'constructor' }], {})).toMatchObject([{ isChanged: false }]);
});

it('describes a profile without its variables, by one line to read', () => {
  const profiles = mergeProfiles([build], {
    a: { ...plain, command: 'sh', args: ['-c', "echo it's", ''], env: { TOKEN: 'secret' } },
    b: plain,
  }).map(describeProfile);
  expect(profiles.map(({ commandLine }) => commandLine)).toEqual([
    String.raw`sh -c 'echo it'\''s' ''`,
    '',
    'ssh build-1',
  ]);
  expect(JSON.stringify(profiles)).not.toContain('secret');
});
