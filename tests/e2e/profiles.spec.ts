import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import { TemporaryHome } from './harness/home.ts';
import { look } from './harness/look.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const PROFILES = `
[profiles.work]
args = ["-l"]
env = { DESK = "oak" }
cwd = "/usr/share"
icon = "briefcase"
colour = "blue"
mode = "plan"
model = "one/m2"

[profiles.build-1]
colour = "red"
`;

/** A home with SSH hosts, and an ssh of its own that asks for a password and then shows a prompt of that host. */
function homeWithHosts(settings: string): { home: TemporaryHome; environment: NodeJS.ProcessEnv } {
  const home = new TemporaryHome(settings);
  mkdirSync(home.path('.ssh'));
  writeFileSync(home.path('.ssh/config'), 'Include more\nHost build-1 web-2\nHost *.lan\n');
  writeFileSync(home.path('.ssh/more'), 'Host nas\n');
  mkdirSync(home.path('bin'));
  const ssh = home.path('bin/ssh');
  writeFileSync(
    ssh,
    `#!/bin/bash
read -rsp "$*'s password: " word; echo
printf '\\033]7;file://localhost/elsewhere\\007'
while read -rp "$* \\$ " line; do [ "$line" = exit ] && exit 255; eval "$line"; done`,
  );
  chmodSync(ssh, 0o755);
  return { home, environment: { PATH: `${home.path('bin')}:${process.env['PATH']}` } };
}

async function openProfile(carrel: Carrel, name: string): Promise<void> {
  const count = await carrel.tabs.count();
  await carrel.page.getByRole('button', { name: 'Open with a profile' }).click();
  await carrel.page.getByRole('combobox', { name: 'Search profiles' }).fill(name);
  await carrel.page.getByRole('option', { name, exact: true }).click();
  await expect(carrel.tab(count)).toHaveAttribute('aria-selected', 'true');
}

test('a profile starts its program with its folder, variables, mode and model, also after a restart', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) + PROFILES });
  await carrel.page.getByRole('button', { name: 'Open with a profile' }).press('ArrowDown');
  await expect(carrel.page.getByRole('listbox', { name: 'Profiles' })).toContainText('Shells');
  await carrel.page.keyboard.type('wor');
  await look(carrel, 'profiles-menu-filtered');
  await carrel.page.keyboard.press('Enter');
  await expect(carrel.tab(1)).toHaveAttribute('aria-selected', 'true');
  await carrel.expectPrompt();
  await carrel.type('echo "<$DESK $PWD $(shopt login_shell)>"\n');
  await carrel.expectTerminal('<oak /usr/share');
  await carrel.expectModel('m2');
  await expect(carrel.model).toHaveAccessibleDescription(/this tab's profile$/);
  await expect(carrel.statusBar.getByRole('button', { name: 'Mode: plan' })).toBeVisible();
  await expect(carrel.tab(1)).toHaveAccessibleDescription('idle, blue');
  await carrel.restart();
  await carrel.expectPrompt();
  await carrel.type('clear; echo "<$DESK $PWD>"\n');
  await carrel.expectTerminal('<oak /usr/share>');
});

test('an SSH host asks in its terminal, keeps its folders to itself, and can be reconnected', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop(homeWithHosts(usualSettings(provider) + PROFILES));
  await carrel.expectPrompt();
  await carrel.page.getByRole('button', { name: 'Open with a profile' }).click();
  const hosts = carrel.page.getByRole('group', { name: 'SSH hosts' });
  await expect(hosts.getByRole('option')).toHaveText([/^nas/, /^build-1/, /^web-2/]);
  await look(carrel, 'profiles-menu');
  await carrel.page.keyboard.press('Escape');
  await openProfile(carrel, 'build-1');
  await expect(carrel.tab(1)).toHaveAccessibleName('build-1');
  await carrel.expectTerminal("build-1's password:");
  await carrel.type('open sesame\n');
  await carrel.expectTerminal('build-1 $');
  await carrel.type('echo "here: $((40 + 2))"\n');
  await carrel.expectTerminal('here: 42');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~' })).toBeVisible();
  await carrel.type('exit\n');
  const bar = carrel.terminal.getByRole('alert');
  await expect(bar).toContainText('The connection to build-1 could not be made, or was lost');
  await look(carrel, 'profiles-ssh-ended');
  await bar.getByRole('button', { name: 'Reconnect' }).click();
  await expect(bar).toBeHidden();
  await expect.poll(async () => (await carrel.terminalText()).split('password:').length).toBe(3);
});

test('a profile that has gone leaves its tab a shell and says so', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) + PROFILES });
  await openProfile(carrel, 'work');
  await carrel.close();
  carrel.home.writeSettings(usualSettings(provider));
  await carrel.start();
  await expect(carrel.notices).toContainText('The profile work has gone');
  await carrel.expectPrompt();
});

test('keys and palette open profiles, and Settings makes one the default', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop(homeWithHosts(usualSettings(provider) + PROFILES));
  await carrel.expectPrompt();
  await carrel.page.keyboard.press('Control+Shift+1');
  await expect(carrel.tab(1)).toHaveAccessibleDescription('idle, blue');
  await carrel.runCommand('New tab: nas');
  await expect(carrel.tab(2)).toHaveAccessibleName('nas');
  await carrel.page.keyboard.press('Control+,');
  await carrel.page.getByRole('tab', { name: 'Profiles' }).click();
  await expect(carrel.page.getByRole('list', { name: 'SSH hosts' }).getByRole('listitem')).toContainText([
    /ssh nas~\/.ssh\/more/,
    /ssh build-1~\/.ssh\/config, changed in settings.toml/,
    /ssh web-2/,
  ]);
  await carrel.page.getByRole('button', { name: 'Set work as default' }).click();
  await expect(carrel.page.getByText('New tabs open work.')).toBeVisible();
  await look(carrel, 'profiles-settings');
  await carrel.page.keyboard.press('Escape');
  expect(carrel.home.readSettings()).toContain('profile = "work"');
  await carrel.newTab();
  await expect(carrel.tab(3)).toHaveAccessibleDescription('idle, blue');
});
