import { z } from 'zod';
import type { Layout } from './state.ts';

export type LayoutStorage = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'carrel.layout';

/** CSS pixels; the greatest width is half of the window, which CSS sees to. */
export const LEAST_AGENT_WIDTH = 360;

const stored = z.object({
  isAgentVisible: z.boolean().catch(true),
  agentWidth: z.number().min(LEAST_AGENT_WIDTH).catch(520),
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
