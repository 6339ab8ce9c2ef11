import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runSandboxed, type SandboxedRun } from './run-sandboxed.ts';
import { Sandbox } from './sandbox.ts';

afterEach(() => void vi.unstubAllEnvs());

const has = (program: string) => {
  try {
    execFileSync('which', [program]);
    return true;
  } catch {
    return false;
  }
};
const isUsable = process.platform === 'linux' && ['bwrap', 'socat', 'rg'].every(has);

// bubblewrap, socat and ripgrep are what the sandbox is made of on Linux.
describe.runIf(isUsable)('a command in the sandbox', () => {
  // Not among the temporary files, of which the sandbox has its own.
  const base = realpathSync(mkdtempSync(join(homedir(), '.carrel-sandbox-')));
  const workspace = join(base, 'workspace');
  const carrelHome = join(base, 'home');
  let hosts: string[] = [];
  const environment = {
    ...process.env,
    ANTHROPIC_API_KEY: 'sk-secret',
    SSH_AUTH_SOCK: '/tmp/agent',
    LANG: 'C.UTF-8',
  };
  const sandbox = new Sandbox({ allowedHosts: () => hosts, hiddenFolders: [carrelHome], environment });

  beforeAll(() => {
    mkdirSync(join(workspace, '.git/hooks'), { recursive: true });
    mkdirSync(carrelHome);
    writeFileSync(join(carrelHome, 'settings.toml'), 'sk-secret');
    writeFileSync(join(base, 'outside'), 'untouched');
  });
  afterAll(async () => {
    await sandbox[Symbol.asyncDispose]();
    rmSync(base, { recursive: true, force: true });
  });

  async function run(
    command: string,
    more: { timeoutMs?: number; signal?: AbortSignal; folder?: string } = {},
  ): Promise<SandboxedRun> {
    const { timeoutMs = 60_000, signal = new AbortController().signal, folder = workspace } = more;
    const result = await runSandboxed(sandbox, {
      command,
      cwd: folder,
      workspace: folder,
      signal,
      timeoutMs,
    });
    if (!result.ok) throw new Error(result.error);
    return result.value;
  }

  it('tells output and exit code, in the order of printing', async () => {
    const command = `echo "it's"; echo two >&2; printf '%s\\n' '漢字 !! $HOME'; pwd; (exit 7)`;
    expect(await run(command)).toEqual({
      status: 'finished',
      exitCode: 7,
      output: `it's\ntwo\n漢字 !! $HOME\n${workspace}`,
      durationMs: expect.any(Number),
    });
    expect((await run('kill -9 $$')).exitCode).toBe(137);
    expect(await run('cat; read x || echo "nothing to read"')).toMatchObject({ output: 'nothing to read' });
  });

  it('writes in the workspace and a temporary folder of its own, and nowhere else', async () => {
    symlinkSync(join(base, 'outside'), join(workspace, 'link'));
    symlinkSync(base, join(workspace, 'folder-link'));
    const { output } = await run(`
      echo new > inside
      echo x > "$TMPDIR/file" && echo temporary
      echo x > /tmp/file && echo "temporary, too"
      for path in ../outside link folder-link/new ~/carrel-new /etc/carrel-new /usr/carrel-new .git/hooks/pre-commit .git/config AGENTS.md; do
        (echo x > "$path") 2>/dev/null && echo "wrote $path"
      done; true`);
    expect(output).toBe('temporary\ntemporary, too');
    expect(readFileSync(join(workspace, 'inside'), 'utf8')).toBe('new\n');
    expect(readFileSync(join(base, 'outside'), 'utf8')).toBe('untouched');
    expect(readdirSync(base).toSorted()).toEqual(['home', 'outside', 'workspace']);
    expect(readdirSync(workspace).toSorted()).toEqual(['.git', 'folder-link', 'inside', 'link']);
    expect(existsSync('/tmp/file')).toBe(false);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('carrel-command-'))).toEqual([]);
  });

  it('only reads where the workspace holds the whole home folder', async () => {
    const { output } = await run('touch carrel-new 2>/dev/null || echo refused; pwd', { folder: homedir() });
    expect(output).toBe(`refused\n${homedir()}`);
  });

  it('does not see keys: in the environment, in the home folder, in what belongs to Carrel', async () => {
    const { output } = await run(
      `env | cut -d= -f1 | sort | tr '\\n' ' '; cat ${carrelHome}/* ~/.ssh/* 2>/dev/null; ls /run /var/run`,
    );
    const expected = ['HOME', 'LANG', 'PATH', 'PWD', 'SHLVL', 'TERM', 'TMPDIR', '_'];
    const names = output.split(/\s+/);
    expect(names).toEqual(expect.arrayContaining(expected));
    expect(
      names.filter(
        (name) =>
          ![
            ...expected,
            'LC_ALL',
            'LC_CTYPE',
            'TZ',
            'USER',
            'LOGNAME',
            'SHELL',
            '/run:',
            '/var/run:',
            '',
          ].includes(name),
      ),
    ).toEqual([]);
  });

  it('cannot change what the kernel does, whoever it is', async () => {
    const before = readFileSync('/proc/sys/kernel/hostname', 'utf8');
    const { output } = await run(`
      (cat /proc/sys/kernel/hostname > /proc/sys/kernel/hostname) 2>/dev/null && echo wrote
      mount -t tmpfs none /mnt 2>/dev/null && echo mounted
      kill -0 ${process.pid} 2>/dev/null && echo seen; true`);
    expect(output).toBe('');
    expect(readFileSync('/proc/sys/kernel/hostname', 'utf8')).toBe(before);
  });

  it('reaches no host, and those that are allowed alone', async () => {
    const server = createServer((_, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const ask = `node -e 'fetch("http://127.0.0.1:${port}").then((r) => r.text()).then(console.log, () => console.log("no way"))'`;
    expect((await run(ask)).output).toBe('no way');
    expect(
      (await run('(: > /dev/tcp/1.1.1.1/80) 2>/dev/null || echo "no way"; echo "<$HTTP_PROXY>"')).output,
    ).toBe('no way\n<>');
    hosts = ['localhost.invalid'];
    const proxied = await run(
      'curl -sS -m 5 http://example.org 2>&1; curl -sS -m 5 http://localhost.invalid 2>&1 | head -c 300',
    );
    expect(proxied.output).toMatch(/^Connection blocked by network allowlist/);
    expect(proxied.output.match(/allowlist/g)).toHaveLength(1);
    hosts = [];
    server.close();
  });

  it('takes all that it started along, also what left its session', async () => {
    const sleepers = () =>
      execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line === 'sleep 98765');
    const { output, durationMs } = await run(
      'setsid sleep 98765 & (setsid nohup sleep 98765 >/dev/null 2>&1 &); sleep 98765 & echo started',
    );
    expect(output).toBe('started');
    expect(durationMs).toBeLessThan(30_000);
    expect(sleepers()).toEqual([]);
    expect(await run('setsid sleep 98765 & sleep 98765', { timeoutMs: 1000 })).toMatchObject({
      status: 'timed-out',
    });
    expect(sleepers()).toEqual([]);
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const running = run('echo begun; touch begun; sleep 98765', { signal: stop.signal });
    while (!existsSync(join(workspace, 'begun'))) await wait(5);
    stop.abort();
    expect(await running).toMatchObject({ status: 'interrupted', output: 'begun' });
    expect(await run('echo never', { signal: AbortSignal.abort() })).toMatchObject({
      status: 'interrupted',
      output: '',
    });
  });

  it('may print without end', async () => {
    const { status, output } = await run('yes 0123456789', { timeoutMs: 3000 });
    expect(status).toBe('timed-out');
    expect(output.length).toBeLessThan(8_001_000);
    expect(output).toContain('characters left out');
  });

  it.skipIf(process.getuid?.() === 0)('has a limit of processes', async () => {
    const { output } = await run('for i in $(seq 2000); do sleep 60 & done 2>&1 | tail -1', {
      timeoutMs: 20_000,
    });
    expect(output).toMatch(/unavailable/);
  });

  it('has a limit of processes that is set', async () => {
    expect((await run('ulimit -u')).output).toBe('1024');
  });
});

it('says why when there is no sandbox', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await using sandbox = new Sandbox({ allowedHosts: () => [], hiddenFolders: [], environment: {} });
  const signal = new AbortController().signal;
  const options = { command: 'true', cwd: tmpdir(), workspace: tmpdir(), signal, timeoutMs: 1000 };
  expect(await runSandboxed(sandbox, options)).toMatchObject({ ok: false, error: expect.any(String) });
});
