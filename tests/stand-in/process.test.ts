import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findElectron } from './electron.ts';
import { createHome, environment, FIXTURE, launchFixture, STAND_IN, type Fixture } from './fixture/launch.ts';

let resources: AsyncDisposableStack;
let home: string;

beforeEach(() => {
  resources = new AsyncDisposableStack();
  home = resources.use(createHome()).path;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await resources.disposeAsync();
});

async function launch(): Promise<Fixture> {
  return resources.use(await launchFixture(home));
}

/** Runs the stand-in as a command to its end. */
async function run(parameters: readonly string[], variables: Record<string, string> = {}) {
  const child = spawn(STAND_IN, parameters, { cwd: FIXTURE, env: { ...environment(home), ...variables } });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { output, errors, code: Number(code) };
}

const profilesOf = (pid: number) =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`carrel-stand-in-${pid}-`));

/** Chromium's processes name the profile folder, and that the process it belongs to. */
function chromiumOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(`carrel-stand-in-${pid}-`))
    .map((line) => Number.parseInt(line, 10));
}

function pidOf({ process }: Fixture): number {
  return process.pid ?? 0;
}

function outputOf({ process }: Fixture): Promise<string> {
  return process.stdout ? text(process.stdout) : Promise.resolve('');
}

/** The exit code, or the signal that ended it. */
async function endOf({ process: child }: Fixture): Promise<unknown> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode;
}

it('tells the first process of a second start, which ends', async () => {
  const first = await launch();
  const second = await run(['.', '--hello']);
  expect(second).toMatchObject({ output: 'already running\n', code: 0 });
  await expect
    .poll(() => first.seen('second-instance'))
    .toEqual([['second-instance', '--hello', FIXTURE, { from: 'the second' }]]);
});

it('runs two apps with folders of their own at the same time', async () => {
  const other = resources.use(createHome());
  const [one, two] = await Promise.all([launch(), launchFixture(other.path)]);
  resources.use(two);
  await two.inPage("fixture.send('note', 'only', 'two')");
  await expect.poll(() => two.seen('only')).toHaveLength(1);
  expect(await one.seen('only')).toEqual([]);
});

it('asks before it quits, and lets the app finish its work', async () => {
  const fixture = await launch();
  const output = outputOf(fixture);
  await fixture.app.evaluate(({ app }) => {
    (globalThis as unknown as { keepRunning: boolean }).keepRunning = true;
    app.quit();
  });
  expect(await fixture.inPage("fixture.invoke('echo', 'still here')")).toBe('still here');
  await fixture.app.evaluate(() => Object.assign(globalThis, { keepRunning: false }));
  await fixture.app.close();
  expect(await endOf(fixture)).toBe(0);
  expect(await output).toBe('saved [["ready-to-show"],["pagehide"],["closed"]]\n');
  expect(chromiumOf(pidOf(fixture))).toEqual([]);
  expect(profilesOf(pidOf(fixture))).toEqual([]);
});

it('ends with its only window, if that may be closed', async () => {
  const fixture = await launch();
  await fixture.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.once('close', (event) => event.preventDefault());
    window?.close();
  });
  expect(await fixture.inPage("fixture.invoke('echo', 'still here')")).toBe('still here');
  await fixture.page.close();
  expect(await endOf(fixture)).toBe(0);
});

it('quits in order when it is asked to by a signal', async () => {
  const fixture = await launch();
  const output = outputOf(fixture);
  fixture.process.kill('SIGTERM');
  expect(await endOf(fixture)).toBe(0);
  expect(await output).toContain('saved');
});

it('leaves no Chromium behind when it is killed, and no profile after the next start', async () => {
  const killed = await launch();
  const pid = pidOf(killed);
  expect(chromiumOf(pid)).not.toEqual([]);
  killed.process.kill('SIGKILL');
  expect(await endOf(killed)).toBe('SIGKILL');
  await expect.poll(() => chromiumOf(pid), { timeout: 5000 }).toEqual([]);
  expect(profilesOf(pid)).toHaveLength(1);
  await launch();
  expect(profilesOf(pid)).toEqual([]);
});

it('quits when Chromium dies', async () => {
  const fixture = await launch();
  process.kill(Math.min(...chromiumOf(pidOf(fixture))), 'SIGKILL');
  expect(await endOf(fixture)).toBe(0);
  expect(profilesOf(pidOf(fixture))).toEqual([]);
});

it('tells of a crashed page, and loads it again', async () => {
  const fixture = await launch();
  const title = () =>
    fixture.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return window?.webContents.executeJavaScript('[document.title, String(window.wasBefore)]');
    });
  await fixture.inPage('window.wasBefore = true');
  fixture.page.goto('chrome://crash').catch(() => 'it has no answer');
  await expect.poll(() => fixture.seen('render-process-gone')).toEqual([['render-process-gone', 'crashed']]);
  await expect.poll(title).toEqual(['Fixture', 'undefined']);
});

it('tells the app when a page cannot be loaded', async () => {
  const fixture = await launch();
  const told = await fixture.app.evaluate(async ({ BrowserWindow }) => {
    const { promise, resolve } = Promise.withResolvers<unknown[]>();
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.once('did-fail-load', (_, code, name) => resolve([code, name]));
    // No port can be numbered so, which makes it one where nothing answers.
    const error = await window?.loadURL('http://127.0.0.1:0/').catch((error: Error) => error.message);
    return [...(await promise), error];
  });
  const name = expect.stringMatching(/^ERR_/);
  expect(told).toEqual([-2, name, `${String(told[1])} (-2) loading 'http://127.0.0.1:0/'`]);
});

it('keeps what the page stored', async () => {
  const first = await launch();
  await first.inPage("localStorage.setItem('width', '320')");
  await first.app.close();
  const second = await launch();
  expect(await second.inPage("localStorage.getItem('width')")).toBe('320');
});

it('loads modules first that -r names, with electron at hand', async () => {
  const script = join(home, 'required.cjs');
  writeFileSync(script, "require('electron').app.setName('Named by -r');");
  const fixture = resources.use(await launchFixture(home, ['-r', script]));
  expect(await fixture.app.evaluate(({ app }) => [app.getName(), app.getVersion()])).toEqual([
    'Named by -r',
    '1.2.3',
  ]);
});

it('is plain Node when asked to be', async () => {
  const { output } = await run(['-p', 'process.argv.length + process.type'], { ELECTRON_RUN_AS_NODE: '1' });
  expect(output).toBe('NaN\n');
});

it('says why an app cannot start, and ends', async () => {
  const script = join(home, 'broken.mjs');
  writeFileSync(script, "import { Tray } from 'electron';");
  const { errors, code } = await run([script]);
  expect([errors.includes("'electron' does not provide an export named 'Tray'"), code]).toEqual([true, 1]);
  expect(existsSync(join(home, 'SingletonLock'))).toBe(false);
});

it('is chosen only where the real Electron is missing', () => {
  const folder = join(home, 'dist');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  expect(findElectron()).toMatchObject({ executablePath: STAND_IN, isReal: false });
  mkdirSync(folder);
  writeFileSync(join(folder, 'electron'), '');
  expect(findElectron()).toMatchObject({ executablePath: join(folder, 'electron'), isReal: true });
});
