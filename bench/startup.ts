import type { Browser } from '@playwright/test';
import { PROMPT, type TemporaryHome } from '../tests/e2e/harness/home.ts';
import { webStarter } from '../tests/e2e/harness/web.ts';
import { homeWithTabs, LAST_LINE, launchBrowser, storedScreen } from './lib/app.ts';
import { openClientPages, type ClientPages } from './lib/client-page.ts';
import { comparePairs, describePairs } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';

const TABS = 50;

/** Launch to a usable window: the active tab's stored screen is drawn, and below it its new shell has prompted. */
export const startupRows: Row[] = [
  {
    id: 'P9',
    goal: atMost(1.3, 'a launch with one tab'),
    async measure() {
      await using browser = await launchBrowser();
      using many = homeWithTabs(TABS);
      using one = homeWithTabs(1);
      const pairs = await comparePairs(
        async () => (await launch(browser, many)).launchMs,
        async () => (await launch(browser, one)).launchMs,
      );
      return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
    },
  },
  {
    id: 'P9-at-once',
    goal: atMost(0.05, 'drawing the screens of all 50 tabs at once'),
    async measure() {
      await using browser = await launchBrowser();
      await using pages = await openClientPages();
      using many = homeWithTabs(TABS);
      const pairs = await comparePairs(
        async () => (await launch(browser, many)).restoreMs,
        () => drawAll(pages),
      );
      return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
    },
  },
];

/**
 * `launchMs` from the start of the process to the prompt; `restoreMs` from when the terminal is on the page, as empty as those that
 * are all drawn at once, until it shows the stored screen.
 */
async function launch(
  browser: Browser,
  home: TemporaryHome,
): Promise<{ launchMs: number; restoreMs: number }> {
  const startedAt = performance.now();
  const host = await webStarter(browser)(home, {});
  try {
    const restoreMs = await host.page.evaluate(
      async ([lastLine, prompt]) => {
        const nextFrame = () => new Promise(requestAnimationFrame);
        type Screen = {
          carrelTerminal?: {
            buffer: {
              active: {
                length: number;
                getLine(index: number): { translateToString(trim: boolean): string } | undefined;
              };
            };
          };
        };
        const terminal = () => (document.querySelector('.terminal-host') as Screen | null)?.carrelTerminal;
        while (!terminal()) await nextFrame();
        const openedAt = performance.now();
        const lastLines = () => {
          const buffer = terminal()?.buffer.active;
          if (!buffer) return [];
          return Array.from({ length: 60 }, (_, index) =>
            buffer.getLine(buffer.length - 1 - index)?.translateToString(true),
          );
        };
        while (!lastLines().includes(lastLine)) await nextFrame();
        const restoredAt = performance.now();
        while (!lastLines().some((line) => line?.startsWith(prompt))) await nextFrame();
        return restoredAt - openedAt;
      },
      [LAST_LINE, PROMPT.trim()] as const,
    );
    return { launchMs: performance.now() - startedAt, restoreMs };
  } finally {
    await host.kill();
  }
}

/** As an app does that brings every tab back at its start: a live terminal a tab. */
async function drawAll(pages: ClientPages): Promise<number> {
  await using visit = await pages.visit();
  return await visit.page.evaluate(
    ([text, count]) =>
      (globalThis as unknown as { drawAtOnce(text: string, count: number): Promise<number> }).drawAtOnce(
        text,
        count,
      ),
    [storedScreen, TABS] as const,
  );
}
