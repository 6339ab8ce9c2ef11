import { expect, it } from 'vitest';
import { inWords, nearestNames, parseSlash } from './syntax.ts';

it.each<[string, ReturnType<typeof parseSlash>]>([
  ['/model', { name: 'model', argument: '' }],
  ['/Model  local/one ', { name: 'model', argument: 'local/one' }],
  ['/title My\ntab', { name: 'title', argument: 'My\ntab' }],
  ['/', { name: '', argument: '' }],
  ['/etc/hosts is odd', undefined],
  [' /model', undefined],
  ['What is /model?', undefined],
  ['//', undefined],
])('%j', (text, expected) => {
  expect(parseSlash(text)).toEqual(expected);
});

it('finds what a mistyped name may stand for, nearest first', () => {
  const names = ['model', 'mode', 'effort', 'help'];
  expect([nearestNames('modle', names), nearestNames('h', names), nearestNames('zzzzzz', names)]).toEqual([
    ['mode', 'model'],
    ['help'],
    [],
  ]);
});

it('lists names as one would say them', () => {
  expect([inWords(['a']), inWords(['a', 'b']), inWords(['a', 'b', 'c'])]).toEqual([
    'a',
    'a or b',
    'a, b or c',
  ]);
});
