import {defineConfig, type PlaywrightTestConfig} from '@playwright/test';
import {chromiumLaunch} from '../chromium.js';
import {journeyLimit, waitLimit} from '../time-limit.js';

const port = Number(process.env['PORT'] ?? 8099);

const config: PlaywrightTestConfig = defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  // A busy machine takes its time; what must be quick is measured in the page, by its own clock.
  timeout: journeyLimit,
  expect: {timeout: waitLimit},
  // A hosted runner may stall a browser once. The run names every journey that was tried again.
  retries: process.env['CI'] ? 1 : 0,
  // A dot a journey, and at the end the failed and the retried ones in full.
  reporter: [['dot']],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: {
      ...chromiumLaunch,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
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
