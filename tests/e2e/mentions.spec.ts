import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look, VIEWS } from './harness/look.ts';
import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** Eight pixels of a PNG. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==';

const chips = (carrel: Carrel): Locator =>
  carrel.agent.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
const mentions = (carrel: Carrel): Locator =>
  carrel.agent.getByRole('listbox', { name: 'Mentions' }).getByRole('option');

function settingsIn(folder: string, rest: string): string {
  return rest.replace('[defaults]', `[defaults]\ncwd = ${JSON.stringify(folder)}`);
}

test('a mentioned file is a chip, survives a crash, and goes with the message', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/my notes.md'), 'Wool is warm.\n');
  writeFileSync(join(folder, '.env'), 'KEY=1\n');
  const carrel = await launchDesktop({ settings: settingsIn(folder, usualSettings(provider)) });
  await carrel.message.pressSequentially('Read @notes');
  await expect(mentions(carrel)).toHaveText(['src/my notes.md']);
  await carrel.message.press('Enter');
  await expect(carrel.message).toHaveValue('Read @"src/my notes.md" ');
  await expect(chips(carrel)).toHaveText([/src\/my notes\.md.*1 line/]);
  await carrel.message.pressSequentially('and @.env');
  await expect(mentions(carrel).first()).toHaveText('.env');
  await carrel.message.press('Tab');
  await expect(chips(carrel).nth(1)).toContainText('may hold secrets');
  await carrel.agent.getByRole('button', { name: 'Remove .env' }).click();
  await expect(chips(carrel)).toHaveCount(1);
  await expect.poll(() => carrel.archive.openSessions()[0]?.draft).toBe('Read @"src/my notes.md" and @.env ');

  await carrel.kill();
  await carrel.start();
  await expect(chips(carrel)).toHaveText([/src\/my notes\.md/]);
  writeFileSync(join(folder, 'src/my notes.md'), 'Wool is light.\n');
  await carrel.message.press('Enter');
  await carrel.waitForAnswer('m1:');
  await expect(chips(carrel)).toHaveCount(0);
  expect(provider.exchanges[0]?.question).toContain('<file path="src/my notes.md">\nWool is light.\n');
  expect(provider.exchanges[0]?.question).toContain('Read @"src/my notes.md" and @.env');
  expect(provider.exchanges[0]?.rawBody).not.toContain('KEY=1');

  await carrel.restart();
  const sent = carrel.conversation.getByRole('article', { name: 'You' });
  await sent.getByText('src/my notes.md', { exact: true }).click();
  await expect(sent.locator('pre')).toHaveText('Wool is light.\n');
});

test('a failed command is asked about and fixed with what it printed', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.expectPrompt();
  await carrel.type(`echo nothing-to-see; (exit 3)\n`);
  const block = carrel.terminal.getByRole('button', { name: /^Command: echo.*exit 3$/ });
  await carrel.message.fill('half a thought');
  await block.click();
  await carrel.page.getByRole('menuitem', { name: 'Fix this' }).click();
  await carrel.waitForAnswer('m1:');
  const [fix] = provider.exchanges;
  expect(fix?.question).toContain(
    `<command line="echo nothing-to-see; (exit 3)" folder="${carrel.home.userFolder}" outcome="exit code 3">\nnothing-to-see\n</command>`,
  );
  expect(fix?.question).toContain('This failed. Find out why, and fix it.');
  await expect(carrel.message).toHaveValue('half a thought');

  await carrel.message.fill('');
  await carrel.runCommand('Ask about this');
  await expect(chips(carrel)).toHaveText([/echo nothing-to-see.*exit 3/]);
  await expect(carrel.message).toBeFocused();
  await carrel.type('true\n');
  await expect(carrel.terminal.getByRole('button', { name: /^Command: true, exit 0$/ })).toBeVisible();
  await carrel.message.pressSequentially('@block');
  await expect(mentions(carrel)).toHaveText([/true.*exit 0/, /echo.*exit 3/]);
  await carrel.message.press('Escape');
  await expect(mentions(carrel)).toHaveCount(0);
});

test('an image goes to each kind of provider, and to no model that cannot see', async ({
  launchDesktop,
  provider,
}) => {
  const kinds = { first: 'openai', second: 'anthropic', third: 'google' } as const;
  const tables = Object.entries(kinds).map(([id, kind]) =>
    providerSettings(provider, { id, kind, models: ['m1', 'gpt-4', 'gpt-4o'] }),
  );
  const carrel = await launchDesktop({ settings: `[defaults]\nmodel = "first/m1"\n${tables.join('')}` });
  const picker = carrel.agent.locator('input[type="file"]');
  const image = { name: 'shot.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
  for (const [index, id] of Object.keys(kinds).entries()) {
    await carrel.slash(`/model ${id}/m1`);
    await picker.setInputFiles(image);
    await expect(chips(carrel)).toHaveText([/shot\.png.*PNG/]);
    await expect(chips(carrel).getByRole('presentation')).toBeVisible();
    await carrel.send(`What is it, ${id}?`);
    await expect(carrel.conversation.getByText(`What is it, ${id}?`)).toHaveCount(2);
    await carrel.isIdle();
    expect(provider.exchanges[index]?.rawBody).toContain(PNG);
  }
  await expect(carrel.conversation.getByRole('img', { name: 'shot.png' })).toHaveCount(3);

  await carrel.slash('/model first/gpt-4');
  await picker.setInputFiles(image);
  await expect(carrel.agent.getByRole('alert')).toContainText(
    /^gpt-4 cannot see images\. Models that can: \S*gpt-4o/,
  );
  await picker.setInputFiles({
    name: 'drawing.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg/>'),
  });
  await expect(carrel.agent.getByRole('alert')).toContainText('drawing.svg cannot be read as an image here');
  await expect(chips(carrel)).toHaveCount(0);
});

test('a pasted image that is too large is made smaller', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.message.evaluate(async (box: HTMLElement) => {
    const canvas = new OffscreenCanvas(9_000, 60);
    canvas.getContext('2d')?.fillRect(0, 0, 100, 60);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], 'wide.png', { type: 'image/png' }));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(chips(carrel)).toHaveText([/wide\.png/]);
  await carrel.send('Look');
  await carrel.waitForAnswer('m1:');
  const shown = carrel.conversation.getByRole('img', { name: 'wide.png' });
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2_048);
});

test('code of an answer is put on the prompt, and asked about where it would run', async ({
  launchDesktop,
  provider,
}) => {
  provider.answer('m1', { text: '```bash\necho inserted\n```\n\nAnd:\n\n```bash\nsudo true\n```' });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.expectPrompt();
  await carrel.ask('How?', 'And:');
  const insert = carrel.conversation.getByRole('button', { name: 'Insert into terminal' });
  await insert.first().click();
  await carrel.expectTerminal(/carrel\$ echo inserted$/);
  await expect(carrel.terminal.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await insert.nth(1).click();
  const question = carrel.page.getByRole('dialog');
  await expect(question).toContainText('sudo');
  await carrel.page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await carrel.terminalText()).not.toContain('sudo');
});

test('a plan is begun by one button, which takes the tab to code', async ({ launchDesktop, provider }) => {
  provider.answerNext('m1', { text: 'Aim: mend it.\n\n1. Look.\n2. Mend.' });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.setMode('plan');
  await carrel.ask('Plan it', 'Mend.');
  await carrel.agent.getByRole('button', { name: 'Do it' }).click();
  await carrel.waitForAnswer('m1: Go ahead with the plan.');
  await expect(carrel.statusBar.getByRole('button', { name: 'Mode: code' })).toBeVisible();
  await expect(carrel.agent.getByRole('button', { name: 'Do it' })).toBeHidden();
  expect(provider.exchanges[1]?.messages[0]?.text).toContain('You are a programming partner');
});

test('the instruction files of the folder are told to the agent as they are, and to the person', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  writeFileSync(join(folder, 'AGENTS.md'), 'Use tabs.');
  const carrel = await launchDesktop({ settings: settingsIn(folder, usualSettings(provider)) });
  const told = (index: number) => provider.exchanges[index]?.messages[0]?.text;
  await expect(carrel.agent.getByRole('button', { name: /^Instructions: .*AGENTS\.md$/ })).toBeVisible();
  await carrel.ask('one', 'm1: one');
  writeFileSync(join(folder, 'AGENTS.md'), 'Use spaces.');
  await carrel.ask('two', 'm1: two');
  expect(told(0)).toContain('Use tabs.');
  expect(told(1)).toContain('Use spaces.');
  await carrel.slash('/context plan');
  const shown = carrel.agent.getByRole('region', { name: '/context' });
  await expect(shown).toContainText(join(folder, 'AGENTS.md'));
  await expect(shown).toContainText('You plan work in Carrel');
  await expect(shown).toContainText('Use spaces.');
});

for (const [name, context] of VIEWS) {
  test(`attachments look right: ${name}`, async ({ launchWeb, provider, folder }) => {
    for (const file of ['AGENTS.md', 'src/refresh.ts', 'src/my refreshing notes on tokens.md', '.env']) {
      mkdirSync(join(folder, 'src'), { recursive: true });
      writeFileSync(join(folder, file), 'let token = 1;\nlet other = 2;\n');
    }
    const carrel = await launchWeb({ settings: settingsIn(folder, usualSettings(provider)), context });
    const shoot = (what: string) => look(carrel, `attachments-${name}-${what}`);
    await carrel.setMode('plan');
    await carrel.expectPrompt();
    await carrel.type(`printf 'FAIL src/refresh.test.ts\\n  expected 200\\n'; (exit 1)\n`);
    const block = carrel.terminal.getByRole('button', { name: /^Command: printf.*exit 1$/ });
    await block.click();
    await expect(carrel.page.getByRole('menuitem', { name: 'Fix this' })).toBeVisible();
    await shoot('menu');
    await carrel.page.keyboard.press('Escape');

    await carrel.message.pressSequentially('Plan a mending of @.env');
    await carrel.message.press('Enter');
    await carrel.message.pressSequentially('and @my');
    await carrel.message.press('Enter');
    const image = {
      name: 'screenshot of the dialog.png',
      mimeType: 'image/png',
      buffer: Buffer.from(PNG, 'base64'),
    };
    await carrel.agent.locator('input[type="file"]').setInputFiles(image);
    await carrel.runCommand('Ask about this');
    await expect(chips(carrel)).toHaveCount(4);
    await carrel.message.pressSequentially('@');
    await expect(mentions(carrel).first()).toBeVisible();
    await shoot('typing');
    await carrel.message.press('Backspace');
    const answer =
      'Mend the refresh of tokens.\n\n1. Read the test:\n\n```bash\nsed -n 1,40p src/refresh.ts\n```\n\n2. Change the clock.\n3. Run it again.';
    provider.answerNext('m1', { text: answer });
    await carrel.page.keyboard.press('Enter');
    await expect(carrel.agent.getByRole('button', { name: 'Do it' })).toBeVisible();
    await carrel.conversation.getByText('.env', { exact: true }).click();
    await shoot('sent');
    await carrel.slash('/context');
    await expect(carrel.agent.getByRole('region', { name: '/context' })).toBeVisible();
    await shoot('context');
  });
}
