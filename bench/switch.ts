import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { webStarter } from '../tests/e2e/harness/web.ts';
import { homeWithTabs, launchBrowser } from './lib/app.ts';
import type { Row } from './lib/row.ts';
import { startTalker } from './lib/talker.ts';

const TABS = 50;
const STREAMING_TABS = 10;
const PICKS = 100;
const LIMIT_MS = 50;

/** From Enter in the model picker to the committed row. */
export const switchRows: Row[] = [
  {
    id: 'P15',
    goal: {
      text: `p99 ≤ 1 × ${LIMIT_MS} ms, pick to committed row, ${TABS} tabs, ${STREAMING_TABS} streaming`,
      isMet: (ratio) => ratio <= 1,
    },
    async measure() {
      await using talker = await startTalker();
      using home = homeWithTabs(TABS, {
        settings: settingsFor(talker.baseUrl),
        model: 'bench/talker',
      });
      await using browser = await launchBrowser();
      const host = await webStarter(browser)(home, {});
      try {
        await stream(host.page);
        const delays = await pick(host.page, home.archive);
        const sorted = delays.toSorted((left, right) => left - right);
        const [p50, p99] = [0.5, 0.99].map(
          (share) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN,
        );
        const details = `p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms of ${delays.length} picks; ${talker.talking} tabs were streaming at the end`;
        return { ratio: (p99 ?? Number.NaN) / LIMIT_MS, details };
      } finally {
        await host.kill();
      }
    },
  },
];

function settingsFor(baseUrl: string): string {
  return `
[providers.bench]
kind = "openai-compatible"
base_url = "${baseUrl}"
models = ["talker", "one", "two"]
`;
}

async function stream(page: Page): Promise<void> {
  await page.getByRole('tab').first().waitFor();
  await page.getByRole('tab', { name: 'tab 49' }).click();
  for (let tab = 0; tab < STREAMING_TABS; tab += 1) {
    await page.getByRole('tab', { name: `tab ${tab}`, exact: true }).click();
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill('Talk.');
    await message.press('Enter');
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  }
  await page.getByRole('tab', { name: 'tab 30', exact: true }).click();
}

/** Picks two models in turn, by keys alone, and gives the milliseconds from each Enter to its row in the archive. */
async function pick(page: Page, archive: string): Promise<number[]> {
  await page.evaluate(noteEnter);
  using resources = new DisposableStack();
  const database = resources.adopt(new Database(archive, { readonly: true }), (database) => database.close());
  const rows = database.prepare("SELECT value FROM session_config WHERE key = 'model'").pluck();
  const delays: number[] = [];
  for (let number = 0; number < PICKS; number += 1) {
    const model = number % 2 === 0 ? 'bench/one' : 'bench/two';
    await page.keyboard.press('Control+Shift+M');
    await page.getByRole('combobox', { name: 'Search models' }).fill(model);
    const pressed = page.keyboard.press('Enter');
    while (rows.get() !== model) await wait(1);
    const committedAt = performance.timeOrigin + performance.now();
    await pressed;
    delays.push(
      committedAt - (await page.evaluate(() => (globalThis as unknown as { enteredAt: number }).enteredAt)),
    );
    await page.getByRole('dialog', { name: 'Choose a model' }).waitFor({ state: 'hidden' });
  }
  return delays;
}

/** Keeps in the page when Enter was last pressed, on the clock that the bench reads too. */
function noteEnter(): void {
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') Object.assign(globalThis, { enteredAt: performance.timeOrigin + timeStamp });
    },
    true,
  );
}
