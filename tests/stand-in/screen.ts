import { refuseUnknown } from './emitter.ts';

export type Size = { width: number; height: number };
export type Rectangle = Size & { x: number; y: number };

const WHOLE: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

/** The one display there is: what a headless browser is shown on is nobody's. */
export const DISPLAY = {
  id: 1,
  label: 'Stand-in',
  bounds: WHOLE,
  workArea: WHOLE,
  size: { width: WHOLE.width, height: WHOLE.height },
  workAreaSize: { width: WHOLE.width, height: WHOLE.height },
  scaleFactor: 1,
  internal: true,
};

export const screen = refuseUnknown('screen', {
  getAllDisplays: () => [DISPLAY],
  getPrimaryDisplay: () => DISPLAY,
  getDisplayMatching: () => DISPLAY,
});
