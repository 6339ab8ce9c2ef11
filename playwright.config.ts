import { defineConfig } from '@playwright/test';
import { chromiumPaths } from './scripts/lib/chromium.ts';

const [executablePath] = chromiumPaths();

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Two take as long on two cores: a test is a browser, a shell and a server already.
  workers: 1,
  // A test that passes at the second try is a bug, in it or in the app.
  retries: 0,
  // Generous, because real shells, a database and a browser share two cores.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: { trace: 'retain-on-failure', launchOptions: executablePath === undefined ? {} : { executablePath } },
});
