import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSafeStorage } from '../../../tests/stand-in/safe-storage.ts';
import type { Secrets } from '../secrets.ts';
import { createSecrets, type Cipher, type SecretsOptions } from './secrets.ts';

const KEY = 'sk-secret-🔑';

/** Opens the secrets of one home as often as a test wants, as the app does at each start. */
function openHome(): { path: string; start: (options?: Partial<SecretsOptions>) => Secrets } {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'keychain.json');
  return {
    path,
    start: (options) =>
      createSecrets({ cipher: createSafeStorage(() => folder, {}), path, platform: 'linux', ...options }),
  };
}

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

it('keeps keys over a restart, encrypted and for the user alone', () => {
  const { path, start } = openHome();
  const secrets = start();
  secrets.set('anthropic', 'old');
  secrets.set('work.2', 'other');
  secrets.set('anthropic', KEY);
  const restarted = start();
  expect([
    restarted.unavailable,
    restarted.get('anthropic'),
    restarted.get('work.2'),
    restarted.get('nothing'),
    restarted.get('toString'),
    (statSync(path).mode & 0o777).toString(8),
    readFileSync(path, 'utf8').includes('sk-secret'),
    existsSync(`${path}.new`),
  ]).toEqual([undefined, KEY, 'other', undefined, undefined, '600', false, false]);
});

it.each(['', 'a b', 'a/b', '../x', 'é', 'x'.repeat(101)])('refuses the name %j', (name) => {
  const { path, start } = openHome();
  expect([messageOf(() => start().set(name, KEY)), existsSync(path)]).toEqual([
    'A name in the keychain is made of letters, digits, dots, dashes and underscores.',
    false,
  ]);
});

it.each(['', '{"anthropic": ', '[]', '"text"'])('leaves a damaged file as it is: %j', (text) => {
  const { path, start } = openHome();
  writeFileSync(path, text);
  const secrets = start();
  expect([
    secrets.get('anthropic'),
    messageOf(() => secrets.set('anthropic', KEY)),
    readFileSync(path, 'utf8'),
  ]).toEqual([
    undefined,
    `${path} is damaged and was left as it is. Move it away, then set each key again.`,
    text,
  ]);
});

it('has no key where its entry is damaged, and keeps the entry and all others', () => {
  const { path, start } = openHome();
  start().set('good', KEY);
  const entries = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...entries, bad: 'AAAA', worse: 1 }));
  const secrets = start();
  secrets.set('new', 'another');
  expect([
    ['good', 'bad', 'worse', 'new'].map((name) => secrets.get(name)),
    JSON.parse(readFileSync(path, 'utf8')),
  ]).toEqual([[KEY, undefined, undefined, 'another'], expect.objectContaining({ bad: 'AAAA', worse: 1 })]);
});

const unavailable: [name: string, cipher: Partial<Cipher>, reason: RegExp][] = [
  ['no keyring', { getSelectedStorageBackend: () => 'basic_text' }, /^Carrel found no keyring.*variable\.$/],
  ['a locked keyring', { isEncryptionAvailable: () => false }, /locked or does not answer.*variable\.$/],
];

it.each(unavailable)('keeps nothing where there is %s, and says why', (_name, part, reason) => {
  const { path, start } = openHome();
  start().set('anthropic', KEY);
  const before = readFileSync(path, 'utf8');
  const cipher = { ...createSafeStorage(() => '', {}), ...part };
  const secrets = start({ cipher });
  const message = expect.stringMatching(reason) as string;
  expect([secrets.unavailable, secrets.get('anthropic'), messageOf(() => secrets.set('x', KEY))]).toEqual([
    message,
    undefined,
    message,
  ]);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

it('asks for the keyring on Linux only', () => {
  const cipher: Cipher = {
    ...createSafeStorage(() => '', {}),
    getSelectedStorageBackend: () => {
      throw new Error('There is no such thing here');
    },
  };
  expect(openHome().start({ platform: 'darwin', cipher }).unavailable).toBeUndefined();
});
