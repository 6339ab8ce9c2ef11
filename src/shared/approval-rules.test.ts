import { describe, expect, it } from 'vitest';
import { parseRule } from './approval-rules.ts';

const wordsOf = (text: string) => {
  const parsed = parseRule(text, 'allow');
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value.type === 'command' ? parsed.value.words : parsed.value.type;
};

describe('a rule about commands', () => {
  it.each([
    ['git status', [['git'], ['status']]],
    ['  npm   run * ', [['npm'], ['run'], '*']],
    ['run_command(git *)', [['git'], '*']],
    [`npm run "test:*" 'a b'`, [['npm'], ['run'], ['test:*'], ['a b']]],
    ['npm run test:*', [['npm'], ['run'], ['test:', '']]],
    [String.raw`echo a\*b "c\"d"`, [['echo'], ['a*b'], ['c"d']]],
    ['./scripts/* *', [['./scripts/', ''], '*']],
    ['NODE_ENV=test npm test', [['npm'], ['test']]],
  ])('is read word by word: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    ['', /empty/],
    ['*', /does not name/],
    ['* --version', /does not name/],
    ['g* status', /does not name/],
    ['git status && npm test', /more than one plain command/],
    ['git log | head', /more than one plain command/],
    ['echo $HOME', /more than one plain command/],
    ['echo `x`', /more than one plain command/],
    ['echo "a', /quote is not closed/],
    ['echo "$x"', /shell would replace/],
    ['echo a\\', /backslash/],
    ['git\u200b status', /cannot be seen/],
    ['git\nstatus', /cannot be seen/],
    ['A=1', /names no program/],
    ['x'.repeat(1001), /1000 characters/],
  ])('is refused: %j', (text, error) => {
    const parsed = parseRule(text, 'allow');
    expect(parsed).toMatchObject({ ok: false, error: expect.stringMatching(error) as string });
  });

  it('may name any program where it denies', () => {
    expect([parseRule('*', 'deny').ok, parseRule('*evil* *', 'ask').ok]).toEqual([true, true]);
  });
});

describe('a rule about another tool', () => {
  it.each([
    ['write_file(src/**)', 'path'],
    ['read_file(~/notes/*.md)', 'path'],
    ['fetch_url(https://docs.example.com/*)', 'address'],
    ['fetch_url(https://*.example.com)', 'address'],
    ['fetch_url(*)', 'tool'],
    ['server__tool(*)', 'tool'],
  ])('is read: %s', (text, type) => {
    expect(wordsOf(text)).toBe(type);
  });

  it.each([
    ['Bash(git *)', /small letters/],
    ['write_file()', /names no path/],
    ['write_file(src/../**)', /"\.\."/],
    ['fetch_url(docs.example.com)', /https:\/\/HOST/],
    ['fetch_url(file:///etc/passwd)', /https:\/\/HOST/],
    ['wirte_file(src/**)', /every use/],
  ])('is refused: %s', (text, error) => {
    expect(parseRule(text, 'allow')).toMatchObject({ error: expect.stringMatching(error) as string });
  });
});
