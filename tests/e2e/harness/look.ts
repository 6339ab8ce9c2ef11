import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from '@playwright/test';
import type { Carrel } from './carrel.ts';
import { expect, test } from './test.ts';

/** A folder for pictures that somebody wants to look at. */
const WANTED = process.env['CARREL_SCREENSHOTS'];

type View = { readonly colorScheme: 'dark' | 'light'; readonly viewport: { width: number; height: number } };

const ALL: Readonly<Record<string, View>> = {
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 820 } },
  light: { colorScheme: 'light', viewport: { width: 1280, height: 820 } },
  narrow: { colorScheme: 'dark', viewport: { width: 800, height: 820 } },
};

/** Where pictures are wanted all ways of looking at the window, else the one with the least room: there things do not fit first. */
export const VIEWS: readonly (readonly [name: string, context: BrowserContextOptions & View])[] =
  Object.entries(ALL).filter(([name]) => WANTED !== undefined || name === 'narrow');

/** Takes a picture for a person to look at, and checks that nothing sticks out sideways. */
export async function look({ page }: Carrel, name: string): Promise<void> {
  const folder = WANTED ?? test.info().outputPath('screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  const [width, visibleWidth] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  expect(width).toBeLessThanOrEqual(visibleWidth);
}
