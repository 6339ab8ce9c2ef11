import { describe, expect, it } from 'vitest';
import { bindingsOf, conflictsOf, keysOf, shellLoss, type OwnKeys } from './key-bindings.ts';
import { isWhen } from './when.ts';

const facts = { mac: false, desktop: true, web: false };

/** As `command key when`, those that win first; only of commands that are named. */
function bindings(own: OwnKeys): string[] {
  return bindingsOf(own, false)
    .filter(({ command }) => Object.hasOwn(own, command) || command === 'terminal.find')
    .map(({ command, keys, when, source }) => [command, keys, when, source].join(' | '));
}

function conflicts(own: OwnKeys): string[] {
  return conflictsOf(bindingsOf(own, false), facts).map(
    ({ winner, loser }) => `${winner.command} over ${loser.command}`,
  );
}

describe('bindingsOf', () => {
  it('lets the later in the file win before the earlier, and yours before built-in ones', () => {
    expect(
      bindings({
        'tab.new': [{ key: 'Ctrl+T' }, { key: 'F6' }],
        palette: [],
        'terminal.copy': [{ key: 'Mod+C' }, { key: 'Ctrl+Insert', when: '' }],
      }),
    ).toEqual([
      'terminal.copy | Ctrl+Insert |  | yours',
      'terminal.copy | Ctrl+C | terminal && !find | yours',
      'tab.new | F6 |  | yours',
      'tab.new | Ctrl+T |  | yours',
      'terminal.find | Ctrl+Shift+F |  | built-in',
    ]);
  });

  it('leaves a dialog its keys, but for commands of dialogs and conditions that name it', () => {
    const own = {
      palette: [{ key: 'F1' }],
      'tab.new': [{ key: 'F2' }],
      'tab.close': [{ key: 'F3', when: 'dialog' }],
    };
    const inDialog = bindingsOf(own, false)
      .filter(({ condition }) => isWhen(condition, (name) => name === 'dialog'))
      .filter(({ source }) => source === 'yours');
    expect(inDialog.map(({ command }) => command)).toEqual(['tab.close', 'palette']);
  });

  it('passes over commands of another version', () => {
    expect(bindingsOf({ 'no.such': [{ key: 'F6' }] }, false)).toEqual(bindingsOf({}, false));
  });
});

it('shows the first key of a command, and none where there is none', () => {
  const own = { 'tab.new': [{ key: 'Mod+K N' }, { key: 'F6' }], palette: [] };
  const shown = (['tab.new', 'palette', 'tab.close'] as const).map((command) => keysOf(command, own, true));
  expect(shown).toEqual(['Meta+K N', undefined, 'Meta+W']);
});

describe('conflictsOf', () => {
  it('finds none among the built-in keys', () => {
    const hosts = [
      { desktop: true, web: false },
      { desktop: false, web: true },
    ];
    const found = [true, false].flatMap((mac) =>
      hosts.flatMap((host) => conflictsOf(bindingsOf({}, mac), { mac, ...host })),
    );
    expect(found).toEqual([]);
  });

  it('finds two commands with one key, also where one is the beginning of two chords', () => {
    expect(
      conflicts({
        'tab.new': [{ key: 'Ctrl+Shift+F' }],
        'tab.close': [{ key: 'F6' }],
        'tab.fork': [{ key: 'F6' }, { key: 'F6' }],
        'tab.next': [{ key: 'Ctrl+K' }],
        'tab.previous': [{ key: 'Ctrl+K Ctrl+S' }],
        'tab.usage': [{ key: 'Ctrl+K Ctrl+T' }],
      }).toSorted(),
    ).toEqual([
      'tab.fork over tab.close',
      'tab.fork over tab.close',
      'tab.new over terminal.find',
      'tab.previous over tab.next',
      'tab.usage over tab.next',
    ]);
  });

  it('finds none where the conditions cannot hold together here', () => {
    expect(
      conflicts({
        'tab.new': [{ key: 'F6', when: 'terminal' }],
        'tab.close': [{ key: 'F6', when: 'agent' }],
        'tab.fork': [{ key: 'F6', when: 'web || mac' }],
      }),
    ).toEqual([]);
  });
});

describe('shellLoss', () => {
  const lossOf = (key: string, when = '') =>
    bindingsOf({ usage: [{ key, when }] }, false).flatMap((binding) =>
      binding.source === 'yours' ? [shellLoss(binding)] : [],
    )[0];

  it.each([
    ['Ctrl+R', '', 'it searches the history'],
    ['Mod+C', 'terminal && hasSelection', 'it interrupts the running program'],
    ['Ctrl+K Ctrl+S', '', 'it cuts the rest of the line'],
    ['Enter', '', 'programs need it'],
    ['Ctrl+R', 'agent', undefined],
    ['Ctrl+R', 'find', undefined],
    ['Ctrl+Shift+R', '', undefined],
    ['Enter', 'messageBox', undefined],
    ['F6', '', undefined],
  ])('of %s when %j', (key, when, loss) => {
    expect(lossOf(key, when)).toBe(loss);
  });

  it('is none by any built-in key, on every keyboard', () => {
    const losing = [true, false].flatMap((mac) =>
      bindingsOf({}, mac).filter((binding) => shellLoss(binding)),
    );
    expect(losing).toEqual([]);
  });

  it('knows what each letter does', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').filter((letter) => !lossOf(`Ctrl+${letter}`));
    expect(letters).toEqual([]);
  });
});
