import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContextOptions } from '@playwright/test';
import { findElectron } from '../../stand-in/electron.ts';
import { Carrel, type LaunchOptions } from './carrel.ts';
import { startDesktop } from './desktop.ts';
import { ProviderServer } from './provider-server.ts';
import { webStarter } from './web.ts';

export { expect } from '@playwright/test';

export type Launch = (options?: LaunchOptions) => Promise<Carrel>;

type Fixtures = {
  /** Everything in it ends with the test, also when the test fails. */
  resources: AsyncDisposableStack;
  provider: ProviderServer;
  /** Empty, and gone after the test. */
  folder: string;
  launchDesktop: Launch;
  launchWeb: (options?: LaunchOptions & { context?: BrowserContextOptions }) => Promise<Carrel>;
};

/* Playwright reads from the pattern which fixtures one needs. */
/* oxlint-disable eslint/no-empty-pattern */
export const test = base.extend<Fixtures, { sayWhichElectron: void }>({
  sayWhichElectron: [
    async ({}, use, { workerIndex }) => {
      if (workerIndex === 0) console.log(findElectron().reason);
      await use();
    },
    { scope: 'worker', auto: true },
  ],
  resources: async ({}, use) => {
    await using resources = new AsyncDisposableStack();
    await use(resources);
  },
  provider: async ({ resources }, use) => {
    await use(resources.use(await ProviderServer.start()));
  },
  folder: async ({ resources }, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-folder-')));
    resources.defer(() => rmSync(folder, { recursive: true, force: true }));
    await use(folder);
  },
  launchDesktop: async ({ resources }, use) => {
    await use(async (options) => resources.use(await Carrel.launch(startDesktop, options)));
  },
  launchWeb: async ({ resources, browser }, use) => {
    await use(async (options = {}) =>
      resources.use(await Carrel.launch(webStarter(browser, options.context), options)),
    );
  },
});
