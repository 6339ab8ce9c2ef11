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

async function run(pty: Pty, command: string, timeoutMs: number, signal: AbortSignal): Promise<CommandOutcome> {
  return await pty.runCommand(command, { signal, timeoutMs, onPasswordAsked() {} });
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const isMissing = findProgram(shell, process.env) === undefined;

  it.skipIf(isMissing)('tells output and exit code of what it ran', async () => {
    await using opened = await openShell(shell);
    const commands = [
      'echo one; echo two',
      `printf 'no line end'; sh -c 'exit 3'`,
      'echo one\necho two\n\necho three',
      shell === 'fish' ? `echo 'a !! b' "c !! d" ^e` : `cat <<'END'\nit's $HOME !! "x"\n\tEND\nEND`,
      `echo "漢字 🙂 é"`,
      '# nothing',
      'cd /usr',
      shell === 'fish' ? 'set -x OWN "of the tab"' : 'export OWN="of the tab"',
      'pwd; echo $OWN',
      'eval "echo \'x\'"',
    ];
    const outcomes = [];
    for (const command of commands) outcomes.push(await opened.run(command));
    console.log(shell, outcomes, opened.client.screen);
  });
});
