import {defineConfig, type PlaywrightTestConfig} from '@playwright/test';

const port = Number(process.env['PORT'] ?? 8099);

const config: PlaywrightTestConfig = defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // A busy machine takes its time; what must be quick is measured in the page, by its own clock.
  timeout: 120_000,
  expect: {timeout: 20_000},
  // On a shared machine a browser may stall once; a journey that needed its second try is named by the run.
  retries: 1,
  reporter: [['line']],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-first-run',
        '--disable-gpu',
        '--disable-quic',
        '--disable-sync',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-dev-shm-usage',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: {
    command: 'node --import tsx ../../demo/main.ts',
    env: {PORT: String(port)},
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
});

export default config;
