import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from './shell.ts';
import { Client, eventually, openTerminal } from './testing/open-terminal.ts';
import type { CommandOutcome, Pty } from './types.ts';

const FILES = { bash: '.bashrc', zsh: '.zshrc', fish: '.config/fish/config.fish' } as const;
const PROMPTS = {
  bash: "PS1='own $ '",
  zsh: "PS1='own %# '",
  fish: "function fish_prompt; echo 'own $ '; end; function fish_greeting; end",
} as const;
type Shell = keyof typeof FILES;
const SIZE = { columns: 100, rows: 30 };

async function openShell(shell: Shell, more = '') {
  const path = findProgram(shell, process.env) ?? shell;
  const terminal = openTerminal({ shell: path, useShellIntegration: true, environment: { SHELL: path } });
  const file = join(terminal.home, FILES[shell]);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${PROMPTS[shell]}\n${more}\n`);
  terminal.pty.start(SIZE);
  const client = new Client(terminal.pty, SIZE);
  return {
    ...terminal,
    client,
    run: (command: string, timeoutMs = 60_000, signal = new AbortController().signal) =>
      run(terminal.pty, command, timeoutMs, signal),
    [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose](),
  };
}

async function run(
  pty: Pty,
  command: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  return await pty.runCommand(command, { signal, timeoutMs, onPasswordAsked() {} });
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const isMissing = findProgram(shell, process.env) === undefined;

  it.skipIf(isMissing)(
    'tells output and exit code of what it typed, exactly as given and as one command',
    async () => {
      await using opened = await openShell(shell);
      const heredoc = `cat <<'END'\nit's $HOME !! "x"\n\tEND\nEND`;
      const rows: readonly [command: string, output: string, exitCode: number][] = [
        ['echo one; echo two', 'one\ntwo', 0],
        [`printf 'no line end'; sh -c 'exit 3'`, 'no line end', 3],
        ['echo one\necho two\n\nsh -c "exit 4"\n', 'one\ntwo', 4],
        shell === 'fish'
          ? [`echo 'it is' !! ^e`, 'it is !! ^e', 0]
          : [heredoc, `it's $HOME !! "x"\n        END`, 0],
        [`echo 'a"b' "c'd" \\\\`, `a"b c'd \\`, 0],
        ['printf "%s|" "漢字 🙂 é"', '漢字 🙂 é|', 0],
        ['# nothing', '', 0],
        ['cd /usr', '', 0],
        [shell === 'fish' ? 'set -x OWN "of the tab"' : 'export OWN="of the tab"', '', 0],
        ['pwd; sh -c "echo \\$OWN"', '/usr\nof the tab', 0],
      ];
      const outcomes = [];
      for (const [command] of rows) outcomes.push(await opened.run(command));
      expect(outcomes).toEqual(
        rows.map(([, output, exitCode]) => ({
          status: 'finished',
          output,
          exitCode,
          durationMs: expect.any(Number),
        })),
      );
      await eventually(() => expect(opened.commands).toHaveLength(rows.length));
      expect(opened.commands[0]?.commandLine).toBe('echo one; echo two');
    },
  );

  it.skipIf(isMissing)('runs in another folder, and leaves the shell where it is', async () => {
    await using opened = await openShell(shell);
    const cwd = join(opened.home, `it's \\ "a" folder`);
    mkdirSync(cwd);
    const options = { cwd, signal: new AbortController().signal, timeoutMs: 60_000, onPasswordAsked() {} };
    const outcome = await opened.pty.runCommand(`pwd\necho 'it"s' \\\\; sh -c "exit 6"`, options);
    expect(outcome).toMatchObject({ status: 'finished', exitCode: 6, output: `${cwd}\nit"s \\` });
    expect(await opened.run('pwd')).toMatchObject({ output: opened.home });
    await opened.run('cd /usr');
    expect(await opened.pty.runCommand('pwd', { ...options, cwd: '/usr' })).toMatchObject({ output: '/usr' });
    await eventually(() => expect(opened.commands.at(-1)?.commandLine).toBe('pwd'));
    expect(await opened.pty.runCommand('pwd', { ...options, cwd: join(cwd, 'gone') })).toMatchObject({
      exitCode: 1,
    });
  });

  it.skipIf(isMissing)('leaves a line alone that the person has not entered', async () => {
    await using opened = await openShell(shell);
    await opened.client.sees('own ');
    opened.client.type('ls /us');
    await opened.client.sees('ls /us');
    // The cursor at the beginning: what is typed stands behind it.
    opened.client.type('\x01');
    expect(await opened.run('echo run')).toEqual({ status: 'not-started', reason: 'typed-text' });
    expect(opened.client.screen).toContain('ls /us');
    opened.client.type('\x05\x15');
    await eventually(() => expect(opened.client.screen).not.toContain('ls /us'));
    expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
  });

  it.skipIf(isMissing)('types nothing that the shell would not take for one whole command', async () => {
    await using opened = await openShell(shell);
    expect(await opened.run('echo "open')).toEqual({ status: 'not-started', reason: 'not-accepted' });
    expect(await opened.run('echo )')).toEqual({ status: 'not-started', reason: 'not-accepted' });
    expect(await opened.run('echo \x1b[201~x\r')).toEqual({
      status: 'not-started',
      reason: 'control-characters',
    });
    expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
  });

  it.skipIf(isMissing)('works in the normal mode of a line editor that is like vi', async () => {
    const viMode = { bash: 'set -o vi', zsh: 'bindkey -v', fish: 'fish_vi_key_bindings' }[shell];
    await using opened = await openShell(shell, viMode);
    await opened.client.sees('own ');
    opened.client.type('\x1b');
    // fish takes a key soon after for one with Alt, and shows when it does not.
    if (shell === 'fish') await opened.client.sees('[N]');
    expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
  });

  it.skipIf(isMissing)('leaves the terminal to a person who presses a key', async () => {
    await using opened = await openShell(shell);
    const outcome = opened.run(`sh -c 'echo begun; read x; echo "got $x"'`);
    await opened.client.sees(/^begun$/m);
    opened.client.type('k');
    expect(await outcome).toMatchObject({
      status: 'taken-over',
      output: expect.stringMatching(/^begun\n?k?$/),
    });
    expect(await opened.run('echo run')).toEqual({ status: 'not-started', reason: 'busy' });
    opened.client.type('ey\r');
    await opened.client.sees('got key');
  });

  it.skipIf(isMissing)('interrupts what is stopped', async () => {
    await using opened = await openShell(shell);
    const stop = new AbortController();
    const outcome = opened.run('echo begun; sleep 1000', 60_000, stop.signal);
    await opened.client.sees(/^begun$/m);
    stop.abort();
    expect(await outcome).toMatchObject({
      status: 'interrupted',
      exitCode: 130,
      output: expect.stringMatching(/^begun\n/),
    });
    expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
  });

  it.skipIf(isMissing)(
    'leaves nothing on the line, nor running, when it is stopped at any moment',
    async () => {
      await using opened = await openShell(shell);
      for (let delayMs = 0; delayMs < 24; delayMs += 3) {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), delayMs);
        const outcome = await opened.run('sleep 1000', 60_000, stop.signal);
        const isInterrupted = outcome.status === 'interrupted' && outcome.exitCode !== undefined;
        expect(isInterrupted || outcome).toEqual(
          isInterrupted || { status: 'not-started', reason: 'stopped' },
        );
      }
      expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
    },
  );
});

describe('a command', () => {
  it('that goes on is reported when its time is over, and left running', async () => {
    await using opened = await openShell('bash');
    const outcome = await opened.run('echo begun; sleep 1000', 500);
    expect(outcome).toMatchObject({ status: 'still-running', output: 'begun' });
    expect(await opened.run('echo run')).toEqual({ status: 'not-started', reason: 'busy' });
    opened.client.type('\x03');
    await eventually(() => expect(opened.commands).toHaveLength(1));
  });

  it('that ignores Ctrl-C is given up', async () => {
    await using opened = await openShell('bash');
    const stop = new AbortController();
    const outcome = opened.run(`sh -c 'trap "" INT; echo begun; sleep 1000'`, 60_000, stop.signal);
    await opened.client.sees(/^begun$/m);
    stop.abort();
    expect(await outcome).toEqual({
      status: 'interrupted',
      output: expect.any(String),
      durationMs: expect.any(Number),
    });
  });

  it.runIf(process.platform === 'linux')('that reads what nobody types is reported', async () => {
    await using opened = await openShell('bash');
    expect(await opened.run('echo begun; cat | cat')).toMatchObject({
      status: 'waiting-for-input',
      output: 'begun',
    });
    opened.client.type('\x04');
    await eventually(() => expect(opened.commands).toHaveLength(1));
    expect(await opened.run('read -p "Name? " name')).toMatchObject({
      status: 'waiting-for-input',
      output: 'Name?',
    });
  });

  it('that is a shell of its own is reported as one that waits', async () => {
    await using opened = await openShell('bash');
    expect(await opened.run('bash --norc --noprofile')).toMatchObject({ status: 'waiting-for-input' });
  });

  it.skipIf(findProgram('vim', process.env) === undefined)(
    'that fills the screen is reported with its screen',
    async () => {
      await using opened = await openShell('bash');
      const outcome = await opened.run('echo before; vim -u NONE -c "normal iwritten"');
      expect(outcome).toMatchObject({ status: 'full-screen', output: expect.stringMatching(/^written\n~/) });
    },
  );

  it.each(['read -s -p "Password: " x', `sh -c 'stty -echo; printf Password:; read x; stty echo'`])(
    'that asks for a password waits for the person, and shows no one what they typed: %s',
    async (command) => {
      await using opened = await openShell('bash');
      const asked = Promise.withResolvers<void>();
      const told: boolean[] = [];
      const signal = new AbortController().signal;
      const line = `${command}; echo "(\${#x})"`;
      const outcome = opened.pty.runCommand(line, {
        signal,
        timeoutMs: 60_000,
        onPasswordAsked: (isAsked) => {
          told.push(isAsked);
          asked.resolve();
        },
      });
      await asked.promise;
      opened.client.type('hun');
      opened.client.type('ter2\r');
      const ended = await outcome;
      expect(ended).toMatchObject({ status: 'finished', exitCode: 0 });
      expect(JSON.stringify(ended)).not.toContain('hun');
      expect(told).toEqual([true, false]);
    },
  );

  it('that asks for a password which nobody types is reported when its time is over', async () => {
    await using opened = await openShell('bash');
    expect(await opened.run('read -s -p "Password: " x', 2500)).toMatchObject({
      status: 'waiting-for-password',
      output: 'Password:',
    });
  });

  it('that ends the shell is told with its exit code', async () => {
    await using opened = await openShell('bash');
    expect(await opened.run('echo bye; exit 3')).toMatchObject({
      status: 'finished',
      exitCode: 3,
      output: 'bye\nexit',
    });
    // The next one starts another shell.
    expect(await opened.run('echo back')).toMatchObject({ status: 'finished', output: 'back' });
  });

  it('whose terminal goes away is told as one whose end nobody knows', async () => {
    await using opened = await openShell('bash');
    const outcome = opened.run('echo begun; sleep 1000');
    await opened.client.sees(/^begun$/m);
    await opened.pty[Symbol.asyncDispose]();
    expect(await outcome).toMatchObject({ status: 'shell-ended' });
  });

  it('that prints marks of its own ends only when it ends', async () => {
    await using opened = await openShell('bash');
    const fakes = String.raw`printf '\033]633;D;9\007\033]633;D;9;0\007\033]133;D;9\007'; sleep 0.3; echo after; (exit 5)`;
    expect(await opened.run(fakes)).toMatchObject({ status: 'finished', exitCode: 5, output: 'after' });
  });

  it('that prints much is told by its beginning and its end', async () => {
    await using opened = await openShell('bash');
    const outcome = await opened.run('seq 1 1700000');
    if (outcome.status !== 'finished') throw new Error(outcome.status);
    expect(outcome.output.length).toBeLessThan(8_001_000);
    expect(outcome.output).toMatch(/^1\n2\n3\n[^]*characters left out[^]*\n1699999\n1700000$/);
  }, 120_000);

  it('is typed when the prompt is there, whatever the shell does before it', async () => {
    await using opened = await openShell('bash', 'sleep 1; PROMPT_COMMAND="sleep 0.2"');
    expect(await opened.run('echo run')).toMatchObject({ status: 'finished', output: 'run' });
    expect(await opened.run('echo again')).toMatchObject({ status: 'finished', output: 'again' });
  });

  it('is not typed behind one that the person has begun and not ended', async () => {
    await using opened = await openShell('bash');
    await opened.client.sees('own ');
    opened.client.type('for x in 1 2\r');
    await opened.client.sees(/\n>$/);
    expect(await opened.run('echo run')).toEqual({ status: 'not-started', reason: 'typed-text' });
    opened.client.type('do echo n$x; done\r');
    await opened.client.sees('n2');
  });

  it('is not typed where the shell tells nothing', async () => {
    await using terminal = openTerminal({ shell: '/bin/sh', useShellIntegration: true });
    terminal.pty.start(SIZE);
    const outcome = await run(terminal.pty, 'echo run', 1000, new AbortController().signal);
    expect(outcome).toEqual({ status: 'not-started', reason: 'no-integration' });
  });

  it('is not typed when it was stopped before', async () => {
    await using opened = await openShell('bash');
    expect(await opened.run('echo run', 1000, AbortSignal.abort())).toEqual({
      status: 'not-started',
      reason: 'stopped',
    });
  });

  it('starts the shell of a tab that was never shown', async () => {
    await using terminal = openTerminal({ useShellIntegration: true });
    const outcome = await run(terminal.pty, 'echo run', 60_000, new AbortController().signal);
    expect(outcome).toMatchObject({ status: 'finished', output: 'run' });
  });
});

it('reads the text, the last lines of it, and the last commands', async () => {
  await using opened = await openShell('bash');
  expect((await opened.pty.read({ lines: 5, blocks: 5 })).blocks).toEqual([]);
  await opened.run(String.raw`printf '\033[31mred\033[0m\nmore\n'; (exit 2)`);
  await opened.run('cd /; echo "two  words"');
  await opened.client.sees(/^two {2}words\s+own \$$/m);
  const { text, isFullScreen, blocks } = await opened.pty.read({ lines: 3, blocks: 2 });
  expect(text).toBe('own $ cd /; echo "two  words"\ntwo  words\nown $');
  expect(isFullScreen).toBe(false);
  expect(blocks).toEqual([
    expect.objectContaining({ cwd: opened.home, exitCode: 2, isRunning: false, output: 'red\nmore' }),
    {
      id: expect.any(Number),
      commandLine: 'cd /; echo "two  words"',
      cwd: opened.home,
      exitCode: 0,
      isRunning: false,
      output: 'two  words',
    },
  ]);
});
