import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const SECRET = 'hunter2-of-the-test';

/** Every file of a folder that holds the text, also as bytes of a database. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text));
}

for (const [program, command] of [
  ['read -s', 'read -s -p "Password: " x; echo "(${#x})"'],
  [
    'a program that turns the echo off',
    `sh -c 'stty -echo; printf "[sudo] password for ada: "; read x; stty echo; echo; echo "(\${#x})"'`,
  ],
] as const) {
  test(`a password that ${program} asks for is typed in the terminal, and nobody else sees it`, async ({
    launchDesktop,
    provider,
  }) => {
    const carrel = await launchDesktop({ settings: usualSettings(provider) });
    await carrel.expectPrompt();
    provider.answerNext('m1', { calls: [{ name: 'run_command', input: { command } }] });
    await carrel.send('go');
    const approval = carrel.approval('run_command');
    await approval.getByRole('button', { name: 'Approve once' }).click();
    await carrel.message.focus();

    const words = 'Waiting for your password: type it in the terminal.';
    await expect(carrel.conversation).toContainText(words);
    await expect(carrel.terminal.getByText(words)).toBeVisible();
    await expect(carrel.message).toBeFocused();

    await carrel.type(`${SECRET}\n`);
    await carrel.waitForAnswer('m1: go');
    await carrel.expectTerminal(`(${SECRET.length})`);
    await expect(carrel.page.getByText(words)).toHaveCount(0);
    expect(provider.exchanges).toHaveLength(2);
    expect(JSON.stringify(provider.exchanges.map(({ rawBody }) => rawBody))).not.toContain(SECRET);
    await carrel.close();
    expect(filesWith(carrel.home.path(), SECRET)).toEqual([]);
    expect(
      filesWith(carrel.home.path(), '[sudo] password').length +
        filesWith(carrel.home.path(), 'Password: ').length,
    ).toBeGreaterThan(0);
  });
}
