import { readFileSync } from 'node:fs';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test('commands are completed by keys, and a path is none', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  const options = carrel.agent.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  await carrel.message.fill('/mo');
  await expect(options).toHaveText([/^\/model/, /^\/mode/]);
  await carrel.message.press('Tab');
  await expect(carrel.message).toHaveValue('/model ');
  await carrel.message.pressSequentially('m');
  await expect(options).toHaveText(['one/m1', 'one/m2', 'one/m3']);
  await carrel.message.press('ArrowDown');
  await carrel.message.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await carrel.message.press('Enter');
  await expect(carrel.message).toHaveValue('/model one/m2');
  await expect(options).toHaveCount(0);
  await carrel.message.press('Enter');
  await carrel.expectModel('m2');
  await expect(carrel.message).toHaveValue('');

  await carrel.message.fill('/h');
  await carrel.message.press('Escape');
  await expect(options).toHaveCount(0);
  await carrel.message.press('Enter');
  await expect(carrel.agent.getByRole('alert')).toContainText('Did you mean /help?');
  await carrel.ask('/etc/hosts is a file', 'm2: /etc/hosts is a file');
  await carrel.ask(' /help', 'm2: /help');
  expect(provider.exchanges).toHaveLength(2);
});

test('/fork opens a tab beside this one with its history, on another model', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('first', 'm1: first');
  await carrel.newTab();
  await carrel.switchTo(0);
  await carrel.slash('/fork one/m2');
  await expect(carrel.tabs).toHaveCount(3);
  await expect(carrel.tab(1)).toHaveAttribute('aria-selected', 'true');
  await carrel.expectModel('m2');
  await expect(carrel.conversation).toContainText('m1: first');
  await carrel.ask('second', 'm2: second');
  expect(provider.exchanges.at(-1)?.conversation).toEqual([
    'user: first',
    'assistant: m1: first',
    'user: second',
  ]);
  await carrel.switchTo(0);
  await carrel.expectModel('m1');
  await expect(carrel.conversation).not.toContainText('second');
});

test('/export saves the conversation as Markdown', async ({ launchWeb, provider }) => {
  const carrel = await launchWeb({ settings: usualSettings(provider) });
  await carrel.slashRefused('/export', 'nothing to export');
  await carrel.ask('hello', 'm1: hello');
  await carrel.slash('/title Greeting: a test');
  await expect(carrel.tab(0)).toHaveAccessibleName('Greeting: a test');
  const downloading = carrel.page.waitForEvent('download');
  await carrel.slash('/export');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Greeting- a test.md');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toMatch(/^# Greeting: a test\n\n## You, .*\n\nhello\n\n## one\/m1, code, .*\n\nm1: hello\n$/);
});

test('/clear, /effort, /mode, /usage and /help do what they say', async ({ launchDesktop, provider }) => {
  provider.answer('m1', { text: 'hello', usage: { input: 1200, output: 34 } });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  const output = (name: string) => carrel.agent.getByRole('region', { name });
  await carrel.ask('hello', 'hello');
  await carrel.slash('/usage');
  await expect(output('/usage')).toContainText('Tokens: 1,234');
  await carrel.slash('/effort high');
  await expect(carrel.statusBar.getByRole('button', { name: 'Effort: high' })).toBeVisible();
  await carrel.slashRefused('/effort enormous', 'It takes default');
  await carrel.slash('/mode ask');
  await expect(carrel.statusBar.getByRole('button', { name: 'Mode: ask' })).toBeVisible();
  await carrel.slashRefused('/mode aks', 'The modes are');
  await carrel.slashRefused('/clear everything', 'takes nothing after it');
  await carrel.slash('/help');
  await expect(output('/help')).toContainText('/reset');
  await carrel.slash('/clear');
  await expect(carrel.conversation.getByRole('article')).toHaveCount(0);
  await expect(output('/help')).toBeHidden();
  await carrel.ask('again', 'hello');
  expect(provider.exchanges.at(-1)?.conversation).toEqual(['user: again']);
  expect(JSON.parse(provider.exchanges.at(-1)?.rawBody ?? '{}')).toMatchObject({ reasoning_effort: 'high' });
  // What was cleared is still counted.
  await carrel.slash('/usage');
  await expect(output('/usage')).toContainText('Tokens: 2,468');
});

test('a spent budget pauses its tab, keeps what was typed, and goes on when it is told', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: `${usualSettings(provider)}[budget]\ntab_turns = 1\n` });
  await carrel.newTab();
  await carrel.ask('one', 'm1: one');
  await carrel.send('two');
  const question = carrel.conversation.getByRole('group', { name: 'Budget spent' });
  await expect(question).toContainText('1 of its 1 turns');
  await expect(carrel.queue.getByRole('listitem')).toContainText('two');
  await expect(carrel.tab(1)).toHaveAccessibleDescription('paused');
  expect(provider.exchanges).toHaveLength(1);
  await carrel.switchTo(0);
  await carrel.ask('elsewhere', 'm1: elsewhere');

  await carrel.switchTo(1);
  await question.getByRole('button', { name: 'Allow one more turn' }).click();
  await carrel.waitForAnswer('m1: two');
  await carrel.send('three');
  await question.getByRole('button', { name: 'Change the budget…' }).click();
  const dialog = carrel.page.getByRole('dialog', { name: /^Usage of / });
  await dialog.getByRole('spinbutton', { name: 'Turns' }).fill('0');
  await dialog.getByRole('button', { name: 'Save budget' }).click();
  await expect(dialog.getByRole('alert')).toContainText('above 0');
  await dialog.getByRole('spinbutton', { name: 'Turns' }).fill('10');
  await dialog.getByRole('button', { name: 'Save budget' }).click();
  await expect(dialog).toBeHidden();
  await carrel.waitForAnswer('m1: three');
  expect(carrel.archive.config(carrel.sessionId(1))).toEqual({ budget: '{"turns":10}' });
  expect(carrel.archive.config(carrel.sessionId(0))).toEqual({});
});
