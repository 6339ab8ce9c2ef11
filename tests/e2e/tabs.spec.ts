import { PROMPT } from './harness/home.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test('keys that end a rename or a dialog type nothing into the shell', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.expectPrompt();
  await carrel.renameTab(0, 'mine');
  for (const keys of ['Control+Shift+M', 'Control+Shift+P']) {
    await carrel.page.keyboard.press(keys);
    await carrel.page.getByRole('combobox').fill(keys.endsWith('M') ? 'm2' : 'Use current defaults');
    await carrel.page.keyboard.press('Enter');
    await expect(carrel.page.getByRole('dialog')).toBeHidden();
  }
  await carrel.type('echo do"ne"\n');
  await carrel.expectTerminal('\ndone');
  expect((await carrel.terminalText()).trim()).toBe(`${PROMPT}echo do"ne"\ndone\n${PROMPT.trim()}`);
});
