import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openHome, platformFolder } from './home.ts';

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', {}, join(homedir(), '.config/carrel')],
  ['linux', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/carrel'],
  ['darwin', {}, join(homedir(), 'Library/Application Support/Carrel')],
])('lies on %s where configuration lies', (platform, environment, folder) => {
  expect(platformFolder(environment, platform)).toBe(folder);
});

it('makes CARREL_HOME, for the user alone', () => {
  const parent = mkdtempSync(join(tmpdir(), 'carrel-home-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const home = openHome({ CARREL_HOME: join(parent, 'deep/home') });
  expect(home.archive).toBe(join(parent, 'deep/home/carrel.db'));
  expect(statSync(home.folder).mode & 0o777).toBe(0o700);
});
