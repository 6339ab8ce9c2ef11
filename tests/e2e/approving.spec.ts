import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inFolder, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const write = (path: string, content = 'made\n') => ({ name: 'write_file', input: { path, content } });

test('S04 approving in one tab runs its tool only, and another tab’s answer is refused', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  provider.answerNext('m1', { calls: [write('a.txt')] });
  provider.answerNext('m1', { calls: [write('b.txt')] });
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  await carrel.send('first');
  await expect(carrel.approval('write_file')).toBeVisible();
  await carrel.newTab();
  await carrel.send('second');
  await expect(carrel.approval('write_file')).toContainText('b.txt');
  const [a, b] = [carrel.sessionId(0), carrel.sessionId(1)];
  const waiting = carrel.archive.rows<{ id: string; session_id: string }>(
    'SELECT id, session_id FROM approval',
  );
  const ofB = waiting.find(({ session_id }) => session_id === b)?.id;
  const answer = { type: 'approve', scope: 'once' };
  expect(await carrel.call('approval.answer', { sessionId: a, approvalId: ofB, answer })).toMatchObject({
    ok: false,
    error: { code: 'approval-not-found' },
  });
  await carrel.switchTo(0);
  await carrel.approval('write_file').getByRole('button', { name: 'Approve once' }).click();
  await carrel.waitForAnswer('m1: first');
  expect([existsSync(`${folder}/a.txt`), existsSync(`${folder}/b.txt`)]).toEqual([true, false]);
  await expect(carrel.tab(1)).toContainText('Needs approval');
});

test('S05 what is approved for one tab is asked about in another, and a mode that only reads refuses', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  provider.answerNext('m1', { calls: [write('one.txt')] });
  await carrel.send('one');
  await carrel.approval('write_file').getByRole('button', { name: 'Approve for this tab' }).click();
  await carrel.waitForAnswer('m1: one');
  provider.answerNext('m1', { calls: [write('two.txt')] });
  await carrel.ask('two', 'm1: two');
  expect(existsSync(`${folder}/two.txt`)).toBe(true);

  await carrel.newTab();
  provider.answerNext('m1', { calls: [write('three.txt')] });
  await carrel.send('three');
  await expect(carrel.approval('write_file')).toBeVisible();
  await carrel.approval('write_file').getByRole('button', { name: 'Deny' }).click();
  await carrel.waitForAnswer('m1: three');
  expect(existsSync(`${folder}/three.txt`)).toBe(false);

  await carrel.setMode('ask');
  provider.answerNext('m1', { calls: [write('four.txt')] });
  await carrel.ask('four', 'm1: four');
  expect(existsSync(`${folder}/four.txt`)).toBe(false);
});

test('S18 an approval outlives a switch of models, and the next turn is on the new one', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  provider.answerNext('m1', { calls: [write('a.txt')] });
  await carrel.send('go');
  await expect(carrel.approval('write_file')).toBeVisible();
  await carrel.pickModel('m2');
  await carrel.expectModel('m1, next m2');
  await carrel.approval('write_file').getByRole('button', { name: 'Approve once' }).click();
  await carrel.waitForAnswer('m1: go');
  expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe('made\n');
  await carrel.ask('again', 'm2: again');
});

test('S32 a question that a crash cut off has not run its tool, says so, and can be asked again', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  provider.answerNext('m1', { text: 'I write.', calls: [write('a.txt')] });
  await carrel.send('go');
  await expect(carrel.approval('write_file')).toBeVisible();
  await carrel.kill();
  await carrel.start();
  await expect(carrel.conversation).toContainText('expired');
  expect(existsSync(`${folder}/a.txt`)).toBe(false);
  await carrel.conversation.getByRole('button', { name: 'Ask again' }).click();
  await carrel.approval('write_file').getByRole('button', { name: 'Approve once' }).click();
  await carrel.waitForAnswer('m1: go');
  expect(existsSync(`${folder}/a.txt`)).toBe(true);
});

test('S41 a tab that is closed while it waits for an approval never runs the tool', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  await carrel.newTab();
  provider.answerNext('m1', { calls: [write('a.txt')] });
  await carrel.send('go');
  await expect(carrel.approval('write_file')).toBeVisible();
  await carrel.closeTab();
  await expect
    .poll(() => carrel.archive.rows('SELECT status FROM approval'))
    .toEqual([{ status: 'expired' }]);
  expect(existsSync(`${folder}/a.txt`)).toBe(false);
});

test('an approved command runs in the tab’s own shell, where it is seen, and its outcome goes to the model', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  await carrel.expectPrompt();
  provider.answerNext('m1', {
    calls: [{ name: 'run_command', input: { command: 'echo out$((40+2)); touch x; (exit 3)' } }],
  });
  await carrel.send('go');
  const question = carrel.approval('run_command');
  await expect(question).toContainText('echo out$((40+2)); touch x; (exit 3)');
  await question.getByRole('button', { name: 'Approve once' }).click();
  await carrel.expectTerminal('out42');
  await carrel.waitForAnswer('m1: go');
  expect(JSON.stringify(provider.exchanges[1]?.messages)).toContain('Exit code 3');
  expect(carrel.archive.rows('SELECT status, decided_by, exit_code FROM approval')).toEqual([
    { status: 'allowed', decided_by: 'person', exit_code: 3 },
  ]);
});

test('an edit is shown as a diff, and can be approved in part', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const settings = inFolder(folder, usualSettings(provider));
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  writeFileSync(`${folder}/list.txt`, `${lines.join('\n')}\n`);
  const carrel = await launchDesktop({ settings });
  const changed = lines.with(1, 'second').with(25, 'twenty-sixth');
  provider.answerNext('m1', { calls: [write('list.txt', `${changed.join('\n')}\n`)] });
  await carrel.send('go');
  const question = carrel.approval('write_file');
  await expect(question).toContainText('twenty-sixth');
  await question.getByRole('checkbox', { name: /Part 2 of 2/ }).uncheck();
  await question.getByRole('button', { name: 'Approve once' }).click();
  await carrel.waitForAnswer('m1: go');
  expect(readFileSync(`${folder}/list.txt`, 'utf8')).toBe(`${lines.with(1, 'second').join('\n')}\n`);
});
