import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram } from './shell.ts';
import { Client, eventually, openTerminal } from './testing/open-terminal.ts';

/** Prompts as their authors hook them into a shell: some as Debian ships them, some that do the same in a few lines. */
type Prompt = {
  readonly shell: 'bash' | 'zsh' | 'fish';
  readonly name: string;
  readonly setUp: string;
  /** A file that must be there. */
  readonly needs?: string;
  /** What the screen shows when the prompt works. */
  readonly shows: RegExp;
};

/** A thousand in all; fewer where a prompt takes tens of milliseconds. */
const COMMANDS = 155;
const COMMANDS_OF_SLOW_PROMPT = 40;
const SIZE = { columns: 120, rows: 30 };
const RC_FILES = { bash: '.bashrc', zsh: '.zshrc', fish: '.config/fish/config.fish' } as const;

/** `c CODE FOLDER` goes to a folder and ends with a code. */
const COMMAND = {
  bash: 'c() { cd "$2"; return "$1"; }',
  zsh: 'c() { cd "$2"; return "$1"; }',
  fish: 'function c; cd $argv[2]; return $argv[1]; end',
} as const;

const PROMPTS: readonly Prompt[] = [
  {
    shell: 'bash',
    name: 'one that sets PS1 anew before each prompt and takes the time with a DEBUG trap (as starship)',
    setUp: String.raw`
      began() { [ "$READY" = yes ] && { READY=; BEGAN=$SECONDS; }; }
      star_prompt() { local code=$? pipe="${'$'}{PIPESTATUS[*]}"; PS1="\n\w [$code|$pipe] ❯ "; READY=yes; }
      trap began DEBUG
      PROMPT_COMMAND="$PROMPT_COMMAND;star_prompt"; PROMPT_COMMAND="${'$'}{PROMPT_COMMAND#;}"`,
    shows: /~ \[7\|7\] ❯/,
  },
  {
    shell: 'bash',
    name: 'one that hooks itself in at the first prompt, before and behind all others (as bash-preexec)',
    setUp: String.raw`
      PS1='\w [$last] > '
      __bp_install_string=$'__bp_trap="$(trap -p DEBUG)"\ntrap - DEBUG\n__bp_install'
      before() { last=$?; for f in "${'$'}{precmd_functions[@]}"; do "$f"; done; }
      ready() { is_ready=on; }
      invoked() { [ -z "$is_ready" ] && return; is_ready=; runs=$((runs+1)); }
      __bp_install() {
        [[ "${'$'}{PROMPT_COMMAND[*]}" == *before* ]] && return 1
        trap invoked DEBUG
        local old="${'$'}{PROMPT_COMMAND//$__bp_install_string/:}"
        PROMPT_COMMAND=$'before\n'"$old"; PROMPT_COMMAND+=('ready'); before; ready
      }
      precmd_functions=(false)
      PROMPT_COMMAND=$'true\n'"$__bp_install_string"`,
    shows: /~ \[7\] >/,
  },
  {
    shell: 'bash',
    name: 'liquidprompt',
    needs: '/usr/share/liquidprompt/liquidprompt',
    setUp: 'source /usr/share/liquidprompt/liquidprompt; lp_activate --no-config',
    shows: / 7 [#$]/,
  },
  {
    shell: 'zsh',
    name: 'one that sets PROMPT before each prompt, draws it anew and shortens old ones (as powerlevel10k)',
    setUp: `
      setopt prompt_subst
      autoload -Uz add-zsh-hook
      _p9k_precmd() { local code=$?; PROMPT='%~ ['$code'] '$'\\n''❯ '; precmd_functions=(\${precmd_functions:#_p9k_precmd} _p9k_precmd) }
      add-zsh-hook precmd _p9k_precmd
      again() { zle reset-prompt }
      short() { PROMPT='❯ '; zle reset-prompt }
      zle -N zle-line-init again; zle -N zle-line-finish short`,
    shows: /~ \[7\]\s+❯/,
  },
  {
    shell: 'zsh',
    name: 'powerlevel9k',
    needs: '/usr/share/powerlevel9k/powerlevel9k.zsh-theme',
    setUp: `POWERLEVEL9K_MODE=flat; POWERLEVEL9K_DISABLE_RPROMPT=true; POWERLEVEL9K_LEFT_PROMPT_ELEMENTS=(dir status)
      source /usr/share/powerlevel9k/powerlevel9k.zsh-theme`,
    shows: /~ .*7/,
  },
  {
    shell: 'zsh',
    name: 'one with substitutions, hooks of its own and an exported prompt (as oh-my-zsh)',
    setUp: `
      setopt prompt_subst
      branch() { print -n '(main)' }
      precmd() { last=$? }
      precmd_functions+=(true)
      export PROMPT='%~ [$last] $(branch) %# '`,
    shows: /~ \[7\] \(main\) [%#]/,
  },
  {
    shell: 'fish',
    name: 'one that is drawn by a program, with a prompt at the right (as starship)',
    setUp: `
      function fish_prompt; set -l code $status; printf '\\n%s [%s] ❯ ' (prompt_pwd) $code; end
      function fish_right_prompt; echo right; end
      function fish_mode_prompt; end`,
    shows: /~ \[7\] ❯/,
  },
  {
    shell: 'fish',
    name: "fish's own, chosen by name",
    setUp: `fish_config prompt choose informative_vcs`,
    shows: /\[7\]/,
  },
];

async function openWith({ shell, setUp }: Prompt) {
  const program = findProgram(shell, process.env) ?? shell;
  const terminal = openTerminal({
    shell: program,
    useShellIntegration: true,
    environment: { SHELL: program },
    cwd: '/',
  });
  const file = join(terminal.home, RC_FILES[shell]);
  mkdirSync(dirname(file), { recursive: true });
  const greeting = shell === 'fish' ? 'function fish_greeting; end' : '';
  writeFileSync(file, `${COMMAND[shell]}\n${greeting}\ncd\n${setUp}\n`);
  const client = new Client(terminal.pty, SIZE);
  terminal.pty.start(SIZE);
  return { terminal, client, [Symbol.asyncDispose]: () => terminal[Symbol.asyncDispose]() };
}

describe.each(PROMPTS)('$shell with $name', (prompt) => {
  const isMissing =
    findProgram(prompt.shell, process.env) === undefined || (prompt.needs && !existsSync(prompt.needs));

  const count = prompt.needs ? COMMANDS_OF_SLOW_PROMPT : COMMANDS;

  it.skipIf(isMissing)(`tells ${count} of ${count} commands`, async () => {
    await using opened = await openWith(prompt);
    const { terminal, client } = opened;
    const home = realpathSync(terminal.home);
    for (const folder of ['a', 'b']) mkdirSync(join(home, folder));
    client.type(`c 7 "${home}"\r`);
    await client.sees(prompt.shows);
    const wanted = Array.from({ length: count }, (_, index) => {
      const folder = join(home, index % 2 === 0 ? 'a' : 'b');
      return { line: `c ${index % 256} "${folder}" ${index}`, code: index % 256, folder };
    });
    client.type(wanted.map(({ line }) => `${line}\r`).join(''));
    await eventually(() => expect(terminal.commands.length).toBeGreaterThanOrEqual(count + 1));
    const told = terminal.commands.slice(1);
    expect(told.map(({ commandLine, exitCode, cwd }) => [commandLine, exitCode, cwd])).toEqual(
      wanted.map(({ line, code }, index) => [line, code, wanted[index - 1]?.folder ?? home]),
    );
    // Prompts are marked too, however often they are drawn.
    await eventually(() => {
      const drawn = ['A', 'B'].map((kind) => client.output.split(`\x1b]633;${kind};`).length - 1);
      expect(Math.min(...drawn)).toBeGreaterThan(count);
    });
  });
});
