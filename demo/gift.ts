/** Serves the routes with which a supporter gives an article away and a page checks a gift link. */

import type {Context, Handler} from 'hono';
import {
  giftLinks,
  linkKey,
  readLink,
  type CompanionPass,
  type GiftLedger,
} from '../companion/src/gate/index.js';
import {meteredPaths} from './stories.js';

/** The routes of a gift. */
export interface GiftRoutes {
  /** `GET /gift`: whether the reader may give, and how many are left. */
  readonly page: Handler;
  /** `POST /gift`: creates a link, as JSON for a script and as a page for a form. */
  readonly give: Handler;
  /** `GET /gift/check?page=…`: whether the reader has a gift link for the page. */
  readonly check: Handler;
}

const givable = ['/members.html', ...meteredPaths];

/** The parts of the newspaper that gifts need. */
export interface GiftPages {
  /** Renders the gift page with a message. */
  readonly show: (context: Context, message: string) => Promise<Response>;
  /** Returns the headline of the story at a path. */
  readonly headline: (path: string) => Promise<string>;
}

/** Creates the routes. */
export function giftRoutes(
  pass: CompanionPass,
  ledger: GiftLedger,
  secrets: readonly [string],
  {show, headline}: GiftPages,
): GiftRoutes {
  const gifts = giftLinks({ledger, secrets, most: 3});
  const origin = (context: Context) => new URL(context.req.url).origin;

  return {
    async page(context) {
      const supporter = await pass.supporter(context.req.raw);
      if (!supporter)
        return show(
          context,
          '<p>Whoever gives each month may give three stories a month to others. <a href="/support.html">Give from $2</a>, or <a href="/companion/access/restore">get in on this device</a>.</p>',
        );
      const {left, of} = await gifts.left(supporter);
      const options = await Promise.all(
        givable.map(async path => `<option value="${path}">${await headline(path)}</option>`),
      );
      return show(
        context,
        `<form class="gift" method="post" action="/gift"><p>You may give ${left} of ${of} more this month.</p><p><label>Story <select name="page">${options.join('')}</select></label></p><p><button class="strong">Make a link</button></p></form>`,
      );
    },

    async give(context) {
      const request = context.req.raw;
      // Another site's page can post, but not with the demo's origin.
      if (request.headers.get('origin') !== origin(context))
        return context.json({problem: 'refused'}, 403);
      const supporter = await pass.supporter(request);
      if (!supporter) return context.json({problem: 'members-only'}, 403);
      const isForm = /form/.test(request.headers.get('content-type') ?? '');
      const wished = isForm ? (await request.formData()).get('page') : undefined;
      const path = givable.find(one => one === wished) ?? '/members.html';
      const outcome = await gifts.give(supporter, new URL(path, request.url));
      if (!isForm) return context.json(outcome, 200, {'cache-control': 'private, no-store'});
      const {url, left} = outcome;
      return show(
        context,
        url
          ? `<p>Pass this on. It opens the story for a week, to whoever has it:</p><p><a class="given" href="${url}">${url}</a></p><p>${left} more this month.</p><p><a href="/gift">Give another</a></p>`
          : '<p>None left this month. <a href="/gift">Back</a></p>',
      );
    },

    async check(context) {
      const page = new URL(context.req.query('page') ?? '/', context.req.url);
      const kind = await readLink(page, linkKey(page), Date.now(), secrets);
      return context.json({kind: kind ?? null}, 200, {'cache-control': 'private, no-store'});
    },
  };
}
