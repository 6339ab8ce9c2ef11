import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import { inTerminal } from './harness/terminal-picture.ts';
import { expect, test } from './harness/test.ts';

/** Would be made by any command of a paste that ran. */
const CANARY = 'touch canary';
const END = '\u001b[201~';

/** What is pasted, and what must arrive; the same where only one is given. */
const PASTES: readonly (readonly [pasted: string, arrives?: string])[] = [
  // The end of the paste, told early.
  [`${END}${CANARY}\r`, `[201~${CANARY}\n`],
  [`a${END}\n${CANARY}\n`, `a[201~\n${CANARY}\n`],
  [`\u009b201~${CANARY}\r`, `201~${CANARY}\n`],
  [`\u001b[20${END}1~${CANARY}\r`, `[20[201~1~${CANARY}\n`],
  [`\u001b\u001b[201~[201~${CANARY}\r`, `[201~[201~${CANARY}\n`],
  [`\u001b\u0000[201~${CANARY}\r`, `[201~${CANARY}\n`],
  [`\u001b[201\u001b~${CANARY}\n`, `[201~${CANARY}\n`],
  [`\u001b[200~${END}${CANARY}\n`, `[200~[201~${CANARY}\n`],
  // Keys.
  [`${CANARY}\u0003`, CANARY],
  [`${CANARY}\u0004`, CANARY],
  [`${CANARY}\u001a`, CANARY],
  [`${CANARY}\u000d`, `${CANARY}\n`],
  [`${CANARY}\u000a`, `${CANARY}\n`],
  [`${CANARY}\u000f`, CANARY],
  [`\u0001\u0005\u0015\u0017\u000b\u0019${CANARY}`, CANARY],
  [`\u0012${CANARY}\r`, `${CANARY}\n`],
  [`\u0018\u0005${CANARY}`, CANARY],
  [`ab\u0008\u007fc`, 'abc'],
  [`\u001b[A\u001b[A${CANARY}\r`, `[A[A${CANARY}\n`],
  [`\u001bOM${CANARY}`, `OM${CANARY}`],
  [`\u001b:q!\r${CANARY}`, `:q!\n${CANARY}`],
  [`\u0016\u001b${CANARY}`, CANARY],
  [`\u0085${CANARY}\u0084\u008d`, CANARY],
  [`\u001b]52;c;YQ==\u0007x\u001bP$q\u001b\\`, ']52;c;YQ==xP$q\\'],
  // Line ends.
  [`one\r\ntwo\rthree\nfour`, 'one\ntwo\nthree\nfour'],
  [`${CANARY}\r\n\r\n${CANARY}\n\n`, `${CANARY}\n\n${CANARY}\n\n`],
  [`\n${CANARY}`],
  [`${CANARY} \\\n --help`],
  [`cat <<END\n${CANARY}\nEND\n`],
  // What shells read meaning into.
  [`$(${CANARY})`],
  [`\`${CANARY}\``],
  [`!!; !touch; !-1:p ^a^b`],
  [`; ${CANARY} && ${CANARY} | sh & #`],
  [`"unclosed ${CANARY}`],
  [`'unclosed ${CANARY}`],
  [`~ * ? [a-z] {1..3} $HOME \${PATH} <(id) >/dev/null`],
  [`\\x1b[201~ \\n \\033 %s %n`],
  [`tab\there\tand\t`],
  ['  leading and trailing  '],
  ['#comment'],
  // Characters that are not what they seem.
  [`safe\u202e ${CANARY} \u202c`],
  ['a\u200bb\u200dc\u2060d\ufeffe\u00adf\u00a0g'],
  [`one\u2028${CANARY}\u2029two`],
  ['漢字 かな 👩‍💻 e\u0301 \u{1f1eb}\u{1f1f7} \u{e0041}'],
  ['ｒｍ －ｒｆ', 'ｒｍ －ｒｆ'],
  ['x'.repeat(5000)],
  [Array.from({ length: 200 }, (_, line) => `${CANARY} ${line}`).join('\n')],
];

type Place = {
  readonly program: string;
  /** Of the program, in the home folder. */
  readonly settings: { readonly path: string; readonly text: string };
  readonly start: string;
  /** What is shown when it is ready. */
  readonly ready: RegExp;
  /** What it makes itself of a text that arrives. */
  readonly own?: (text: string) => string;
};

/** Ctrl+], which begins no longer sequence of keys. */
const SAVE_KEY = '\u001d';

/** In each of them the key writes the text and a line feed to the file `text` and empties it again. */
const PLACES: readonly Place[] = [
  {
    program: 'bash',
    settings: {
      path: 'rc',
      text: String.raw`PS1='in-bash$ '
        save() { printf '%s\n' "$READLINE_LINE" >new; mv new text; READLINE_LINE=; READLINE_POINT=0; }
        bind 'set enable-bracketed-paste on'; bind -x '"\C-]": save'`,
    },
    start: 'bash --rcfile rc',
    ready: /in-bash\$ *$/,
  },
  {
    program: 'zsh',
    settings: {
      path: '.zshrc',
      text: String.raw`PROMPT='in-zsh$ '
        save() { print -r -- "$BUFFER" >new; mv new text; BUFFER=; }
        zle -N save; bindkey '^]' save`,
    },
    start: 'zsh',
    ready: /in-zsh\$ *$/,
  },
  {
    program: 'fish',
    settings: {
      path: 'rc.fish',
      text: String.raw`function fish_prompt; echo -n 'in-fish$ '; end
        function save; commandline -b >new; mv new text; commandline ''; end
        bind \c] save`,
    },
    start: 'fish -C "source rc.fish"',
    ready: /in-fish\$ *$/,
    own: (text) => text.replace(/^ +/, '').replaceAll('\t', ''),
  },
  {
    program: 'vim',
    settings: {
      path: 'rc.vim',
      text: `set nocompatible noswapfile noautoindent
        inoremap <C-]> <Esc>:silent w! new<CR>:call rename('new', 'text')<CR>:%d _<CR>i`,
    },
    start: 'vim -u rc.vim +startinsert',
    ready: /-- INSERT --/,
  },
];

for (const { program, settings, start, ready, own = (text: string) => text } of PLACES) {
  test(`${PASTES.length} nasty pastes arrive in ${program} as they are, and run nothing`, async ({
    launchDesktop,
  }) => {
    test.skip(spawnSync(program, ['--version']).error !== undefined, `${program} is not installed`);
    const carrel = await launchDesktop();
    writeFileSync(carrel.home.path(settings.path), settings.text);
    await carrel.type(`${start}\n`);
    await carrel.expectTerminal(ready);
    for (const [pasted, arrives = pasted] of PASTES) {
      expect(await arrived(carrel, pasted), JSON.stringify(pasted.slice(0, 100))).toBe(own(arrives));
    }
    expect(existsSync(carrel.home.path('canary'))).toBe(false);
  });
}

test('asks before lines that would run one by one and before sudo, and shows exactly what it types', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type("bind 'set enable-bracketed-paste off'\n");
  await expect.poll(() => inTerminal(carrel.page, 'terminal.modes.bracketedPasteMode')).toBe(false);
  const dialog = carrel.page.getByRole('dialog', { name: 'Paste into the terminal?' });

  await paste(carrel, `${CANARY}\r\n\u001b[A\techo \u202e1`);
  await expect(dialog.getByLabel('What is typed')).toHaveText(`${CANARY}↵\n[A⇥echo U+202E1`, {
    useInnerText: true,
  });
  await carrel.page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();

  await paste(carrel, 'sudo -k');
  await expect(dialog).toContainText('sudo');
  await carrel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await paste(carrel, 'echo one-$((1+1))\necho two-$((1+1))\n');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await carrel.expectTerminal(/one-2\n[^]*two-2\n/);
  expect(existsSync(carrel.home.path('canary'))).toBe(false);
  expect(await carrel.terminalText()).not.toContain('sudo -k');
});

test('takes Ctrl+Shift+V and dropped files, whatever their names hold', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.page.evaluate(`navigator.clipboard.writeText('echo \\u001b[201~pasted-$((1+1))\\n')`);
  await carrel.terminal.getByRole('textbox', { name: 'Terminal input' }).focus();
  await carrel.page.keyboard.press('Control+Shift+V');
  await carrel.expectTerminal(/\$ echo \[201~pasted-\$\(\(1\+1\)\)\s*$/);
  await carrel.page.keyboard.press('Control+C');

  const names = ["it's", 'a "b" $(touch canary)', 'new\nline', '漢字'];
  const urls = names.map((name) => `file://${encodeURI(`/tmp/${name}`)}`);
  await carrel.type(String.raw`printf '<%s>' `);
  await carrel.page.evaluate(`{
    const dropped = new DataTransfer();
    dropped.setData('text/uri-list', ${JSON.stringify(urls.join('\r\n'))});
    document.querySelector('.terminal-host .xterm').dispatchEvent(
      new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
    );
  }`);
  await carrel.type('\n');
  await carrel.expectTerminal(names.map((name) => `</tmp/${name}>`).join(''));
  expect(existsSync(carrel.home.path('canary'))).toBe(false);
});

/** As the browser tells of a paste, by whatever key or mouse button. */
async function paste(carrel: Carrel, text: string): Promise<void> {
  expect(await tryToPaste(carrel, text)).toBe(true);
}

/** Says whether it was done: not if it must be bracketed and the program has not said yet that it takes pastes. */
function tryToPaste(
  carrel: Carrel,
  text: string,
  { isBracketed = false, keysAfter = '' } = {},
): Promise<boolean> {
  return inTerminal(
    carrel.page,
    `(terminal.modes.bracketedPasteMode || !${isBracketed}) && (() => {
      const pasted = new DataTransfer();
      pasted.setData('text/plain', ${JSON.stringify(text)});
      terminal.textarea.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }),
      );
      terminal.input(${JSON.stringify(keysAfter)});
      return true;
    })()`,
  );
}

/** What the program has of a paste. */
async function arrived(carrel: Carrel, pasted: string): Promise<string> {
  const path = carrel.home.path('text');
  const isPasted = () => tryToPaste(carrel, pasted, { isBracketed: true, keysAfter: SAVE_KEY });
  await expect.poll(isPasted, { intervals: [5] }).toBe(true);
  await expect.poll(() => existsSync(path), { intervals: [5] }).toBe(true);
  const text = readFileSync(path, 'utf8');
  rmSync(path);
  return text.replace(/\n$/, '');
}
