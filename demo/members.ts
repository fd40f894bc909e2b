/** What of the demo do only members read, and how does one of them give an article away? */

import type {Handler, MiddlewareHandler} from 'hono';
import {
  companionPass,
  createGate,
  giftLinks,
  honoGate,
  memoryGiftLedger,
} from '../src/server/gate/index.js';
import type {SupportServer} from '../src/server/index.js';

/** The routes of the demo that belong to its members. */
export interface Members {
  /** Goes before the route of the pages. */
  readonly gate: MiddlewareHandler;
  /** `POST /gift`: makes a link to an article for the supporter who asks. */
  readonly gift: Handler;
}

/** Sets the demo's gate up. Its secret lives as long as its process. */
export function members(companion: SupportServer, site: string, secret: string): Members {
  const secrets = [secret];
  const pass = companionPass(`${site}/companion/access`, request => companion.fetch(request));
  const gate = createGate({
    article: request => (new URL(request.url).pathname === '/members.html' ? {} : undefined),
    meter: {free: 0},
    secrets,
    providers: [pass],
    root: '#members-body',
    preview: 'marker',
    description: 'What the keeper of Gannet Rock wrote when the light was put out for good.',
  });
  const gifts = giftLinks({ledger: memoryGiftLedger(), secrets, most: 3});

  const gift: Handler = async context => {
    const request = context.req.raw;
    // A page of another site can post, but not with our pages as its origin.
    if (request.headers.get('origin') !== new URL(request.url).origin)
      return context.json({problem: 'refused'}, 403);
    const supporter = await pass.supporter(request);
    if (!supporter) return context.json({problem: 'members-only'}, 403);
    const outcome = await gifts.give(supporter, new URL('/members.html', request.url));
    return context.json(outcome, 200, {'cache-control': 'private, no-store'});
  };
  return {gate: honoGate(gate), gift};
}
