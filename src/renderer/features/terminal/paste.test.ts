import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { PasteReason } from '../../../shared/app.ts';
import { cleanPaste, decidePaste, quotePaths } from './paste.ts';

describe('a paste', () => {
  it('loses control characters, but not tabs and line feeds', () => {
    expect(cleanPaste('a\tb\nc\0\u0003\u0004\u0007\u0008\u000b\u001b[31m\u007f\u0080\u009b201~\u0085d')).toBe(
      'a\tb\nc[31m201~d',
    );
  });

  it('cannot tell its own end, split, nested or as one character', () => {
    for (const end of [
      '\u001b[201~',
      '\u009b201~',
      '\u001b[20\u001b[201~1~',
      '\u001b\u001b[201~[201~',
      '\u001b\u0000[201~',
      '\u001b[201\u001b~',
    ]) {
      expect(cleanPaste(`a${end}\rrm -rf`)).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  it('has one kind of line end', () => {
    expect(cleanPaste('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n');
  });

  it('keeps all other text as it is', () => {
    const text = 'ünï 漢字 👩‍💻 \u202eevil\u202c $(x) `y` !! \\n \'q\' "z" # ~ *';
    expect(decidePaste(text, { isBracketed: false, asksAbout: ['lines', 'sudo'] })).toEqual({
      text,
      reasons: [],
    });
  });

  it('asks about lines that would run one by one, and about sudo', () => {
    const reasons = (text: string, isBracketed: boolean) =>
      decidePaste(text, { isBracketed, asksAbout: ['lines', 'sudo'] }).reasons;
    expect(reasons('ls', false)).toEqual([]);
    expect(reasons('ls\n', false)).toEqual(['lines']);
    expect(reasons('ls\rls', false)).toEqual(['lines']);
    expect(reasons('ls\nls', true)).toEqual([]);
    expect(reasons('sudo ls', true)).toEqual(['sudo']);
    expect(reasons('ls\n\t sudo ls', true)).toEqual(['sudo']);
    expect(reasons('s\u0000udo ls\nls', false)).toEqual(['lines', 'sudo']);
    expect(reasons('echo sudo\nsudoku', true)).toEqual([]);
  });

  it('asks nothing that the settings do not want', () => {
    const reasons = (asksAbout: PasteReason[]) =>
      decidePaste('sudo ls\n', { isBracketed: false, asksAbout }).reasons;
    expect(reasons([])).toEqual([]);
    expect(reasons(['sudo'])).toEqual(['sudo']);
  });
});

describe('dropped paths', () => {
  const NAMES = [
    'plain',
    'with space',
    "it's",
    'a"b',
    'new\nline',
    'back\\slash\\',
    '$(id)',
    '`id`',
    'tab\tesc\u001b[201~',
    '*?[x]',
    '~',
    '!x',
    '-rf',
    '漢字🙂',
    'a;b&c|d>e',
    '#c',
    '\u009bc1',
  ];
  const paths = NAMES.map((name) => `/tmp/${name}`);

  it('are words of the shell, one each', () => {
    const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${quotePaths(paths)}`], { encoding: 'utf8' });
    expect(printed.split('\0').slice(0, -1)).toEqual(paths);
  });

  it('stay as they are where nothing needs quotes', () => {
    expect(quotePaths(['/a/b-c_d.txt', '/e f'])).toBe("/a/b-c_d.txt '/e f'");
  });

  it('hold nothing that a paste would lose', () => {
    expect(cleanPaste(quotePaths(paths))).toBe(quotePaths(paths));
  });
});
