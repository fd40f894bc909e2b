/** Holds that the runners and the tests take their time limits from one place. */

import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {describe, it} from 'node:test';
import * as limits from '../time-limit.js';

/** A time limit of a second or more that is written down as a number. */
const ownLimit = /(?<!\ba|waitFor)timeout(?:: |\()[\d_]{4,}/i;

const configs = ['web-test-runner.config.js', 'test/journeys/playwright.config.ts'];

describe('time limits of the tests', () => {
  it('stand in test/time-limit.js and nowhere else', () => {
    const files = readdirSync('test', {recursive: true, encoding: 'utf8'})
      .map(file => `test/${file}`)
      // Tools that a test installs for itself are not its own.
      .filter(file => /^(?!.*node_modules).*\.(js|ts)$/.test(file) && statSync(file).isFile())
      .concat(configs);
    assert.ok(files.length > 100, `${files.length} files`);
    const offenders = files.filter(file => ownLimit.test(readFileSync(file, 'utf8')));
    assert.deepEqual(offenders, []);
    for (const start of ['{timeout: ', 'this.timeout(', 'testsFinishTimeout: '])
      assert.match(`${start}20_000`, ownLimit);
  });

  it('let a wait fail before its test, and a test before its file', () => {
    const {waitLimit, testLimit, journeyLimit, longTestLimit, fileLimit} = limits;
    const {soakLimit, hourSoakLimit, soakFileLimit} = limits;
    assert.ok(waitLimit < testLimit && testLimit < journeyLimit && journeyLimit < longTestLimit);
    assert.ok(longTestLimit < fileLimit && longTestLimit < soakLimit);
    assert.ok(soakLimit < hourSoakLimit && hourSoakLimit < soakFileLimit);
  });
});
