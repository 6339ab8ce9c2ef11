import { join } from 'node:path';
import { mkdirSync, statSync } from 'node:fs';
import type { BrowserContextOptions } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import type { ProviderServer } from './harness/provider-server.ts';
import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const ANSWER = `The tests fail because \`parse\` gets an **empty line**. Two ways out:

1. Skip empty lines before parsing.
2. Let \`parse\` answer \`undefined\`.

\`\`\`ts
export function parse(line: string): Entry | undefined {
  if (line.trim() === '') return undefined;
  return { text: line, isLong: line.length > 80 };
}
\`\`\`

| file | failures |
|---|---|
| src/parse.ts | 3 |
| src/a-file-with-quite-a-long-name-in-a-deep-folder/index.ts | 1 |
`;

/** Takes a picture for a person to look at, and checks that nothing sticks out sideways. */
async function look(carrel: Carrel, name: string): Promise<void> {
  const folder = process.env['CARREL_SCREENSHOTS'] ?? test.info().outputPath('screenshots');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await carrel.page.screenshot({ path, animations: 'disabled' });
  expect(statSync(path).size).toBeGreaterThan(1_000);
  const [width, visibleWidth] = await carrel.page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  expect(width).toBeLessThanOrEqual(visibleWidth);
}

async function work(carrel: Carrel, provider: ProviderServer): Promise<void> {
  provider.answer('m1', {
    text: ANSWER,
    reasoning: 'The stack trace names parse.',
    usage: { input: 1200, output: 340 },
  });
  await carrel.expectPrompt();
  await carrel.type("ls --color=always /usr; printf '\\e[31mred \\e[32mgreen \\e[34mblue\\e[0m\\n'\n");
  await carrel.expectTerminal('red green blue');
  await carrel.send('Why do the tests fail?');
  await carrel.waitForAnswer('a-file-with-quite-a-long-name');
}

const VIEWS: Record<string, BrowserContextOptions> = {
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 820 } },
  light: { colorScheme: 'light', viewport: { width: 1280, height: 820 } },
  narrow: { colorScheme: 'dark', viewport: { width: 800, height: 820 } },
  // What zoom does to a window of 1280 × 820.
  zoomed: { colorScheme: 'dark', viewport: { width: 640, height: 410 }, deviceScaleFactor: 2 },
};

for (const [name, context] of Object.entries(VIEWS)) {
  test(`looks right: ${name}`, async ({ launchWeb, provider }) => {
    const second = providerSettings(provider, {
      id: 'elsewhere',
      models: ['m7', 'm8'],
      apiKey: '$CARREL_MISSING_KEY',
    });
    const carrel = await launchWeb({ settings: usualSettings(provider) + second, context });
    await look(carrel, `${name}-empty`);
    await work(carrel, provider);
    await look(carrel, `${name}-main`);
    await carrel.openModelPicker();
    await look(carrel, `${name}-picker`);
    await carrel.page.keyboard.press('Escape');
    provider.answer('m1', {
      error: { status: 429, message: 'Too many requests', headers: { 'retry-after': '20' } },
    });
    await carrel.send('And now?');
    await expect(carrel.conversation.getByRole('alert')).toBeVisible();
    await look(carrel, `${name}-error`);
  });
}

test('looks right: desktop', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.renameTab(1, 'A tab with a title that is far too long for its place');
  await work(carrel, provider);
  await look(carrel, 'desktop');
});
