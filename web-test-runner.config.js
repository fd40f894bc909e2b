import {chromeLauncher} from '@web/test-runner-chrome';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import puppeteer from 'puppeteer-core';
import {plainReporter} from './build/plain-reporter.js';
import {chromiumLaunch} from './test/chromium.js';
import {fixedClock} from './test/fixed-clock.js';
import {fileLimit, testLimit} from './test/time-limit.js';

export default {
  files: ['test/**/*.test.ts'],
  nodeResolve: {exportConditions: ['production', 'browser']},
  plugins: [esbuildPlugin({ts: true, target: 'es2022', tsconfig: 'tsconfig.json'})],
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: chromiumLaunch,
    }),
  ],
  // A page in the background draws no frames, and what waits for one would wait in vain.
  concurrency: 1,
  reporters: [defaultReporter({reportTestProgress: false}), plainReporter()],
  testRunnerHtml: framework =>
    `<!doctype html><html><head>${fixedClock}<script type="module" src="${framework}"></script></head><body></body></html>`,
  testFramework: {config: {timeout: testLimit}},
  testsFinishTimeout: fileLimit,
  coverageConfig: {
    include: ['src/core/**', 'src/checkout/**'],
    report: true,
    reportDir: 'coverage',
    threshold: {lines: 95, branches: 95, statements: 95, functions: 95},
  },
};
