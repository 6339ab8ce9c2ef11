import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { desktopCommand } from './harness/desktop.ts';
import { TemporaryHome } from './harness/home.ts';
import { ended, killHard } from './harness/host.ts';
import { inFolder, providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';
import { spawnWebHost } from './harness/web.ts';

test('an unknown kind of provider is named with its line, and the other providers work', async ({
  launchDesktop,
  provider,
}) => {
  const settings = `${usualSettings(provider)}\n[providers.odd]\nkind = "telepathy"\n`;
  const line = settings.split('\n').indexOf('kind = "telepathy"') + 1;
  const carrel = await launchDesktop({ settings });
  await expect(carrel.notices).toContainText(`${line}:`);
  await expect(carrel.notices).toContainText('anthropic');
  await carrel.ask('hello', 'm1: hello');
});

test('a default model whose key is not set is said to lack it, by the name of its variable', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({
    settings: usualSettings(provider, { apiKey: '$CARREL_MISSING_KEY' }),
  });
  await carrel.expectModel('m1');
  await expect(
    carrel.statusBar.getByRole('button', { name: /^Warning: .*CARREL_MISSING_KEY/ }),
  ).toBeVisible();
  await carrel.message.fill('anyone?');
  await carrel.message.press('Enter');
  await expect(carrel.agent.getByRole('alert')).toContainText('CARREL_MISSING_KEY');
  expect(provider.exchanges).toEqual([]);
  const shown = `${await carrel.message.inputValue()} ${await carrel.conversation.textContent()}`;
  expect(shown).toContain('anyone?');
});

test('a model that its provider does not offer is refused with the nearest names', async ({
  launchDesktop,
  provider,
}) => {
  const settings = `[defaults]\nmodel = "one/swift-7"\n${providerSettings(provider, { models: ['swift-1', 'm1'] })}`;
  const carrel = await launchDesktop({ settings });
  await carrel.expectModel('Offline guide');
  await expect(carrel.statusBar.getByRole('button', { name: /^Warning: .*one\/swift-7/ })).toBeVisible();
  const sessionId = carrel.sessionId(0);
  const answer = await carrel.call('session.setModel', { sessionId, reference: 'one/swift-2', scope: 'tab' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'model-unknown', nearest: ['one/swift-1'] } });
  await carrel.pickModel('m1');
  await carrel.ask('hello', 'm1: hello');
});

test('a default folder that is missing is named, and the agent still answers', async ({
  launchDesktop,
  provider,
}) => {
  const missing = '/nowhere/to-be-found';
  const settings = inFolder(missing, usualSettings(provider));
  const carrel = await launchDesktop({ settings });
  await carrel.expectTerminal(`${missing} cannot be opened`);
  await carrel.expectPrompt();
  await carrel.ask('hello', 'm1: hello');
});

test('a shell that is missing is named, and works once it is there', async ({ launchDesktop, provider }) => {
  const missing = '/nowhere/no-such-shell';
  const settings = usualSettings(provider).replace('[defaults]', `[defaults]\nshell = "${missing}"`);
  const carrel = await launchDesktop({ settings });
  await expect(carrel.terminal.getByRole('alert')).toContainText(missing);
  await carrel.ask('hello', 'm1: hello');
  carrel.home.writeSettings(usualSettings(provider));
  await expect(async () => {
    await carrel.newTab();
    await carrel.expectPrompt(2_000);
  }).toPass();
});

test('a port in use is refused with what to do (web)', async ({ resources }) => {
  const home = resources.use(new TemporaryHome(''));
  const other = createServer().listen(0, '127.0.0.1');
  resources.defer(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const host = spawnWebHost(home, { args: ['--port', String(port)] });
  const [complaint] = await Promise.all([text(host.stderr), ended(host)]);
  expect(complaint).toMatch(/port is in use.*--port/);
  expect(host.exitCode).toBe(1);
});

test('a second start with the same home says where the first one is, and leaves it be', async ({
  launchDesktop,
  provider,
  resources,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('hello', 'm1: hello');
  const { executablePath, args } = desktopCommand();
  const second = spawn(executablePath, args, {
    env: carrel.home.environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  resources.defer(() => killHard(second));
  const [complaint] = await Promise.all([text(second.stderr), ended(second)]);
  expect(complaint).toContain(carrel.home.folder);
  expect(complaint).toContain('CARREL_HOME');
  await carrel.ask('still there?', 'm1: still there?');
});
