import { defineConfig } from 'vitest/config';

/** Tests of the built program: pages in Chromium over the browser adapter, a real workspace, a real mail server. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
