import { readFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { changeArchive } from './harness/archive.ts';
import type { Carrel } from './harness/carrel.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const DAY_MS = 86_400_000;

/** Answers of the last days, as if they had been given: the provider `one` cost a dollar each time, `two` half of one. */
function pastAnswers(carrel: Carrel, days: number): void {
  const sessionId = carrel.sessionId(0);
  changeArchive(carrel.home, (database) => {
    const insert = database.prepare(
      `INSERT INTO usage (message_id, session_id, turn_id, provider, model, mode, input_tokens, output_tokens,
          cached_input_tokens, cost, is_local, ended_at) VALUES (?, ?, ?, ?, 'm1', 'code', 1000, 100, 500, ?, 0, ?)`,
    );
    for (let day = 0; day < days; day += 1) {
      const endedAt = Date.now() - day * DAY_MS;
      insert.run(ulid(), sessionId, ulid(), 'one', 1, endedAt);
      insert.run(ulid(), sessionId, ulid(), 'two', 0.5, endedAt);
    }
  });
}

test('the usage page adds up what all tabs have used, plots it, and saves it as CSV', async ({
  launchWeb,
  provider,
}) => {
  const carrel = await launchWeb({ settings: `${usualSettings(provider)}[budget]\nday_dollars = 4\n` });
  await carrel.runCommand('Usage of all tabs');
  const usage = carrel.page.getByRole('dialog', { name: 'Usage', exact: true });
  await expect(usage).toContainText('Nothing was used in this time');
  await expect(usage.getByRole('button', { name: 'Export CSV' })).toBeDisabled();
  await carrel.page.keyboard.press('Escape');

  pastAnswers(carrel, 3);
  await carrel.runCommand('Usage of all tabs');
  await expect(usage.getByRole('definition').first()).toContainText('$4.50');
  const plot = usage.getByRole('img', { name: /^Cost a day, .*highest \$1\.50 .*\$1\.50 today\.$/ });
  await expect(plot.locator('.recharts-bar-rectangle path')).toHaveCount(6);
  await expect(usage).toContainText('daily budget $4.00');
  await expect(usage.getByRole('row')).toHaveText([
    /^TabModelTurns/,
    /one\/m1.*33K50%300\$3\.00/,
    /two\/m1.*33K50%300\$1\.50/,
    /^All tabs66K50%600\$4\.50/,
  ]);

  await usage.getByRole('radio', { name: 'Today' }).click();
  await expect(usage.getByRole('definition').first()).toContainText('$1.50as in the day before');
  const downloading = carrel.page.waitForEvent('download');
  await usage.getByRole('button', { name: 'Export CSV' }).click();
  const lines = readFileSync(await (await downloading).path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('input_tokens');
});
