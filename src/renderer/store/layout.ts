import { z } from 'zod';
import type { Layout } from './state.ts';

export type LayoutStorage = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'carrel.layout';

/** CSS pixels; the greatest width is half of the window, which CSS sees to. */
export const LEAST_AGENT_WIDTH = 360;

/** CSS pixels; the greatest width is four tenths of the window, which CSS sees to. */
export const LEAST_RAIL_WIDTH = 160;

/** Of a terminal's text, in CSS pixels. */
const LEAST_FONT_SIZE = 6;
const GREATEST_FONT_SIZE = 60;

export function zoomedFontSize(fontSize: number, zoom: number): number {
  return Math.min(Math.max(fontSize + zoom, LEAST_FONT_SIZE), GREATEST_FONT_SIZE);
}

/** The zoom after one more step; 0 takes it back. */
export function zoomAfter(fontSize: number, zoom: number, step: -1 | 0 | 1): number {
  return step === 0 ? 0 : zoomedFontSize(fontSize, zoom + step) - fontSize;
}

const stored = z.object({
  isAgentVisible: z.boolean().catch(true),
  agentWidth: z.number().min(LEAST_AGENT_WIDTH).catch(520),
  railWidth: z.number().min(LEAST_RAIL_WIDTH).catch(248),
  terminalZoom: z.number().catch(0),
});

/** How this window was arranged last; the usual arrangement where nothing usable is stored. */
export function loadLayout(storage: LayoutStorage): Layout {
  try {
    return stored.parse(JSON.parse(storage.getItem(KEY) ?? '{}'));
  } catch {
    return stored.parse({});
  }
}

export function saveLayout(storage: LayoutStorage, layout: Layout): void {
  try {
    storage.setItem(KEY, JSON.stringify(layout));
  } catch {
    // A full or forbidden storage costs the arrangement only.
  }
}
