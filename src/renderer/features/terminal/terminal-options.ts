import type { ITerminalOptions } from '@xterm/xterm';
import type { TerminalSettings } from '../../../shared/app.ts';
import { token } from './terminal-theme.ts';

/** Milliseconds that scrolling by the wheel takes where it is smooth. */
const SMOOTH_SCROLL_MS = 125;

/** CSS pixels, as wide as xterm's scroll bar. */
const RULER_WIDTH = 14;

const reducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)');

/** What xterm is told of the settings, but for the measures of a cell. */
export function optionsFrom(settings: TerminalSettings): ITerminalOptions {
  const isStill = reducedMotion().matches;
  return {
    fontFamily: [settings.fontFamily, token('--font-mono')].filter(Boolean).join(', '),
    fontSize: settings.fontSize,
    fontWeight: settings.fontWeight,
    fontWeightBold: settings.fontWeightBold,
    minimumContrastRatio: settings.minimumContrast,
    scrollback: settings.scrollback,
    scrollSensitivity: settings.scrollSpeed,
    smoothScrollDuration: settings.smoothScrolling && !isStill ? SMOOTH_SCROLL_MS : 0,
    cursorStyle: settings.cursorStyle,
    cursorInactiveStyle: settings.cursorInactiveStyle,
    cursorBlink: settings.cursorBlink && !isStill,
    wordSeparator: settings.wordSeparators,
    overviewRuler: { width: RULER_WIDTH },
    screenReaderMode: settings.screenReader === 'on',
  };
}

/**
 * Makes cells as high and wide as the settings want them, whatever the font: xterm multiplies the height of its box,
 * and cuts its width to whole pixels under WebGL.
 */
export function cellOptions(settings: TerminalSettings, isWebgl: boolean): ITerminalOptions {
  const { fontSize, fontWeight, letterSpacing, lineHeight } = settings;
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return { letterSpacing };
  context.font = `${fontWeight} ${fontSize}px ${optionsFrom(settings).fontFamily}`;
  const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('W');
  const deviceWidth = width * devicePixelRatio;
  const deviceHeight = Math.ceil((fontBoundingBoxAscent + fontBoundingBoxDescent) * devicePixelRatio);
  const wantedHeight = Math.round(fontSize * lineHeight) * devicePixelRatio;
  return {
    // A hair more, because xterm rounds down.
    lineHeight: Math.max(1, wantedHeight / deviceHeight + 0.001),
    letterSpacing: letterSpacing + (isWebgl ? Math.round(deviceWidth) - Math.floor(deviceWidth) : 0),
  };
}

/** Waits for the terminal's font, whose width sets the number of columns. */
export async function loadTerminalFont(settings: TerminalSettings): Promise<void> {
  const { fontFamily } = optionsFrom(settings);
  const { fontSize, fontWeight, fontWeightBold } = settings;
  // A family that is not there is the next one's turn.
  await Promise.allSettled(
    [fontWeight, fontWeightBold].map((weight) =>
      document.fonts.load(`${weight} ${fontSize}px ${fontFamily}`),
    ),
  );
}

/** Calls back when the system's wish for reduced motion changes, until it is disposed. */
export function onMotionChange(listener: () => void): Disposable {
  const query = reducedMotion();
  query.addEventListener('change', listener);
  return { [Symbol.dispose]: () => query.removeEventListener('change', listener) };
}
