/**
 * The same units and elements in Firefox and in WebKit: `npm run test:browsers`.
 * One engine, one file: `ENGINE=webkit npm run test:browsers -- --files test/core/money.test.ts`.
 */

import {chromeLauncher} from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import base from '../../web-test-runner.config.js';
import {firefoxLaunch} from './firefox.js';
import {webkitLauncher} from './webkitgtk-launcher.js';

const rest = {...base};
delete rest.coverageConfig;

const engines = {
  firefox: () =>
    chromeLauncher({
      puppeteer,
      concurrency: 1,
      launchOptions: firefoxLaunch,
    }),
  webkit: webkitLauncher,
};
const {ENGINE} = process.env;
if (ENGINE && !engines[ENGINE])
  throw new Error(
    `expected ENGINE to be ${Object.keys(engines).join(' or ')} but received ${ENGINE}`,
  );

export default {
  ...rest,
  rootDir: '.',
  concurrentBrowsers: 2,
  browsers: (ENGINE ? [engines[ENGINE]] : Object.values(engines)).map(launch => launch()),
};
