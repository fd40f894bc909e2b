/** What axe finds in the states of the gallery in Firefox and in WebKit: nothing. Requires a build. */

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, describe, test} from 'node:test';
import puppeteer from 'puppeteer-core';
import {buildDemo} from '../../demo/build.js';
import {addressOf, fewerLooks, nameOf, statesOf} from '../../demo/gallery/states.js';
import {startDemo, type Demo} from '../../demo/server.js';
import {longTestLimit} from '../time-limit.js';
import {firefoxLaunch} from './firefox.js';
import {startWebKit} from './webkitgtk-launcher.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Browser {
  resize(width: number, height: number): Promise<void>;
  open(address: string): Promise<void>;
  /** Runs a script as the body of a function, and resolves with what its promise does. */
  run<T>(script: string): Promise<T>;
  end(): Promise<void>;
}

async function firefox(): Promise<Browser> {
  const browser = await puppeteer.launch(firefoxLaunch);
  const page = await browser.newPage();
  return {
    resize: (width, height) => page.setViewport({width, height}),
    async open(address) {
      await page.goto(address);
    },
    run: <T>(script: string) => page.evaluate(`(async () => {${script}})()`) as Promise<T>,
    end: () => browser.close(),
  };
}

async function webKit(): Promise<Browser> {
  const browser = await startWebKit();
  return {
    resize: (width, height) => browser.setViewportSize({width, height}),
    async open(url) {
      await browser.command('POST', '/url', {url});
    },
    async run<T>(script: string) {
      const answer = (await browser.command('POST', '/execute/async', {
        script: `const done = arguments[arguments.length - 1];
          (async () => {${script}})().then(value => done({value}), error => done({error: String(error)}));`,
        args: [],
      })) as {value?: T; error?: string};
      if (answer.error) throw new Error(answer.error);
      return answer.value as T;
    },
    end: () => browser.end(),
  };
}

/** Resolves once the gallery shows the state that its address names. */
const isShown = `
  const end = performance.now() + 20_000;
  while (!document.documentElement.dataset.shown) {
    if (performance.now() > end) throw new Error('the state is not there: ' + location.href);
    await new Promise(resolve => setTimeout(resolve, 20));
  }`;

const findings = `
  ${axe};
  const {violations} = await axe.run('#place', {resultTypes: ['violations']});
  return violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => id + ': ' + target.flat().join(' ') + ' ' + failureSummary));`;

/** Our own theme, where everything is narrowest. */
const looks = fewerLooks.filter(({theme, width}) => theme === 'default' && width === 320);

let demo: Demo;
before(async () => {
  await buildDemo();
  demo = await startDemo({port: 0, host: '127.0.0.1'});
});
after(() => demo.stop());

for (const [engine, start] of Object.entries({Firefox: firefox, WebKitGTK: webKit})) {
  describe(engine, () => {
    let browser: Browser;
    before(async () => {
      browser = await start();
    });
    after(() => browser.end());

    for (const look of looks) {
      const {theme, scheme, direction, width} = look;
      const name = `axe finds nothing in the theme ${theme}, ${scheme}, ${direction}, at ${width} px`;
      test(name, {timeout: longTestLimit}, async () => {
        await browser.resize(width, 640);
        const found: Record<string, readonly string[]> = {};
        for (const state of statesOf(look)) {
          await browser.open(demo.site + addressOf(state));
          await browser.run(isShown);
          const results = await browser.run<readonly string[]>(findings);
          if (results.length > 0) found[nameOf(state)] = results;
        }
        assert.deepEqual(found, {});
      });
    }
  });
}
