import { describe, expect, it } from 'vitest';
import type { ModelReference } from '../../../shared/models.ts';
import { firstVisible, groupsInPage, topOf } from './list-window.ts';

const group = (name: string, count: number) => ({
  name,
  choices: Array.from({ length: count }, (_, index) => ({
    reference: `${name}/${index}` as ModelReference,
    aliases: [],
  })),
});
/** Tops: heading 0, rows 32, 68, 104 · heading 140, rows 172, 208. */
const groups = [group('a', 3), group('b', 2)];

describe('groupsInPage', () => {
  it('keeps the height of what it leaves out, before and after', () => {
    const [a, b] = groupsInPage(groups, 1, 4);
    expect(a).toMatchObject({ name: 'a', height: 108, above: 36 });
    expect(b).toMatchObject({ name: 'b', height: 72, above: 0 });
    expect([a, b].map((group) => group?.rows.map(({ choice, index }) => [choice.reference, index]))).toEqual([
      [
        ['a/1', 1],
        ['a/2', 2],
      ],
      [['b/0', 3]],
    ]);
  });

  it.each([
    [-10, 100, [3, 2]],
    [3, 100, [0, 2]],
    [0, 3, [3, 0]],
    [5, 9, [0, 0]],
  ])('from %d to %d has %j rows', (from, to, expected) => {
    const inPage = groupsInPage(groups, from, to);
    expect(inPage.map(({ rows }) => rows.length)).toEqual(expected);
    expect(inPage.map(({ height }) => height)).toEqual([108, 72]);
  });
});

it.each([
  [0, 32],
  [2, 104],
  [3, 172],
  [4, 208],
])('option %d begins at %d px, and is the first to be seen there', (index, top) => {
  expect(topOf(groups, index)).toBe(top);
  expect(firstVisible(groups, top)).toBe(index);
  expect(firstVisible(groups, top + 35)).toBe(index);
});

it.each([
  [0, 0],
  [140, 3],
  [1000, 5],
])('scrolled by %d px, option %d is the first to be seen', (scrollTop, index) => {
  expect(firstVisible(groups, scrollTop)).toBe(index);
});
