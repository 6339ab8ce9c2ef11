import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/stand-in/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Real shells and files: generous, because two cores may be shared with a browser.
    testTimeout: 20_000,
  },
});
