/** The same units and elements in Firefox and in WebKit: `npm run test:browsers`. */

import {chromeLauncher} from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import base from '../../web-test-runner.config.js';
import {sendKeysInWebDriver} from './send-keys.js';
import {webkitLauncher} from './webkitgtk-launcher.js';

const {coverageConfig, ...rest} = base;
const webkit = webkitLauncher();

export default {
  ...rest,
  rootDir: '.',
  concurrentBrowsers: 2,
  testsFinishTimeout: 300_000,
  plugins: [...rest.plugins, sendKeysInWebDriver(webkit)],
  browsers: [
    chromeLauncher({
      puppeteer,
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      },
    }),
    webkit,
  ],
};
