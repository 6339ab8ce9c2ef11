import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { inFolder, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

/** Files may be written without a question. */
const READY = '[approvals]\nallow = ["write_file(**)", "edit_file(**)"]\n';

const write = (path: string, content: string) => ({ name: 'write_file', input: { path, content } });

function undoDialog({ page }: Carrel): Locator {
  return page.getByRole('dialog', { name: 'Undo this turn' });
}

test('a turn that changed files is undone after a restart, and redone', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  writeFileSync(`${folder}/a.txt`, 'one\n');
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) + READY });
  provider.answerNext('m1', { calls: [write('a.txt', 'two\n'), write('b.txt', 'new\n')] });
  await carrel.ask('go', 'm1: go');
  await expect(carrel.conversation).toContainText('2 files changed');
  await carrel.ask('only talk', 'm1: only talk');
  await carrel.restart();

  await carrel.conversation.getByRole('button', { name: 'Undo…' }).click();
  await expect(undoDialog(carrel).getByRole('listitem').filter({ hasText: 'a.txt' })).toContainText(
    'changed back',
  );
  await undoDialog(carrel).locator('summary', { hasText: 'a.txt' }).click();
  await expect(undoDialog(carrel).locator('.diff')).toContainText('one');
  await undoDialog(carrel).getByRole('button', { name: 'Undo 2 changes' }).click();
  const record = carrel.conversation.getByRole('article', { name: 'Undone' });
  await expect(record).toContainText('2 changes taken back');
  expect([readFileSync(`${folder}/a.txt`, 'utf8'), existsSync(`${folder}/b.txt`)]).toEqual(['one\n', false]);
  await expect(carrel.conversation.getByRole('button', { name: 'Undo…' })).toHaveCount(0);

  await record.getByRole('button', { name: 'Redo…' }).click();
  await carrel.page
    .getByRole('dialog', { name: 'Redo this turn' })
    .getByRole('button', { name: 'Redo 2 changes' })
    .click();
  await expect(carrel.conversation.getByRole('article', { name: 'Redone' })).toBeVisible();
  expect([readFileSync(`${folder}/a.txt`, 'utf8'), existsSync(`${folder}/b.txt`)]).toEqual(['two\n', true]);

  provider.answerNext('m1', { text: 'You have it again.' });
  await carrel.ask('what happened?', 'You have it again.');
  expect(JSON.stringify(provider.exchanges.at(-1)?.messages)).toContain(
    'The person undid what your turn had changed',
  );
});

test('/undo and the key open what can be undone; what was changed since is kept unless it is chosen', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  writeFileSync(`${folder}/mine.txt`, 'one\n');
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) + READY });
  await carrel.slashRefused('/undo', 'No turn of this tab has changed files');
  provider.answerNext('m1', { calls: [write('mine.txt', 'two\n'), write('b.txt', 'new\n')] });
  await carrel.ask('go', 'm1: go');
  await expect(carrel.conversation).toContainText('2 files changed');
  writeFileSync(`${folder}/mine.txt`, 'three\n');

  await carrel.message.fill('/undo');
  await carrel.message.press('Enter');
  await expect(undoDialog(carrel).getByRole('group', { name: /mine\.txt$/ })).toBeVisible();
  await undoDialog(carrel).getByRole('button', { name: 'Undo 1 change' }).click();
  await expect(carrel.conversation.getByRole('list', { name: 'Left as they are' })).toContainText('mine.txt');
  expect([readFileSync(`${folder}/mine.txt`, 'utf8'), existsSync(`${folder}/b.txt`)]).toEqual([
    'three\n',
    false,
  ]);

  await carrel.page.keyboard.press('Control+Shift+Y');
  const restore = undoDialog(carrel)
    .getByRole('group', { name: /mine\.txt$/ })
    .getByRole('radio', { name: 'Restore' });
  await expect(undoDialog(carrel).getByRole('button', { name: /^Undo/ })).toBeDisabled();
  await restore.check();
  await undoDialog(carrel).getByRole('button', { name: 'Undo 1 change' }).click();
  await expect(undoDialog(carrel)).toBeHidden();
  expect(readFileSync(`${folder}/mine.txt`, 'utf8')).toBe('one\n');
});

test('nothing is undone while a turn runs', async ({ launchDesktop, provider, folder }) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) + READY });
  provider.answerNext('m1', { calls: [write('a.txt', 'x')] });
  await carrel.ask('go', 'm1: go');
  await expect(carrel.conversation).toContainText('1 file changed');
  provider.answer('m1', { text: 'slowly', hold: 1 });
  await carrel.send('more');
  await expect(carrel.agent.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await carrel.conversation.getByRole('button', { name: 'Undo…' }).click();
  await expect(carrel.agent.getByRole('alert')).toContainText('A turn is running');
  await expect(undoDialog(carrel)).toBeHidden();
  expect(existsSync(`${folder}/a.txt`)).toBe(true);
});
