/** Lets tests that are written for the browser, and need no page, run in Node: mocha's words, and chai's `expect`. */

import {register} from 'node:module';
import * as runner from 'node:test';
import {parseHTML} from 'linkedom';

const {describe, it, before, beforeEach, after, afterEach} = runner;
const {document} = parseHTML('<!doctype html><html><head></head><body></body></html>');
Object.assign(globalThis, {describe, it, before, beforeEach, after, afterEach, document});

const chai = new URL('../../node_modules/@esm-bundle/chai/esm/chai.js', import.meta.url).href;
const hooks = `export const resolve = (name, context, next) =>
  name === '@open-wc/testing' ? {url: '${chai}', shortCircuit: true} : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
