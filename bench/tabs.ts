import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { spawn } from 'node-pty';
import { webStarter } from '../tests/e2e/harness/web.ts';
import type { Pty } from '../src/main/pty/types.ts';
import { MAX_KEPT } from '../src/renderer/features/terminal/terminal-pool.ts';
import { homeWithTabs, LAST_LINE, launchBrowser, storedScreen } from './lib/app.ts';
import { openCarrelPty, SIZE } from './lib/arms.ts';
import { openClientPages } from './lib/client-page.ts';
import { heapOf, heldBytes } from './lib/heap.ts';
import { memoryOfTree } from './lib/memory.ts';
import { comparePairs, describePairs, median } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';
import { scratchFolder, writeProgram } from './lib/scratch.ts';

const TABS = 50;
const SWITCHES = 20;
const ONE_SHOT_COMMANDS = 200;
const ONE_SHOT_BYTES = 65_536;
const FROZEN_FLOOD_BYTES = 1024 * 1024 * 1024;
const FROZEN_RISE_BYTES = 200 * 1024 * 1024;
const FROZEN_MS = 5000;
const FROZEN_ECHO_MS = 100;

/** Opening, showing and closing tabs. */
export const tabRows: Row[] = [
  {
    id: 'P8',
    goal: atMost(5, "node-pty's first byte, new tab to its first byte"),
    measure: () =>
      comparePrompts(
        () => medianOf(promptInTab),
        () => medianOf(promptAlone),
      ),
  },
  {
    id: 'P8-loaded',
    goal: atMost(1.3, `a fresh app, new tab to its first byte beside ${TABS} loaded ones`),
    measure: () =>
      comparePrompts(
        async () => {
          await using _ = await loadTabs();
          return await medianOf(promptInTab);
        },
        () => medianOf(promptInTab),
      ),
  },
  {
    id: 'P10',
    goal: atMost(2, 'two frames, switch to a tab of the last few to its thousand lines on the screen'),
    measure: () => compareSwitches(2),
  },
  {
    id: 'P10-drawn',
    goal: atMost(5, 'two frames, switch to a tab that was left long ago, or never seen'),
    measure: () => compareSwitches(MAX_KEPT + 2),
  },
  {
    id: 'P11',
    goal: atMost(0.15, `${TABS} live terminals, memory of the window when ${TABS} full tabs were shown`),
    async measure() {
      const pairs = await comparePairs(shownTabsHeap, liveTerminalsHeap, 1);
      return { ratio: pairs.ratio, details: describePairs(pairs, 'MB') };
    },
  },
  {
    id: 'P11-closed',
    goal: atMost(
      1.05,
      `what the window held before ${TABS} tabs were opened and closed, compiled code apart`,
    ),
    async measure() {
      await using browser = await launchBrowser();
      using home = homeWithTabs(1);
      const host = await webStarter(browser)(home, {});
      try {
        const session = await host.page.context().newCDPSession(host.page);
        await showTab(host.page, 0);
        for (let tab = 0; tab < 5; tab += 1) await openAndCloseTab(host.page);
        const before = await heldBytes(session);
        for (let tab = 0; tab < TABS; tab += 1) await openAndCloseTab(host.page);
        const after = await heldBytes(session);
        const details = `${(after / 1e6).toFixed(2)} against ${(before / 1e6).toFixed(2)} MB`;
        return { ratio: after / before, details };
      } finally {
        await host.kill();
      }
    },
  },
  {
    id: 'P14',
    goal: { text: '= 1, bytes delivered ÷ bytes written, one-shot commands', isMet: (ratio) => ratio === 1 },
    async measure() {
      using folder = scratchFolder();
      const program = writeProgram(folder.path, `head -c ${ONE_SHOT_BYTES} /dev/zero | tr '\\0' a`);
      let delivered = 0;
      for (let command = 0; command < ONE_SHOT_COMMANDS; command += 1) delivered += await oneShot(program);
      const written = ONE_SHOT_COMMANDS * ONE_SHOT_BYTES;
      return { ratio: delivered / written, details: `${delivered} of ${written} bytes` };
    },
  },
  {
    id: 'P5-frozen',
    goal: atMost(
      1,
      '200 MB, rise of memory in a flood of 1 GB that a frozen window holds up; others echo in 100 ms',
    ),
    measure: frozenFlood,
  },
];

async function comparePrompts(first: () => Promise<number>, second: () => Promise<number>) {
  const keeper = openCarrelPty('/bin/sh');
  const pairs = await comparePairs(first, second);
  await keeper[Symbol.asyncDispose]();
  return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
}

async function medianOf(measure: (index: number) => Promise<number>, count = 15): Promise<number> {
  const figures: number[] = [];
  for (let index = 0; index < count; index += 1) figures.push(await measure(index));
  return median(figures);
}

const PROMPTING = ['/bin/sh', '-c', 'printf ready; read end'] as const;

/** Milliseconds from the opening of a tab to the first byte of its program. */
async function promptInTab(): Promise<number> {
  using folder = scratchFolder();
  const program = writeProgram(folder.path, PROMPTING[2]);
  const startedAt = performance.now();
  await using pty = openCarrelPty(program);
  await firstData(pty);
  return performance.now() - startedAt;
}

async function firstData(pty: Pty): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _ = pty.attach((kind) => kind === 'data' && resolve());
  pty.start(SIZE);
  await promise;
}

async function promptAlone(): Promise<number> {
  const startedAt = performance.now();
  const terminal = spawn(PROMPTING[0], PROMPTING.slice(1), { name: 'xterm-256color' });
  await new Promise<void>((resolve) => terminal.onData(() => resolve()));
  const ms = performance.now() - startedAt;
  terminal.kill();
  return ms;
}

/** Tabs with a full screen each and a shell that waits. */
async function loadTabs(): Promise<AsyncDisposable> {
  const tabs = new AsyncDisposableStack();
  for (let tab = 0; tab < TABS; tab += 1) {
    const readRestored = () => ({ text: storedScreen, savedAt: Date.now() });
    await firstData(tabs.use(openCarrelPty('/bin/sh', { scrollback: 5000, readRestored })));
  }
  return tabs;
}

/** Shows the tab of this index and gives the milliseconds until its stored lines are in a frame. */
function showTab(page: Page, index: number): Promise<number> {
  return page.evaluate(
    async ([index, lastLine]) => {
      const nextFrame = () => new Promise(requestAnimationFrame);
      type Host = {
        carrelTerminal?: {
          buffer: {
            active: {
              length: number;
              getLine(row: number): { translateToString(trim: boolean): string } | undefined;
            };
          };
        };
      };
      while (!document.querySelectorAll('[role="tab"]')[index]) await nextFrame();
      const before = (document.querySelector('.terminal-host') as Host | null)?.carrelTerminal;
      const startedAt = performance.now();
      (document.querySelectorAll('[role="tab"]')[index] as unknown as { click(): void }).click();
      const isShown = () => {
        const terminal = (document.querySelector('.terminal-host') as Host | null)?.carrelTerminal;
        if (!terminal || terminal === before) return false;
        const { active } = terminal.buffer;
        return Array.from({ length: 60 }, (_, row) =>
          active.getLine(active.length - 1 - row)?.translateToString(true),
        ).includes(lastLine);
      };
      while (!isShown()) await nextFrame();
      await nextFrame();
      return performance.now() - startedAt;
    },
    [index, LAST_LINE] as const,
  );
}

async function twoFrames(): Promise<number> {
  const startedAt = performance.now();
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - startedAt;
}

/** Goes round so many tabs, against the least that drawing takes. */
async function compareSwitches(tabs: number) {
  await using browser = await launchBrowser();
  using home = homeWithTabs(tabs);
  const host = await webStarter(browser)(home, {});
  try {
    for (let tab = 0; tab < tabs; tab += 1) await showTab(host.page, tab);
    const pairs = await comparePairs(
      () => medianOf(async (index) => await showTab(host.page, index % tabs), SWITCHES),
      () => medianOf(() => host.page.evaluate(twoFrames), SWITCHES),
    );
    return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
  } finally {
    await host.kill();
  }
}

/** Megabytes that the window holds for tabs that were all shown once, above what it holds for one. */
async function shownTabsHeap(): Promise<number> {
  await using browser = await launchBrowser();
  using home = homeWithTabs(TABS);
  const host = await webStarter(browser)(home, {});
  try {
    const session = await host.page.context().newCDPSession(host.page);
    await showTab(host.page, 1);
    const before = await heapOf(session);
    for (let tab = 2; tab < TABS; tab += 1) await showTab(host.page, tab);
    return ((await heapOf(session)) - before) / 1e6;
  } finally {
    await host.kill();
  }
}

async function liveTerminalsHeap(): Promise<number> {
  await using pages = await openClientPages();
  await using visit = await pages.visit();
  const session = await visit.page.context().newCDPSession(visit.page);
  const before = await heapOf(session);
  await visit.page.evaluate(
    ([text, count]) =>
      (globalThis as unknown as { drawAtOnce(text: string, count: number): Promise<number> }).drawAtOnce(
        text,
        count,
      ),
    [storedScreen, TABS] as const,
  );
  return ((await heapOf(session)) - before) / 1e6;
}

async function openAndCloseTab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New tab' }).click();
  const tabs = page.getByRole('tab');
  await tabs.nth(1).waitFor();
  await page.locator('.terminal-host .xterm').waitFor();
  await page
    .getByRole('button', { name: /^Close / })
    .nth(1)
    .click();
  await tabs.nth(1).waitFor({ state: 'detached' });
}

async function oneShot(program: string): Promise<number> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const ignore = () => {};
  await using pty = openCarrelPty(program, {
    listener: {
      stateChanged: ({ status }) => status === 'exited' && resolve(),
      cwdChanged: ignore,
      commandFinished: ignore,
      programChanged: ignore,
    },
  });
  let text = '';
  using attachment = pty.attach((kind, bytes) => {
    text += Buffer.from(bytes).toString('latin1');
    if (kind === 'data') attachment.acknowledge(bytes.length, 0);
  });
  pty.start(SIZE);
  await ended;
  return text.match(/a/g)?.length ?? 0;
}

/** A window that stops drawing, a program that prints on, and a person who types into another tab. */
async function frozenFlood() {
  using folder = scratchFolder();
  const program = writeProgram(
    folder.path,
    `stty -opost; read go; yes '${'x'.repeat(79)}' | head -c ${FROZEN_FLOOD_BYTES}; read end`,
  );
  await using flooding = openCarrelPty(program);
  let unacknowledged = 0;
  let received = 0;
  const { promise: allReceived, resolve: hasReceivedAll } = Promise.withResolvers<void>();
  let isFrozen = true;
  using attachment = flooding.attach((kind, bytes) => {
    if (kind !== 'data') return;
    received += bytes.length;
    if (received >= FROZEN_FLOOD_BYTES) hasReceivedAll();
    if (isFrozen) unacknowledged += bytes.length;
    else attachment.acknowledge(bytes.length, 0);
  });
  flooding.start(SIZE);
  await using typing = openCarrelPty('/bin/cat');
  let echoed = Promise.withResolvers<void>();
  using echo = typing.attach((kind, bytes) => {
    if (kind === 'data') echo.acknowledge(bytes.length, 0);
    if (kind === 'data') echoed.resolve();
  });
  typing.start(SIZE);
  await wait(1000);
  const before = memoryOfTree();
  flooding.write('\r');
  const delays: number[] = [];
  for (const frozenAt = performance.now(); performance.now() - frozenAt < FROZEN_MS; await wait(50)) {
    echoed = Promise.withResolvers();
    const startedAt = performance.now();
    typing.write('k');
    await echoed.promise;
    delays.push(performance.now() - startedAt);
  }
  const rise = memoryOfTree() - before;
  isFrozen = false;
  attachment.acknowledge(unacknowledged, FROZEN_MS);
  await allReceived;
  const slowest = Math.max(...delays);
  const details = `${(rise / 1e6).toFixed(1)} MB, slowest echo ${slowest.toFixed(1)} ms, ${received} bytes came after the thaw`;
  return { ratio: slowest > FROZEN_ECHO_MS ? slowest / FROZEN_ECHO_MS : rise / FROZEN_RISE_BYTES, details };
}
