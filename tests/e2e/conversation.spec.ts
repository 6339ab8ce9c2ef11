import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const paragraphs = (count: number, word: string) =>
  Array.from(
    { length: count },
    (_, index) => `Paragraph ${index} of ${word}, ${'words '.repeat(20)}end.`,
  ).join('\n\n');

/** Marks what React gave these elements: it gives them anew whenever it draws them again, also where nothing changes. */
async function markDrawn(elements: Locator): Promise<() => Promise<number>> {
  await elements.evaluateAll((all) => {
    for (const element of all) {
      const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'));
      Object.assign(element, { drawn: key && (element as unknown as Record<string, unknown>)[key] });
    }
  });
  return () =>
    elements.evaluateAll(
      (all) =>
        all.filter((element) => {
          const key = Object.keys(element).find((name) => name.startsWith('__reactProps$')) ?? '';
          const { drawn, [key]: now } = element as unknown as Record<string, unknown>;
          return drawn !== undefined && drawn !== now;
        }).length,
    );
}

const answers = (carrel: Carrel) => carrel.conversation.getByRole('article', { name: 'Answer' });

test('while an answer comes, nothing that is finished is drawn again', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  provider.answerNext('m1', { text: paragraphs(4, 'the first') });
  await carrel.ask('first', 'Paragraph 3 of the first');
  provider.answerNext('m1', { text: paragraphs(12, 'the second'), pieces: 60, paceMs: 20, hold: 30 });
  await carrel.send('second');
  await expect(answers(carrel).nth(1)).toContainText('Paragraph 4 of the second');
  const redrawn = await markDrawn(
    answers(carrel)
      .locator('p')
      .filter({ hasText: /Paragraph [0-2] of/ }),
  );
  provider.exchanges.at(-1)?.release();
  await carrel.waitForAnswer('Paragraph 11 of the second');
  expect(await redrawn()).toBe(0);
});

test('who reads back stays where they are, and finds the question again', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  for (const word of ['one', 'two']) {
    provider.answerNext('m1', { text: paragraphs(10, word) });
    await carrel.ask(`question ${word}`, `Paragraph 9 of ${word}`);
  }
  provider.answerNext('m1', { text: paragraphs(10, 'three'), pieces: 40, paceMs: 20, hold: 20 });
  await carrel.send('question three');
  await expect(carrel.conversation).toContainText('Paragraph 4 of three');
  const read = carrel.conversation.getByText('Paragraph 3 of two');
  await carrel.conversation.hover();
  await expect(async () => {
    await carrel.page.mouse.wheel(0, -200);
    await expect(read).toBeInViewport({ timeout: 200 });
  }).toPass();
  const place = await read.boundingBox();
  provider.exchanges.at(-1)?.release();
  await carrel.waitForAnswer('Paragraph 9 of three');
  const after = await read.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (place?.y ?? Infinity))).toBeLessThan(2);

  await carrel.runCommand('Go to the question of what you read');
  await expect(carrel.conversation.getByText('question two')).toBeInViewport();
  await carrel.agent.getByRole('button', { name: 'Jump to the newest' }).click();
  await answers(carrel).nth(2).getByRole('button', { name: 'Go to the question' }).click();
  await expect(carrel.conversation.getByText('question three')).toBeInViewport();
});

test('thinking is folded, and parts are told when they are whole', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider, { kind: 'anthropic' }) });
  provider.answerNext('m1', {
    reasoning: 'A secret thought.',
    text: 'First half, second half.',
    pieces: 2,
    hold: 1,
  });
  await carrel.send('go');
  await expect(carrel.conversation).toContainText('First half');
  await expect(carrel.conversation.getByText('Thinking')).toBeVisible();
  await expect(carrel.conversation.getByText('A secret thought.')).toHaveCount(0);
  const told = carrel.agent.locator('[aria-live="polite"]');
  await expect(told).toHaveText('');
  provider.exchanges.at(-1)?.release();
  await expect(told).toHaveText('First half, second half.');
  await carrel.conversation.getByText('Thinking').click();
  await expect(carrel.conversation.getByText('A secret thought.')).toBeVisible();
});
