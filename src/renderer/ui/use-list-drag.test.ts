import { expect, it } from 'vitest';
import { positionAt } from './use-list-drag.ts';

it('counts positions without the item that is dragged', () => {
  expect([positionAt(0, 2), positionAt(2, 2), positionAt(3, 2), positionAt(5, 2)]).toEqual([0, 2, 2, 4]);
});
