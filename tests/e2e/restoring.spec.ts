import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ulid } from 'ulid';
import { changeArchive, type SessionRow } from './harness/archive.ts';
import { TemporaryHome } from './harness/home.ts';
import { ended } from './harness/host.ts';
import type { ProviderServer } from './harness/provider-server.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test, type Launch } from './harness/test.ts';
import { spawnWebHost } from './harness/web.ts';

async function everythingComesBack(launch: Launch, provider: ProviderServer): Promise<void> {
  const carrel = await launch({ settings: usualSettings(provider) });
  await carrel.type('mkdir alpha && cd alpha\n');
  await expect(carrel.tab(0)).toHaveAccessibleName('alpha');
  await carrel.pickModel('m2');
  await carrel.setMode('ask');
  await carrel.slash('/effort high');
  await carrel.ask('remember', 'm2: remember');
  await carrel.newTab();
  await carrel.pickModel('m3');
  await carrel.message.fill('not sent yet');
  await carrel.newTab();
  await carrel.renameTab(2, 'printer');
  await carrel.type('echo printed-$((40+2))\n');
  await carrel.expectTerminal('printed-42');
  await carrel.page.keyboard.press('Control+Shift+PageUp');
  await expect(carrel.tab(1)).toHaveAccessibleName('printer');
  await carrel.switchTo(2);
  const rows = () => carrel.archive.openSessions().map(({ id, cwd, draft }) => ({ id, cwd, draft }));
  await expect.poll(() => rows().map(({ draft }) => draft)).toEqual(['', '', 'not sent yet']);
  const before = rows();

  await carrel.restart();
  await expect(carrel.tabs).toHaveCount(3);
  expect(rows()).toEqual(before);
  await expect(carrel.tab(2)).toHaveAttribute('aria-selected', 'true');
  await carrel.expectModel('m3');
  await expect(carrel.message).toHaveValue('not sent yet');
  await carrel.message.press('Enter');
  await carrel.waitForAnswer('m3: not sent yet');
  await carrel.switchTo(0);
  await expect(carrel.tab(0)).toHaveAccessibleName('alpha');
  await carrel.expectModel('m2');
  await expect(carrel.statusBar.getByRole('button', { name: 'Mode: ask' })).toBeVisible();
  await expect(carrel.statusBar.getByRole('button', { name: 'Effort: high' })).toBeVisible();
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~/alpha' })).toBeVisible();
  await expect(carrel.conversation).toContainText('m2: remember');
  await carrel.type('pwd\n');
  await carrel.expectTerminal(carrel.home.path('alpha'));
  await carrel.ask('go on', 'm2: go on');
  expect(provider.exchanges.at(-1)?.conversation).toEqual([
    'user: remember',
    'assistant: m2: remember',
    'user: go on',
  ]);
  await carrel.switchTo(1);
  await expect(carrel.tab(1)).toHaveAccessibleName('printer');
  await carrel.expectTerminal('printed-42');
}

test('S30 everything is back after quitting and starting (desktop)', ({ launchDesktop, provider }) =>
  everythingComesBack(launchDesktop, provider));

test('S30 everything is back after quitting and starting (web)', ({ launchWeb, provider }) =>
  everythingComesBack(launchWeb, provider));

test('S31 a crash in mid-stream keeps the text so far, marked interrupted', async ({
  launchDesktop,
  provider,
}) => {
  provider.answerNext('m1', { text: 'one two three four five six seven eight', hold: 2 });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.send('count');
  const storedAnswer = () => carrel.archive.messages(carrel.sessionId(0))[1];
  await expect.poll(() => storedAnswer()?.parts).toContain('one two three four');
  await carrel.kill();

  await carrel.start();
  await expect(carrel.conversation).toContainText('one two three four');
  await expect(carrel.conversation).toContainText('Interrupted');
  await carrel.isIdle();
  expect(storedAnswer()?.status).toBe('interrupted');
  await carrel.ask('and now?', 'm1: and now?');
});

test('S34 damaged tabs are named and the others come back', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('hello', 'm1: hello');
  await carrel.close();
  const damaged = addTabs(carrel.home, carrel.archive.openSessions()[0]);

  await carrel.start();
  await expect(carrel.tabs).toHaveCount(47);
  for (const id of damaged) await expect(carrel.notices).toContainText(id);
  await carrel.expectModel('m1');
  await carrel.ask('usable?', 'm1: usable?');
  await expect(carrel.tab(46)).toContainText('m2');
  await carrel.tab(46).click();
  await carrel.expectModel('m2');
  await carrel.ask('loaded?', 'm2: loaded?');
});

/** Makes 50 tabs of one, on m2, and damages three of them; answers their ids. */
function addTabs(home: TemporaryHome, first: SessionRow | undefined): string[] {
  if (!first) throw new Error('There is no tab to copy');
  const ids = Array.from({ length: 49 }, () => ulid());
  const damaged = [ids[10], ids[20], ids[30]].flatMap((id) => id ?? []);
  changeArchive(home, (database) => {
    const columns = Object.keys(first);
    const insert = database.prepare(
      `INSERT INTO session (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
    );
    const configure = database.prepare(
      "INSERT INTO session_config (session_id, key, value) VALUES (?, 'model', 'one/m2')",
    );
    for (const [index, id] of ids.entries()) {
      insert.run({ ...first, id, position: index + 1, used_at: 1 });
      configure.run(id);
    }
    for (const id of damaged)
      database.prepare("UPDATE session SET defaults = '{broken' WHERE id = ?").run(id);
  });
  return damaged;
}

test('S35 broken settings are told with their place, left alone, and used again once mended', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('before', 'm1: before');
  const good = carrel.home.readSettings();
  const broken = good.replace('model = "one/m1"', 'model = "one/m1');
  const place = /2:\d+ /;
  carrel.home.writeSettings(broken);
  await expect(carrel.notices.filter({ hasText: 'settings.toml' })).toContainText(place);
  await carrel.newTab();
  await carrel.expectModel('Offline guide');

  await carrel.restart();
  await expect(carrel.notices.filter({ hasText: 'settings.toml' })).toContainText(place);
  expect(carrel.home.readSettings()).toBe(broken);

  carrel.home.writeSettings(good);
  await expect(carrel.notices).toHaveCount(0);
  await carrel.switchTo(0);
  await carrel.expectModel('m1');
  await carrel.ask('after', 'm1: after');
  await carrel.newTab();
  await carrel.expectModel('m1');
});

test('S36 a damaged archive is set aside whole, and a fresh one started', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('hello', 'm1: hello');
  await carrel.close();
  const garbage = Buffer.alloc(20_000, 'this is no archive ');
  writeFileSync(carrel.home.archive, garbage);

  await carrel.start();
  await expect(carrel.notices).toContainText('The archive was damaged');
  const aside = readdirSync(carrel.home.folder).filter((name) => /^carrel\.db.+/.test(name));
  const contents = aside.map((name) => readFileSync(`${carrel.home.folder}/${name}`));
  expect(contents.some((content) => content.equals(garbage))).toBe(true);
  await carrel.ask('fresh?', 'm1: fresh?');
});

test('S36 an archive of a later version is refused untouched, and the app says how to go on', async ({
  resources,
}) => {
  const home = resources.use(new TemporaryHome(''));
  changeArchive(home, (database) => database.pragma('user_version = 9999'));
  const before = readFileSync(home.archive);
  const host = spawnWebHost(home, { args: ['--port', '0'] });
  const [complaint] = await Promise.all([text(host.stderr), ended(host)]);
  expect(complaint).toContain('later version of Carrel');
  expect(complaint).toContain('CARREL_HOME');
  expect(host.exitCode).toBe(1);
  expect(readFileSync(home.archive).equals(before)).toBe(true);
});
