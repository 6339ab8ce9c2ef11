import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { TemporaryHome } from '../tests/e2e/harness/home.ts';
import { webStarter } from '../tests/e2e/harness/web.ts';
import { median } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';

const MODELS = 1_000;
const ROUNDS = 5;
const OPEN_MS = 100;
const KEY_MS = 16;
const WORD = 'coder';
/** Between two key presses, as somebody types who looks at what each brings. */
const PAUSE_MS = 200;

/** From a key press to its painted frame, in the model picker with a thousand models: medians of five rounds. */
export const pickerRows: Row[] = [
  {
    id: 'picker-open',
    goal: atMost(1, `${OPEN_MS} ms, key press to the painted list of ${MODELS} models`),
    async measure() {
      const { opening } = await measurePicker();
      return { ratio: opening / OPEN_MS, details: `${opening.toFixed(1)} ms` };
    },
  },
  {
    id: 'picker-key',
    goal: atMost(1, `${KEY_MS} ms, the slowest key of "${WORD}" in the search field to the painted list`),
    async measure() {
      const { keys } = await measurePicker();
      const figures = keys.map((ms, index) => `${WORD.charAt(index)} ${ms.toFixed(1)}`).join(', ');
      return { ratio: Math.max(...keys) / KEY_MS, details: `${figures} ms` };
    },
  },
];

async function measurePicker(): Promise<{ opening: number; keys: number[] }> {
  using home = new TemporaryHome(settings());
  await using browser = await launchUnclockedBrowser();
  const host = await webStarter(browser)(home, {});
  try {
    const { page } = host;
    await page.getByRole('tab').first().waitFor();
    await page.evaluate(notePaints);
    const rounds: number[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound(page));
    const [opening = Number.NaN, ...keys] = (rounds[0] ?? []).map((_, index) =>
      median(rounds.map((round) => round[index] ?? Number.NaN)),
    );
    return { opening, keys };
  } finally {
    await host.kill();
  }
}

/** Opens the picker, types the word and closes it: the milliseconds of each but the last. */
async function measureRound(page: Page): Promise<number[]> {
  const figures: number[] = [];
  for (const key of ['Control+Shift+M', ...WORD.split('')]) {
    await wait(PAUSE_MS);
    await page.keyboard.press(key);
    figures.push(await page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted));
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Choose a model' }).waitFor({ state: 'hidden' });
  return figures;
}

/** Frames follow each other as fast as they are made: at 60 a second the wait for the next one alone would be the figure. */
function launchUnclockedBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CARREL_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-frame-rate-limit',
      '--disable-gpu-vsync',
    ],
  });
}

function settings(): string {
  const purposes = ['coder', 'chat', 'vision', 'mini'];
  const models = Array.from({ length: MODELS }, (_, index) => `${purposes[index % 4]}-${index}b`);
  return `
[providers.bench]
kind = "openai-compatible"
base_url = "http://127.0.0.1:9/v1"
models = ${JSON.stringify(models)}
`;
}

/** Runs in the page: each key press leaves the milliseconds until what it changed was painted, which the second frame tells. */
function notePaints(): void {
  const nextFrame = () => new Promise(requestAnimationFrame);
  async function untilPainted(from: number): Promise<number> {
    while (!document.querySelector('[role="option"]')) await nextFrame();
    await nextFrame();
    await nextFrame();
    return performance.now() - from;
  }
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key !== 'Control' && key !== 'Shift')
        Object.assign(globalThis, { painted: untilPainted(timeStamp) });
    },
    true,
  );
}
