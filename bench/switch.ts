import type { Page } from '@playwright/test';
import { webStarter } from '../tests/e2e/harness/web.ts';
import { homeWithTabs, launchBrowser } from './lib/app.ts';
import type { Row } from './lib/row.ts';
import { startTalker } from './lib/talker.ts';

const TABS = 50;
const STREAMING_TABS = 10;
const PICKS = 100;
const LIMIT_MS = 50;

/** From Enter in the model picker to the answer that the row is committed. */
export const switchRows: Row[] = [
  {
    id: 'P15',
    goal: {
      text: `p99 ≤ 1 × ${LIMIT_MS} ms, pick to committed row, ${TABS} tabs, ${STREAMING_TABS} streaming`,
      isMet: (ratio) => ratio <= 1,
    },
    async measure() {
      await using talker = await startTalker();
      using home = homeWithTabs(TABS, settingsFor(talker.baseUrl));
      await using browser = await launchBrowser();
      const host = await webStarter(browser)(home, {});
      try {
        await stream(host.page);
        const delays = await pick(host.page);
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
[defaults]
model = "bench/talker"

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

/** Picks two models in turn, by keys alone, while the tab in front stands still. */
async function pick(page: Page): Promise<number[]> {
  await page.evaluate(timePicks);
  for (let number = 0; number < PICKS; number += 1) {
    await page.keyboard.press('Control+Shift+M');
    await page
      .getByRole('combobox', { name: 'Search models' })
      .fill(number % 2 === 0 ? 'bench/one' : 'bench/two');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Choose a model' }).waitFor({ state: 'hidden' });
  }
  return page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
}

/** Listens in the page: from the key's event to the answer of the call that it led to. */
function timePicks(): void {
  const delays: number[] = [];
  let pressedAt = 0;
  let awaited: unknown;
  const heard = new WeakSet<WebSocket>();
  const send: (this: WebSocket, data: string) => void = Reflect.get(WebSocket.prototype, 'send');
  Object.assign(globalThis, { delays });
  addEventListener('keydown', (event) => event.key === 'Enter' && (pressedAt = performance.now()), true);
  WebSocket.prototype.send = function sendAndListen(data: string) {
    const { id, name } = JSON.parse(data) as { id: unknown; name: string };
    if (name === 'session.setModel') awaited = id;
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', ({ data: answer }) => {
        if (awaited === undefined || typeof answer !== 'string') return;
        const { id: answered, answer: result } = JSON.parse(answer) as {
          id?: unknown;
          answer?: { ok: boolean };
        };
        if (answered !== awaited) return;
        awaited = undefined;
        if (!result?.ok) throw new Error('A pick failed');
        delays.push(performance.now() - pressedAt);
      });
    }
    send.call(this, data);
  };
}
