import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import { PROMPT } from './harness/home.ts';
import { descendants } from './harness/processes.ts';
import { expect, test } from './harness/test.ts';

test.describe('the terminal', () => {
  let carrel: Carrel;

  test.beforeEach(async ({ launchDesktop }) => {
    carrel = await launchDesktop();
    await carrel.expectPrompt();
  });

  test('vim edits, saves and quits', async () => {
    await carrel.type('vim -u NONE -N note.txt\n');
    await carrel.expectTerminal(/note\.txt.*\[New/);
    await carrel.type('ifirst line\nsecond line');
    await carrel.expectTerminal('second line');
    await carrel.page.keyboard.press('Escape');
    await carrel.type(':wq\n');
    await carrel.expectPrompt();
    expect(readFileSync(carrel.home.path('note.txt'), 'utf8')).toBe('first line\nsecond line\n');
    expect(await carrel.terminalText()).not.toContain('second line');
  });

  test('less pages to the end and back', async () => {
    await carrel.type('seq 1 5000 | less\n');
    await carrel.expectTerminal(/^1\n2\n3\n/);
    await carrel.type('G');
    await carrel.expectTerminal(/5000\n\(END\)$/);
    await carrel.type('g');
    await carrel.expectTerminal(/^1\n2\n3\n/);
    await carrel.type('q');
    await carrel.expectPrompt();
  });

  test('top redraws itself, takes a new size and quits', async () => {
    await carrel.type('top -d 0.5\n');
    await carrel.expectTerminal(/PID +USER/);
    const before = await rowsAndColumns(carrel);
    await carrel.resize({ width: 1100, height: 640 });
    await expect.poll(() => rowsAndColumns(carrel)).not.toBe(before);
    const top = descendants(carrel.pid).find(({ command }) => command.startsWith('top'));
    const sizeOfTop = () =>
      execFileSync('stty', ['-F', `/proc/${top?.pid}/fd/0`, 'size'], { encoding: 'utf8' }).trim();
    await expect.poll(async () => sizeOfTop() === (await rowsAndColumns(carrel))).toBe(true);
    await carrel.type('q');
    await carrel.expectPrompt();
  });

  test('git log goes through its pager', async () => {
    const git = (input: string, ...args: string[]) =>
      execFileSync('git', args, { cwd: carrel.home.userFolder, input });
    git('', 'init', '--quiet', 'repository');
    const commits = Array.from(
      { length: 80 },
      (_, index) =>
        `commit refs/heads/main\ncommitter A <a@b.c> ${index} +0000\ndata <<END\nchange ${index}\nEND\n`,
    );
    git(commits.join(''), '-C', 'repository', 'fast-import', '--quiet');
    await carrel.type('cd repository && git log main --format=%s\n');
    await carrel.expectTerminal(/^change 79\n[^]*\n:$/);
    await carrel.type('G');
    await carrel.expectTerminal(/change 0\n\(END\)$/);
    await carrel.type('q');
    await carrel.expectPrompt();
  });

  test('Chinese, Japanese, Korean and emoji are typed and printed', async () => {
    const words = '漢字 かな 한글 é 🙂 👩‍🚀';
    await carrel.type(`echo ${words} > words.txt; cat words.txt\n`);
    await carrel.expectTerminal(`\n${words}\n`);
    expect(readFileSync(carrel.home.path('words.txt'), 'utf8')).toBe(`${words}\n`);
  });

  test('ten megabytes arrive whole and in order', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index} ${'x'.repeat(94)}`);
    writeFileSync(carrel.home.path('big.txt'), `${lines.join('\n')}\n`);
    await carrel.type('cat big.txt\n');
    await carrel.expectTerminal(/99999 x+\ncarrel\$$/, 30_000);
    const [shown = ''] = /[^]*(?=\ncarrel\$$)/.exec(await carrel.terminalText()) ?? [];
    const last = shown.split('\n').slice(-500);
    expect(last).toEqual(lines.slice(-500));
  });

  test('Ctrl-C ends a flood and brings the prompt back within a second', async () => {
    await carrel.type('yes flood\n');
    await expect.poll(async () => (await carrel.terminalText()).split('\n').length).toBeGreaterThan(500);
    await carrel.page.keyboard.press('Control+C');
    const endsWithPrompt = async () => (await carrel.terminalText()).endsWith(PROMPT.trim());
    await expect.poll(endsWithPrompt, { intervals: [20], timeout: 1_000 }).toBe(true);
    await carrel.type('echo alive-$((1+1))\n');
    await carrel.expectTerminal('alive-2');
  });

  test('a shell that ended says how, keeps its text, and another can be started', async () => {
    await carrel.type('echo before-$((1+1)); exit 3\n');
    await expect(carrel.terminal.getByRole('alert')).toContainText('exit code 3');
    await carrel.expectTerminal('before-2');
    await carrel.terminal.getByRole('button', { name: 'Restart shell' }).click();
    await carrel.expectPrompt();
    await carrel.type('echo after-$((1+1))\n');
    await carrel.expectTerminal(/before-2[^]*after-2/);
  });
});

/** As `stty size` prints it. */
function rowsAndColumns(carrel: Carrel): Promise<string> {
  return carrel.terminal.evaluate((region: { querySelectorAll(selector: string): Iterable<object> }) => {
    const host = [...region.querySelectorAll('*')].find((element) => 'carrelTerminal' in element);
    const { rows, cols } = (host as { carrelTerminal: { rows: number; cols: number } }).carrelTerminal;
    return `${rows} ${cols}`;
  });
}
