import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellStart } from './integration.ts';
import { writeIntegrationFiles } from './integration-files.ts';
import { findProgram } from './shell.ts';
import { Client, eventually, openTerminal, startClient } from './testing/open-terminal.ts';

/** What each shell's own file sets up: a prompt, and hooks before it that must go on working. */
const SHELLS = {
  bash: {
    file: '.bashrc',
    content: `PS1='own$? $ '; PROMPT_COMMAND='echo hook=$?'; HISTCONTROL=ignoreboth; PS0='(own)'`,
    prompt: 'own0 $',
  },
  zsh: {
    file: '.zshrc',
    content: `PS1='own%? %# '; precmd() { echo hook=$? }; preexec() { print '(own)' }; setopt hist_ignore_space`,
    prompt: /own0 [#%]/,
  },
  fish: {
    file: '.config/fish/config.fish',
    content: `function fish_prompt; echo own$status '$ '; end; function fish_greeting; end
      function hook --on-event fish_prompt; echo hook=$status; end; function own --on-event fish_preexec; echo '(own)'; end`,
    prompt: 'own0 $',
  },
} as const;

type Shell = keyof typeof SHELLS;

async function openShell(shell: Shell, more = '', shellArguments?: readonly string[]) {
  const path = findProgram(shell, process.env) ?? shell;
  const terminal = openTerminal({
    shell: path,
    useShellIntegration: true,
    environment: { SHELL: path },
    ...(shellArguments && { shellArguments }),
  });
  const file = join(terminal.home, SHELLS[shell].file);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${SHELLS[shell].content}\n${more}\n`);
  writeFileSync(join(terminal.home, '.bash_profile'), 'source ~/.bashrc\n');
  terminal.pty.start({ columns: 100, rows: 30 });
  const client = await startClient(terminal, { columns: 100, rows: 30 });
  await client.sees(SHELLS[shell].prompt);
  const run = async (line: string) => {
    const { length } = terminal.commands;
    client.type(`${line}\r`);
    await eventually(() => expect(terminal.commands.length).toBeGreaterThan(length));
    return terminal.commands[length];
  };
  return { terminal, client, run, [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose]() };
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const isMissing = findProgram(shell, process.env) === undefined;
  const leave = shell === 'fish' ? 'sh -c "exit 3"' : '(exit 3)';

  it.skipIf(isMissing)('tells each command with its exit code, folder and duration', async () => {
    await using opened = await openShell(shell);
    const { terminal, run } = opened;
    const folder = join(terminal.home, 'a; b\\ 漢');
    mkdirSync(folder);
    const commands = [
      await run(`cd "$HOME/a; b\\\\ 漢"`),
      await run('sleep 0.2; echo "x;y\\\\z"'),
      await run(leave),
      await run(leave),
      await run(' echo secret'),
    ];
    expect(commands.map((command) => [command?.commandLine, command?.exitCode, command?.cwd])).toEqual([
      [`cd "$HOME/a; b\\\\ 漢"`, 0, terminal.home],
      ['sleep 0.2; echo "x;y\\\\z"', 0, folder],
      [leave, 3, folder],
      [leave, 3, folder],
      ['', 0, folder],
    ]);
    expect(commands[1]?.durationMs).toBeGreaterThan(150);
    expect(commands[1]?.durationMs).toBeLessThan(1500);
    expect(terminal.folders).toEqual([folder]);
  });

  it.skipIf(isMissing)("keeps the user's prompt and hooks, before and after", async () => {
    await using opened = await openShell(shell);
    await opened.run(leave);
    await eventually(() => expect(opened.client.screen).toMatch(/\(own\)[^]*hook=3\s+own3/));
  });

  it.skipIf(isMissing)(
    'says nothing for an empty line, and the whole of one with several lines',
    async () => {
      await using opened = await openShell(shell);
      opened.client.type('\r\r');
      const loop = shell === 'fish' ? 'for x in 1 2\necho n$x\nend' : 'for x in 1 2\ndo echo n$x\ndone';
      const command = await opened.run(loop.replaceAll('\n', '\r'));
      expect(command?.commandLine.replaceAll(/[\s;]+/g, ' ')).toBe(loop.replaceAll('\n', ' '));
      expect(opened.terminal.commands).toHaveLength(1);
    },
  );

  it.skipIf(isMissing)(
    'keeps the word that makes marks true from programs, which cannot fake them',
    async () => {
      await using opened = await openShell(shell);
      const { terminal, client, run } = opened;
      const nonces = `tr '\\0' '\\n' </proc/${shell === 'fish' ? '$fish_pid' : '$$'}/environ | grep -c NONCE=`;
      await run(`env | grep -c CARREL; ls ../*/shell-integration/nonce-*; ${nonces}; cd ..`);
      await client.sees(/^(\(own\))?0$[^]*^0$/m);
      const folder = dirname(terminal.home);
      await eventually(() => expect(terminal.folders).toEqual([folder]));
      await run(
        `printf '\\033]633;P;Cwd=/fake\\007\\033]633;P;Cwd=/fake;0\\007\\033]7;file:///fake\\007\\033]633;E;fake;\\007\\033]133;D;9\\007\\033]633;C\\033\\\\'`,
      );
      await run('true');
      expect(terminal.folders).toEqual([folder]);
      expect(terminal.commands.at(-1)).toMatchObject({ commandLine: 'true', cwd: folder });
    },
  );

  it.skipIf(isMissing)('tells commands as a login shell with an option too', async () => {
    const option = { bash: ['-O', 'globstar'], zsh: ['-o', 'extendedglob'], fish: ['-C', 'set own 1'] }[
      shell
    ];
    await using opened = await openShell(shell, '', ['-il', ...option]);
    const question = {
      bash: 'shopt -q globstar && echo set',
      zsh: '[[ -o extendedglob && -o login ]] && echo set',
      fish: 'status is-login && echo set-$own',
    }[shell];
    expect(await opened.run(question)).toMatchObject({ commandLine: question, exitCode: 0 });
    await opened.client.sees(/^(\(own\))?set/m);
  });

  it.skipIf(isMissing)('leaves a shell alone that runs one command', async () => {
    await using terminal = openTerminal({
      shell,
      shellArguments: ['-c', 'echo "only:$CARREL_NONCE_FILE:$ZDOTDIR:"'],
      useShellIntegration: true,
    });
    using client = new Client(terminal.pty);
    terminal.pty.start({ columns: 80, rows: 24 });
    await eventually(() => expect(client.screen).toContain('only:::'));
  });

  it.skipIf(isMissing)('works again after the shell was started anew', async () => {
    await using opened = await openShell(shell);
    opened.client.type('exit 0\r');
    await eventually(() => expect(opened.terminal.pty.state.status).toBe('exited'));
    opened.terminal.pty.restart();
    await opened.client.sees(/exit 0[^]*own0/);
    expect(await opened.run('echo again')).toMatchObject({ commandLine: 'echo again', exitCode: 0 });
  });
});

it("leaves hooks alone that bash keeps in a list, and a user's trap and option", async () => {
  const more = `PROMPT_COMMAND=('echo first=$?' 'echo second=$?'); trap 'traps=$((traps+1))' DEBUG; set -u`;
  await using opened = await openShell('bash', more);
  expect(await opened.run('(exit 4)')).toMatchObject({ commandLine: '(exit 4)', exitCode: 4 });
  await opened.client.sees(/first=4\nsecond=4\nown4/);
  await opened.run('echo traps=$traps');
  await opened.client.sees(/traps=\d/);
});

it('sees a shell within a shell as one command, and leaves it alone', async () => {
  await using opened = await openShell('bash', `export PS1 PROMPT_COMMAND`);
  const { client, terminal } = opened;
  client.type('bash --norc; true\r');
  await client.sees(/\(own\)own0 \$$/);
  client.type('echo $((40+2)); set -u; (exit 5)\r');
  await client.sees(/^42$/m);
  expect(client.screen).not.toContain('not found');
  client.type('exit 6\r');
  await eventually(() =>
    expect(terminal.commands).toMatchObject([{ commandLine: 'bash --norc; true', exitCode: 0 }]),
  );
});

it.skipIf(findProgram('zsh', process.env) === undefined)(
  'follows the folder of a shell that took the place of another',
  async () => {
    await using opened = await openShell('bash');
    const { client, terminal } = opened;
    client.type('exec zsh -f\r');
    await client.sees(/\n\S+[%#]$/);
    client.type('cd /usr\r');
    await eventually(() => expect(terminal.folders).toEqual(['/usr']));
  },
);

it("reads a login shell's files in bash as bash would", async () => {
  await using opened = await openShell('bash');
  const { home } = opened.terminal;
  writeFileSync(join(home, '.bash_profile'), 'echo profile-read; source ~/.bashrc');
  const start = shellStart({
    shell: '/bin/bash',
    environment: {},
    integrationFolder: join(home, 'shell-integration'),
    nonce: 'n',
    isLoginShell: true,
  });
  const variables = Object.entries(start.environment).map(([name, value]) => `${name}=${value}`);
  opened.client.type(`clear; env ${variables.join(' ')} bash ${start.programArguments.join(' ')}\r`);
  await eventually(() => expect(opened.client.screen).toMatch(/profile-read[^]*own0/));
});

it("gives zsh the user's ZDOTDIR back", async () => {
  await using opened = openTerminal({
    shell: 'zsh',
    useShellIntegration: true,
    environment: { ZDOTDIR: '/tmp' },
  });
  writeFileSync(join(opened.home, '.zshrc'), '');
  using client = await startClient(opened);
  client.type('print -r -- "<$ZDOTDIR>"\r');
  await eventually(() => expect(client.screen).toContain('</tmp>'));
});

it('follows the folder of a shell without integration, by its process and by OSC 7', async () => {
  await using terminal = openTerminal({ shell: '/bin/sh', environment: { PS1: '$ ' } });
  using client = await startClient(terminal);
  client.type('cd /usr\r');
  await eventually(() => expect(terminal.folders).toEqual(['/usr']));
  client.type(`printf '\\033]7;file://localhost/a%%20b\\007'; sleep 1\r`);
  await eventually(() => expect(terminal.folders[1]).toBe('/a b'));
  expect(terminal.commands).toEqual([]);
});

it('never takes the folder of another machine for one here', async () => {
  const tell = String.raw`printf '\033]7;file://localhost/elsewhere\007\033]7;file:///elsewhere\007told'; sleep 100`;
  await using folder = openTerminal();
  const ssh = join(folder.home, 'ssh');
  writeFileSync(ssh, `#!/bin/bash\n${tell}`, { mode: 0o755 });
  await using terminal = openTerminal({ shell: 'ssh', variables: { PATH: `${folder.home}:/bin` } });
  using client = new Client(terminal.pty);
  terminal.pty.start({ columns: 80, rows: 24 });
  await client.sees('told');
  // After it a folder would be told, were there one.
  const before = client.receivedBytes;
  client.type('x');
  await eventually(() => expect(client.receivedBytes).toBeGreaterThan(before));
  expect([terminal.folders, terminal.commands]).toEqual([[], []]);
});

it("gives a program its profile's variables and arguments, also in place of the user's and Carrel's own", async () => {
  await using terminal = openTerminal({
    script: 'echo "$1|$2|$OWN|$TERM|$LANG|"; read line',
    shellArguments: ['a b', ''],
    variables: { OWN: 'mine', TERM: 'vt100', LANG: '' },
  });
  using client = new Client(terminal.pty);
  terminal.pty.start({ columns: 80, rows: 24 });
  await eventually(() => expect(client.screen).toContain('a b||mine|vt100||'));
});

it('names the key that a program which is not there came from', async () => {
  await using terminal = openTerminal({ shell: 'no-such-program', settingsKey: '[profiles.work] command' });
  using client = new Client(terminal.pty);
  terminal.pty.start({ columns: 200, rows: 24 });
  await eventually(() =>
    expect(client.screen).toContain('was not found. Set [profiles.work] command in settin'),
  );
});

it('writes its scripts for the user alone, replaces what differs and leaves what does not', async () => {
  await using terminal = openTerminal();
  const folder = join(terminal.home, 'scripts');
  writeIntegrationFiles(folder);
  const script = join(folder, 'carrel.bash');
  const modes = [folder, join(folder, 'zsh'), script, join(folder, 'zsh/.zshenv')].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
  const content = readFileSync(script, 'utf8');
  utimesSync(script, 1, 1);
  writeIntegrationFiles(folder);
  expect(statSync(script).mtimeMs).toBe(1000);
  writeFileSync(script, 'changed');
  writeIntegrationFiles(folder);
  expect(readFileSync(script, 'utf8')).toBe(content);
});

it('starts PowerShell with its script, after the profile, and marks as the other shells write them', async () => {
  await using terminal = openTerminal();
  const folder = join(terminal.home, "it's");
  writeIntegrationFiles(folder);
  const start = shellStart({
    shell: '/usr/bin/pwsh',
    environment: {},
    integrationFolder: folder,
    nonce: 'n0nce',
    isLoginShell: false,
  });
  const path = join(terminal.home, "it''s", 'carrel.ps1');
  expect(start.programArguments).toEqual(['-NoExit', '-Command', `. '${path}'`]);
  expect(readFileSync(start.environment['CARREL_NONCE_FILE'] ?? '', 'utf8')).toBe('n0nce\n');
  const script = readFileSync(join(folder, 'carrel.ps1'), 'utf8');
  expect(script).toContain(']633;$Text;$($Global:__Carrel.Nonce)');
  for (const kind of ['A', 'B', 'C', 'D;$code', 'E;$(', 'P;Cwd=$('])
    expect(script).toMatch(new RegExp(`__Carrel-Mark ['"]${RegExp.escape(kind)}`));
  expect(script.indexOf('Remove-Item -LiteralPath $env:CARREL_NONCE_FILE')).toBeGreaterThan(0);
});

it.each([
  [['-NoLogo', '-ExecutionPolicy', 'Bypass'], true],
  [['-File', 'script.ps1'], false],
])('starts PowerShell with %j, integrated: %s', async (shellArguments, isIntegrated) => {
  await using terminal = openTerminal();
  const start = shellStart({
    shell: '/usr/bin/pwsh',
    shellArguments,
    environment: {},
    integrationFolder: terminal.home,
    nonce: 'n',
    isLoginShell: true,
  });
  const script = ['-NoExit', '-Command', expect.stringContaining('carrel.ps1')];
  expect(start.programArguments).toEqual([...shellArguments, ...(isIntegrated ? script : [])]);
  expect('CARREL_NONCE_FILE' in start.environment).toBe(isIntegrated);
});

it('starts a shell without integration when its folder cannot be written', async () => {
  await using terminal = openTerminal({ useShellIntegration: true });
  writeFileSync(join(terminal.home, 'shell-integration'), 'in the way');
  using client = await startClient(terminal);
  client.type('echo works\r');
  await eventually(() => expect(client.screen).toContain('\nworks\n'));
});
