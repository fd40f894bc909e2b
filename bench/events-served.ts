/** Serves a benchmark in its own process: the companion's events route, or a bare handler that parses the same. */

import {Hono} from 'hono';
import {listen} from '../companion/src/http/listen.js';
import {readEventBatch} from '../companion/src/events/event-batch.js';
import {createSupportServer, openDatabase, sqlStore} from '../companion/src/companion.js';

const [kind, file = ':memory:'] = process.argv.slice(2);

function bare(): {fetch(request: Request): Promise<Response>} {
  const app = new Hono();
  app.post('/events', async context => {
    readEventBatch(await context.req.json());
    return context.body(null, 204);
  });
  return {fetch: async request => await app.fetch(request)};
}

async function companion(): Promise<{fetch(request: Request): Promise<Response>}> {
  return createSupportServer({
    stripe: {secretKey: 'sk_test_bench'},
    site: 'https://www.example.org',
    offers: [{monthly: {USD: {min: 200, max: 500, presets: [200], preset: 200}}}],
    webhookSecrets: ['whsec_bench'],
    store: sqlStore(await openDatabase(file)),
    // All requests come from one address.
    events: {perNetwork: Infinity},
  });
}

const {url} = await listen(kind === 'bare' ? bare() : await companion(), {
  port: 0,
  host: '127.0.0.1',
});
process.on('message', () => process.send?.({rss: process.memoryUsage.rss()}));
process.on('disconnect', () => process.exit());
process.send?.({url});
