import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { webStarter } from '../tests/e2e/harness/web.ts';
import { homeWithTabs, launchBrowser } from './lib/app.ts';
import { comparePairs, describePairs } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';
import { startTalker } from './lib/talker.ts';

const KEYS = 100;
/** Beyond the quickest model there is. */
const TOKENS_PER_SECOND = 4000;

/** What a streaming agent costs those who type beside it. */
export const streamRows: Row[] = [
  {
    id: 'P12-echo',
    goal: atMost(
      3,
      `an idle app, slowest key of a hundred to echo, with ${TOKENS_PER_SECOND} tokens/s shown beside it`,
    ),
    async measure() {
      await using talker = await startTalker({ tokensPerSecond: TOKENS_PER_SECOND });
      const settings = `
[providers.bench]
kind = "openai-compatible"
base_url = "${talker.baseUrl}"
models = ["talker"]
`;
      using home = homeWithTabs(1, { settings, model: 'bench/talker' });
      await using browser = await launchBrowser();
      const host = await webStarter(browser)(home, {});
      try {
        await beginTyping(host.page);
        const pairs = await comparePairs(
          async () => {
            await talk(host.page);
            const delayMs = await slowestEcho(host.page);
            await host.page.getByRole('button', { name: 'Stop', exact: true }).click();
            return delayMs;
          },
          () => slowestEcho(host.page),
        );
        return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
      } finally {
        await host.kill();
      }
    },
  },
];

async function talk(page: Page): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.fill('Talk.');
  await message.press('Enter');
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await page.getByRole('log', { name: 'Conversation' }).getByText('word word').last().waitFor();
}

/** A program that only echoes, and notes of how long each key took until its echo was drawn. */
async function beginTyping(page: Page): Promise<void> {
  await focusTerminal(page);
  await page.getByRole('region', { name: 'Terminal' }).evaluate(noteEchoes);
  await page.keyboard.type('cat\n');
}

async function focusTerminal(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Terminal input' }).focus();
}

/** The 99th of a hundred delays. */
async function slowestEcho(page: Page): Promise<number> {
  await focusTerminal(page);
  await page.evaluate(() => Object.assign(globalThis, { echoDelays: [] }));
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('k');
    await wait(20 + ((key * 7) % 11));
  }
  const read = () =>
    page.evaluate(() => (globalThis as unknown as { echoDelays: readonly number[] }).echoDelays);
  let delays = await read();
  while (delays.length < KEYS) {
    await wait(20);
    delays = await read();
  }
  return delays.toSorted((one, two) => one - two).at(-2) ?? Number.NaN;
}

type Terminal = {
  readonly buffer: { readonly active: { readonly cursorX: number } };
  onRender(listener: () => void): void;
};

/** Runs in the page. A key's time is the browser's: it counts what the page was busy with before it took the key. */
function noteEchoes(region: { querySelectorAll(selector: string): Iterable<object> }): void {
  const host = [...region.querySelectorAll('*')].find((element) => 'carrelTerminal' in element);
  const { carrelTerminal: terminal } = host as { carrelTerminal: Terminal };
  const waiting: number[] = [];
  let column = 0;
  addEventListener('keydown', ({ timeStamp }) => waiting.push(timeStamp), true);
  terminal.onRender(() => {
    const { cursorX } = terminal.buffer.active;
    const isEchoed = cursorX !== column;
    column = cursorX;
    if (!isEchoed) return;
    const { echoDelays = [] } = globalThis as unknown as { echoDelays?: number[] };
    for (const pressedAt of waiting.splice(0)) echoDelays.push(performance.now() - pressedAt);
  });
}
