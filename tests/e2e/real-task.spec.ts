import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { treeOf } from '../../src/main/agent/undo/testing/tree-of.ts';
import type { Carrel } from './harness/carrel.ts';
import { inFolder, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** A small project whose one test fails, with what a working copy has besides: modes, links, bytes that are no text. */
const FILES: Readonly<Record<string, string | Buffer>> = {
  'README.md': '# Sums\r\n\r\nAdds what it is given.\r\n',
  'src/sum.mjs':
    'export function sum(...numbers) {\n  return numbers.reduce((total, next) => total - next, 0);\n}\n',
  'test/sum.test.mjs':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n" +
    "import { sum } from '../src/sum.mjs';\n\ntest('adds', () => assert.equal(sum(1, 2, 3), 6));\n",
  'assets/logo.bin': Buffer.from([0, 1, 2, 255, 254]),
  'scripts/check.sh': '#!/bin/sh\nexec node --test\n',
};

function makeProject(folder: string): void {
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  chmodSync(join(folder, 'scripts/check.sh'), 0o751);
  chmodSync(join(folder, 'README.md'), 0o640);
  symlinkSync('README.md', join(folder, 'readme'));
  mkdirSync(join(folder, 'empty'), { mode: 0o700 });
}

async function approve(carrel: Carrel, tool: string, shows: string): Promise<void> {
  const card = carrel.approval(tool);
  await expect(card).toContainText(shows);
  await card.getByRole('button', { name: 'Approve once' }).click();
}

test('the agent mends a failing test under the person’s eyes, and the person takes all of it back', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  makeProject(folder);
  const before = treeOf(folder);
  const settings = inFolder(folder, usualSettings(provider));
  const carrel = await launchDesktop({ settings });
  await carrel.expectPrompt();

  // The model looks, mends it wrongly, sees the test fail, mends it, and leaves a report behind.
  const edit = (oldText: string, newText: string) => ({
    name: 'edit_file',
    input: { path: 'src/sum.mjs', oldText, newText },
  });
  const run = (command: string) => ({ name: 'run_command', input: { command } });
  const runTests = `${JSON.stringify(process.execPath)} --test --test-reporter=tap`;
  const finish = `${runTests} > report.txt && chmod 600 src/sum.mjs && ln -sf src/sum.mjs readme && rmdir empty`;
  provider.answerNext('m1', {
    text: 'I look first.',
    calls: [{ name: 'read_file', input: { path: 'src/sum.mjs' } }],
  });
  provider.answerNext('m1', { text: 'It subtracts.', calls: [edit('total - next', 'total * next')] });
  provider.answerNext('m1', { calls: [run(runTests)] });
  provider.answerNext('m1', { text: 'Still wrong.', calls: [edit('total * next', 'total + next')] });
  provider.answerNext('m1', { calls: [run(finish)] });
  provider.answerNext('m1', { text: 'The function subtracted; now it adds, and the test passes.' });

  await carrel.send('The test fails. Please mend it.');
  await approve(carrel, 'edit_file', 'total * next');
  await approve(carrel, 'run_command', '--test-reporter=tap');
  await carrel.expectTerminal('not ok 1 - adds', 30_000);
  await approve(carrel, 'edit_file', 'total + next');
  await approve(carrel, 'run_command', 'report.txt');
  await carrel.waitForAnswer('now it adds, and the test passes');

  // What the model was told at each step is what happened.
  const told = provider.exchangesOf('m1').map(({ messages }) => messages.at(-1)?.text ?? '');
  expect(told).toEqual([
    expect.stringContaining('Please mend it.'),
    expect.stringContaining('total - next'),
    expect.stringContaining('Changed src/sum.mjs'),
    expect.stringMatching(/Exit code 1[^]*not ok 1 - adds/),
    expect.stringContaining('Changed src/sum.mjs'),
    expect.stringContaining('Exit code 0'),
  ]);
  expect(readFileSync(join(folder, 'src/sum.mjs'), 'utf8')).toContain('total + next');
  expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('ok 1 - adds');
  const after = treeOf(folder);
  expect(Object.keys(after)).not.toContain('empty');

  await carrel.conversation.getByRole('button', { name: 'Undo…' }).click();
  const dialog = carrel.page.getByRole('dialog', { name: 'Undo this turn' });
  await dialog.getByRole('button', { name: /^Undo \d+ changes$/ }).click();
  await expect(carrel.conversation.getByRole('article', { name: 'Undone' })).toBeVisible();
  expect(treeOf(folder)).toEqual(before);

  await carrel.conversation.getByRole('button', { name: 'Redo…' }).click();
  await carrel.page
    .getByRole('dialog', { name: 'Redo this turn' })
    .getByRole('button', { name: /^Redo/ })
    .click();
  await expect(carrel.conversation.getByRole('article', { name: 'Redone' })).toBeVisible();
  expect(treeOf(folder)).toEqual(after);

  expect(carrel.archive.rows('SELECT tool, status, decided_by, exit_code FROM approval ORDER BY id')).toEqual(
    [
      { tool: 'edit_file', status: 'allowed', decided_by: 'person', exit_code: null },
      { tool: 'run_command', status: 'allowed', decided_by: 'person', exit_code: 1 },
      { tool: 'edit_file', status: 'allowed', decided_by: 'person', exit_code: null },
      { tool: 'run_command', status: 'allowed', decided_by: 'person', exit_code: 0 },
    ],
  );
});
