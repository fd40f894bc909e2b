/** Runs a companion in its own process, which reports its memory on request. */

import {listen} from '../src/http/listen.js';
import {memoryEvents, memoryStore} from '../src/fake-stripe/index.js';
import {aCompanion, site} from './fixtures.js';

let largest = 0;
const look = () => {
  largest = Math.max(largest, process.memoryUsage.rss());
};
setInterval(look, 20).unref();

const companion = aCompanion({
  store: {...memoryStore(), events: memoryEvents()},
  site,
  limits: {},
});
const {url} = await listen(companion.server, {port: 0, host: '127.0.0.1'});

process.on('message', (what: string) => {
  globalThis.gc?.();
  if (what === 'begin') largest = 0;
  look();
  process.send?.({largest, log: companion.log.length});
});
process.on('disconnect', () => process.exit());
process.send?.({url});
