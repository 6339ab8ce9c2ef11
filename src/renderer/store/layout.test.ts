import { expect, it } from 'vitest';
import { zoomAfter, zoomedFontSize } from './layout.ts';

it('zooms by a pixel, within what can be read, and back', () => {
  expect([
    zoomAfter(13, 0, 1),
    zoomAfter(13, 2, -1),
    zoomAfter(6, 0, -1),
    zoomAfter(40, 20, 1),
    zoomAfter(13, 5, 0),
  ]).toEqual([1, 1, 0, 20, 0]);
});

it('holds for a font size that was changed since', () => {
  expect([zoomedFontSize(13, 2), zoomedFontSize(8, -5), zoomedFontSize(40, 25)]).toEqual([15, 6, 60]);
});
