import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// In development the pages come from Vite and the calls from a running
// `mailwright-cli serve`: MAILWRIGHT_URL names it.
const backend = process.env.MAILWRIGHT_URL ?? 'http://127.0.0.1:7777';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The page's policy allows neither data: fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: Object.fromEntries(['/call', '/upload', '/preview', '/asset'].map((path) => [path, backend])),
  },
});
