import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/stand-in/**/*.test.ts', 'scripts/**/*.test.ts'],
    // By itself it leaves one core of two to itself, which has next to nothing to do.
    maxWorkers: availableParallelism(),
    // Real shells and files: generous, because two cores may be shared with a browser.
    testTimeout: 20_000,
  },
});
