/** The same units and elements in Firefox and in WebKit: `npm run test:browsers`. */

import {chromeLauncher} from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import base from '../../web-test-runner.config.js';
import {webkitLauncher} from './webkitgtk-launcher.js';

const rest = {...base};
delete rest.coverageConfig;
export default {
  ...rest,
  rootDir: '.',
  concurrentBrowsers: 2,
  testsFinishTimeout: 300_000,
  browsers: [
    chromeLauncher({
      puppeteer,
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      },
    }),
    webkitLauncher(),
  ],
};
