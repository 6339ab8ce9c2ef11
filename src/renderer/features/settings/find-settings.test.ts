import { expect, it } from 'vitest';
import type { ClientSettings } from '../../../shared/app.ts';
import { sampleTerminal } from '../../store/testing/samples.ts';
import { findSettings, SECTIONS, settingRows } from './find-settings.ts';

const settings: ClientSettings = {
  path: '/home/me/settings.toml',
  exists: true,
  appearance: { theme: 'dark', tabs: 'top' },
  terminal: sampleTerminal,
  keys: {},
  ownThemes: [],
  hasScreenReader: false,
  modes: [{ name: 'code', description: 'Works in the project', stance: 'ask' }],
  providers: [
    { id: 'work', kind: 'xai', isEnabled: true, keySource: '$XAI_API_KEY', keyPlace: 'environment' },
  ],
  aliases: [{ name: 'fast', reference: 'work/grok' }],
  tabBudget: { turns: 5 },
  defaults: { mode: 'code' },
  profiles: [
    {
      name: 'zsh',
      source: 'shell',
      origin: '/etc/shells',
      isChanged: false,
      commandLine: '/bin/zsh',
      isHidden: false,
    },
  ],
  keychain: { status: 'available' },
};
const rows = settingRows(settings);

it('knows a row of every section', () => {
  expect([...new Set(rows.map(({ section }) => section))]).toEqual([...SECTIONS]);
});

it.each([
  ['CURSOR', ['Cursor', 'Cursor without focus', 'Blinking cursor']],
  ['blink term', ['Blinking cursor']],
  ['font_size', ['Size']],
  ['xai_api', ['work']],
  ['grok', ['fast']],
  ['new tabs', ['Model of new tabs', 'Mode of new tabs']],
  ['nothing of this', []],
])('finds %j', (search, names) => {
  expect(findSettings(rows, search).map(({ name }) => name)).toEqual(names);
});
