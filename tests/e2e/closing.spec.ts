import { refuseWrites } from './harness/archive.ts';
import { descendants, isRunning } from './harness/processes.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test('S40 closing a tab in mid-stream ends its request, its shell and all of its writing', async ({
  launchDesktop,
  provider,
}) => {
  provider.answerNext('m1', { text: 'this answer is never read to its end', hold: 2 });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.pickModel('m2');
  await carrel.expectPrompt();
  await carrel.switchTo(0);
  await carrel.expectPrompt();
  await carrel.type('(sleep 1001 & sleep 1002)\n');
  const sleeping = () => descendants(carrel.pid).filter(({ command }) => command.startsWith('sleep 100'));
  await expect.poll(() => sleeping().length).toBe(2);
  const children = sleeping();
  await carrel.send('close me');
  await expect(carrel.conversation).toContainText('this answer');
  const closed = carrel.sessionId(0);
  const rows = () => carrel.archive.messages(closed);

  await carrel.closeTab();
  await expect.poll(() => provider.exchanges[0]?.status).toBe('aborted');
  await expect.poll(() => children.filter(({ pid }) => isRunning(pid))).toEqual([]);
  await expect.poll(() => carrel.archive.openSessions().map(({ id }) => id)).not.toContain(closed);
  const left = rows();
  await carrel.ask('are you well?', 'm2: are you well?');
  await expect(carrel.conversation).not.toContainText('this answer');
  await carrel.type('echo shell-$((1+1))\n');
  await carrel.expectTerminal('shell-2');
  expect(rows()).toEqual(left);
  expect(left.map(({ status }) => status)).not.toContain('streaming');
});

test('S43 a tab closes whatever fails, the one used before it comes to the front, and it can be reopened', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('of the first', 'm1: of the first');
  await carrel.newTab();
  await carrel.newTab();
  await carrel.expectPrompt();
  await carrel.pickModel('m2');
  await carrel.ask('of the third', 'm2: of the third');
  await carrel.switchTo(0);
  await carrel.switchTo(2);

  // A shell that ignores the hang-up, a provider that never answers, an archive that refuses the row.
  await carrel.type("trap '' HUP TERM; sleep 1003\n");
  const stubborn = () => descendants(carrel.pid).filter(({ command }) => command.startsWith('sleep 1003'));
  await expect.poll(() => stubborn().length).toBe(1);
  const children = stubborn();
  provider.answerNext('m2', { text: 'never', hold: 0 });
  await carrel.send('hangs');
  await expect.poll(() => provider.exchanges.length).toBe(3);
  const archive = refuseWrites(carrel.home, 'session', 'NEW.closed_at IS NOT NULL');

  await carrel.closeTab();
  await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expect(carrel.notices).toContainText('could not be recorded');
  await expect.poll(() => children.filter(({ pid }) => isRunning(pid)), { timeout: 10_000 }).toEqual([]);
  await carrel.ask('and the first?', 'm1: and the first?');

  archive.mend();
  await carrel.newTab();
  await carrel.pickModel('m3');
  await carrel.ask('of the last', 'm3: of the last');
  // Ids sort by creation.
  const closed = carrel.archive
    .openSessions()
    .map(({ id }) => id)
    .sort()
    .at(-1);
  await carrel.closeTab();
  await expect.poll(() => carrel.archive.openSessions().map(({ id }) => id)).not.toContain(closed);
  await carrel.runCommand('Reopen closed tab');
  await expect(carrel.conversation).toContainText('m3: of the last');
  await carrel.expectModel('m3');
  await carrel.ask('back?', 'm3: back?');
  expect(provider.exchanges.at(-1)?.conversation[0]).toBe('user: of the last');
});
