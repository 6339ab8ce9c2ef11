import { expect, it } from 'vitest';
import type { OwnKeys } from '../shared/key-bindings.ts';
import { keysNotice } from './keys-notice.ts';

function told(own: OwnKeys, platform: NodeJS.Platform = 'linux') {
  const notice = keysNotice(own, { platform, hostKind: 'desktop' });
  return notice && [notice.title, ...notice.body.split('\n')];
}

it('tells what the shell loses', () => {
  const own = { 'tab.new': [{ key: 'Mod+T' }], 'terminal.find': [{ key: 'Ctrl+Shift+R' }] };
  expect([told(own), told(own, 'darwin'), told({})]).toEqual([
    [
      'A key no longer reaches the shell',
      'Ctrl+T is “New tab” now. The shell then does not get it, where it swaps two characters.',
    ],
    undefined,
    undefined,
  ]);
});

it('tells of two commands with one key, and leaves what takes a built-in one to Settings', () => {
  const own = {
    'tab.new': [{ key: 'F6' }],
    'tab.close': [{ key: 'F6' }, { key: 'Ctrl+Shift+P' }],
    'tab.fork': [{ key: 'F6', when: 'web' }],
  };
  expect(told(own)).toEqual([
    'Two commands have one key',
    'F6 has two commands: “Close tab”, which stands later in the file, wins over “New tab”.',
  ]);
});

it('tells no more than one reads', () => {
  const letters = 'ABCDEFGH'.split('').map((letter) => ({ key: `Ctrl+${letter}` }));
  expect(told({ usage: letters })?.slice(5)).toEqual([expect.stringContaining('Ctrl+D'), '… and 3 more.']);
});
