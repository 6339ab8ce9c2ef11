import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/**
 * Milliseconds a second that the page's main thread is busy, in this time. Its own time on the processor: what it waited for
 * others that the machine ran does not count.
 */
export async function busyMsASecond(page: Page, milliseconds: number): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await busySeconds();
  const startedAt = performance.now();
  await wait(milliseconds);
  const busy = (await busySeconds()) - before;
  const seconds = (performance.now() - startedAt) / 1000;
  await session.detach();
  return (busy * 1000) / seconds;
}
