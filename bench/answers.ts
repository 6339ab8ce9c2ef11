import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { textOf } from '../src/shared/agent.ts';
import { openArchive } from '../src/main/archive/open-archive.ts';
import { busyMsASecond } from './lib/main-thread.ts';
import { comparePairs, describePairs } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';
import { speech, tokensIn, wordsOf } from './lib/speech.ts';
import { callInTabs, openStreamWindow, type StreamWindow, type View } from './lib/stream-window.ts';

const TABS = 20;
/** Of all tabs together: a slow model in each, and the quickest there is. */
const RATES = [200, 4000] as const;
/** Half of a usual answer. */
const OPENING_TOKENS = 1000;
const MEASURED_MS = 4000;

const DELIVERED_TOKENS = 1500;

const SHORT_CHARACTERS = 2_000;
const LONG_CHARACTERS = 64_000;

const goalOver = (what: string) =>
  `${what}, main-thread time with ${TABS} tabs streaming, the worse of ${RATES.join(' and ')} tokens/s in all`;

/** What it costs the window to show what agents write. */
export const answerRows: Row[] = [
  {
    id: 'P12',
    goal: atMost(1, goalOver('plain text in all tabs')),
    measure: () => compareWith('plain'),
  },
  {
    id: 'P12-memo',
    goal: atMost(0.25, goalOver('memoised blocks in all tabs')),
    measure: () => compareWith('memo'),
  },
  {
    id: 'P12-delivered',
    goal: {
      text: `= 1, words shown and stored ÷ words sent, in the worst of ${TABS} tabs streaming`,
      isMet: (ratio) => ratio === 1,
    },
    measure: deliver,
  },
  {
    id: 'P12-length',
    goal: atMost(
      2,
      `a ${SHORT_CHARACTERS / 1000} kB message, main-thread time with ${LONG_CHARACTERS / 1000} kB of it there`,
    ),
    measure: compareLengths,
  },
];

async function compareWith(view: View) {
  const all = [];
  for (const rate of RATES) {
    await using window = await openStreamWindow(TABS, {
      tokensPerSecond: rate / TABS,
      opening: OPENING_TOKENS,
    });
    all.push(
      await comparePairs(
        () => busyWhileStreaming(window, 'carrel'),
        () => busyWhileStreaming(window, view),
      ),
    );
  }
  return {
    ratio: Math.max(...all.map(({ ratio }) => ratio)),
    details: all
      .map((pairs, index) => `${RATES[index]}/s: ${pairs.ratio.toFixed(2)}, ${describePairs(pairs, 'ms/s')}`)
      .join('; '),
  };
}

async function busyWhileStreaming({ page, talker, tabs, open }: StreamWindow, view: View): Promise<number> {
  await open(view);
  if (view !== 'carrel') return await busyOnceOpened(page);
  await callInTabs(page, 'turn.send', { text: 'Talk.' });
  while (talker.talking < tabs) await wait(20);
  const busy = await busyOnceOpened(page);
  await callInTabs(page, 'turn.stop');
  while (talker.talking > 0) await wait(20);
  return busy;
}

async function busyOnceOpened(page: Page): Promise<number> {
  // The openings have been drawn.
  await wait(1500);
  return await busyMsASecond(page, MEASURED_MS);
}

/** Somebody goes round the tabs meanwhile, some of which are shown for the first time. */
async function deliver() {
  await using window = await openStreamWindow(TABS, { tokensPerSecond: 200, tokens: DELIVERED_TOKENS });
  const { page, talker } = window;
  const tabs = page.getByRole('tab');
  await tabs.nth(TABS - 1).waitFor();
  await callInTabs(page, 'turn.send', { text: 'Talk.' });
  while (talker.talking < TABS) await wait(20);
  for (let tab = 0; talker.talking > 0; tab = (tab + 1) % TABS) await tabs.nth(tab).click();
  await page.waitForFunction(() => !document.querySelector('.status-mark-working'));

  const sent = wordsOf(speech(0, DELIVERED_TOKENS));
  const shown: number[] = [];
  for (let tab = 0; tab < TABS; tab += 1) {
    await tabs.nth(tab).click();
    shown.push(sameWords(sent, wordsOf(await lastAnswer(page))));
  }
  await page.close();
  const stored = storedAnswers(window.archive).map((text) => sameWords(sent, wordsOf(text)));
  const [leastShown, leastStored] = [Math.min(...shown), Math.min(...stored)];
  return {
    ratio: Math.min(leastShown, leastStored) / sent.length,
    details: `at least ${leastShown} shown and ${leastStored} stored of ${sent.length} words`,
  };
}

/** As it is shown in the tab in front. */
async function lastAnswer(page: Page): Promise<string> {
  const prose = page.getByRole('article').last().locator('.prose');
  await prose.waitFor();
  return await prose.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? '');
    return texts.join(' ');
  });
}

function storedAnswers(path: string): string[] {
  const opened = openArchive(path);
  if (opened.status !== 'ready') throw new Error('The archive of a running app is ready');
  using archive = opened.archive;
  return archive.openSessions().sessions.map(({ id }) => {
    const answer = archive.messages(id).findLast(({ role }) => role === 'assistant');
    return answer ? textOf(answer) : '';
  });
}

/** How many words are as they were sent, up to the first that is not. */
function sameWords(sent: readonly string[], arrived: readonly string[]): number {
  const other = sent.findIndex((word, index) => word !== arrived[index]);
  return other === -1 ? sent.length : other;
}

/** One tab, a quick model, and an answer of which so much is there already. */
async function compareLengths() {
  await using short = await openStreamWindow(1, { opening: tokensIn(SHORT_CHARACTERS) });
  await using long = await openStreamWindow(1, { opening: tokensIn(LONG_CHARACTERS) });
  const busy = async (window: StreamWindow) => {
    await callInTabs(window.page, 'session.clear');
    return await busyWhileStreaming(window, 'carrel');
  };
  const pairs = await comparePairs(
    () => busy(long),
    () => busy(short),
  );
  return { ratio: pairs.ratio, details: describePairs(pairs, 'ms/s') };
}
