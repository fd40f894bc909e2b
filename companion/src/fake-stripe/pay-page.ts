/** Renders the fake's pay and portal pages, which work without scripts and imitate no brand. */

import {formatMoney} from 'reader-support/core';
import {markup, type Markup} from './html.js';
import type {Checkout} from './stripe-account.js';
import type {PortalObject, SubscriptionObject} from './stripe-objects.js';

/** A page and its permissions. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly status?: number;
  /** Origins that a form on the page may redirect to. */
  readonly leadsTo?: readonly (string | null | undefined)[];
  /** Origins that may show the page in a frame. */
  readonly framedBy?: readonly string[];
}

const every: Readonly<Record<string, string>> = {
  day: 'every day',
  week: 'every week',
  month: 'every month',
  year: 'every year',
};

/** Formats the amount, the currency and the interval as text. */
function priceOf(minor: number, currency: string, interval: string | undefined): Markup {
  const code = currency.toUpperCase();
  const shown = formatMoney({minor, currency: code}, 'en', {trim: false});
  return markup`<p class="price"><strong>${shown}</strong> <span>${code}</span> <span>${
    interval ? (every[interval] ?? interval) : 'once'
  }</span></p>`;
}

function priceOfCheckout({session, price}: Checkout): Markup {
  return priceOf(session.amount_total ?? 0, price.currency, price.recurring?.interval);
}

const notice = markup`<p class="notice" role="note"><strong>Test page.</strong> This stands in for Stripe in tests and demos. No card is asked for and no money moves.</p>`;

const declinedMessage = markup`<p class="declined" role="alert">The card was declined. Nothing was charged. You can try again.</p>`;

function nameOf({params}: Checkout): string {
  return params.line_items?.[0]?.price_data?.product_data?.name ?? 'Support';
}

/** Renders the form: buttons to pay or decline, and (unless embedded) the link back. */
function payForm(checkout: Checkout, action: string, declined: boolean): Markup {
  const {session, price} = checkout;
  const what = price.recurring ? 'Start supporting' : 'Pay';
  const email = session.customer_email;
  return markup`${notice}
<h1>${nameOf(checkout)}</h1>
${priceOfCheckout(checkout)}
${email !== null && markup`<p class="email">Receipt to ${email}</p>`}
${declined && declinedMessage}
<form method="post" action="${action}">
<button class="pay" name="pay" value="1">${what}</button>
<button class="decline" name="decline" value="1">Decline the card</button>
</form>
${session.cancel_url !== null && markup`<p><a rel="back" href="${session.cancel_url}">Back to the site</a></p>`}`;
}

/** Renders the page that `session.url` points to. */
export function payPage(checkout: Checkout, base: string, declined: boolean): Page {
  const {session} = checkout;
  if (session.status === 'open')
    return {
      title: `Test payment: ${nameOf(checkout)}`,
      body: payForm(checkout, `${base}/pay/${session.id}`, declined),
      leadsTo: [session.success_url, session.cancel_url],
    };
  const paid = session.status === 'complete';
  return {
    title: paid ? 'Already paid' : 'This page has expired',
    status: paid ? 200 : 410,
    body: markup`${notice}
<h1>${paid ? 'This has been paid already' : 'This page has expired'}</h1>
${priceOfCheckout(checkout)}
<p>${paid ? 'Nothing more is charged.' : 'Nothing was charged. Go back to the site to start again.'}</p>
${session.cancel_url !== null && markup`<p><a rel="back" href="${session.cancel_url}">Back to the site</a></p>`}`,
  };
}

/** Renders the content of an embedded frame; its script reports the result to the outer page. */
export function embeddedPage(checkout: Checkout, base: string, declined: boolean): Page {
  const {session} = checkout;
  const site = session.return_url === undefined ? [] : [new URL(session.return_url).origin];
  const done = session.status === 'complete';
  const goes = done && session.redirect_on_completion === 'always' ? session.return_url : undefined;
  const state = done ? 'complete' : (session.status ?? 'expired');
  return {
    title: 'Test payment',
    framedBy: site,
    status: session.status === 'expired' ? 410 : 200,
    body: markup`<div data-state="${state}" data-return="${goes?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)}">
${
  session.status === 'open'
    ? payForm(checkout, `${base}/embedded/${session.id}`, declined)
    : markup`${notice}<h1>${done ? 'Thank you' : 'This form has expired'}</h1>${priceOfCheckout(checkout)}`
}</div>
<script src="${base}/embedded.js"></script>`,
  };
}

/** Renders the portal, where a supporter sees and ends what they give. */
export function portalPage(
  portal: PortalObject,
  subscriptions: readonly SubscriptionObject[],
  base: string,
): Page {
  const rows = subscriptions.map(subscription => {
    const [item] = subscription.items.data;
    const {id, status, cancel_at_period_end: ending} = subscription;
    const until = new Date((item?.current_period_end ?? 0) * 1000).toISOString().slice(0, 10);
    const standing =
      status === 'canceled' ? 'Ended' : ending ? `Ends on ${until}` : `Renews on ${until}`;
    const button = ending
      ? markup`<button name="keep" value="${id}">Keep it</button>`
      : markup`<button class="decline" name="cancel" value="${id}">Cancel it</button>`;
    return markup`<li>${priceOf(item?.price.unit_amount ?? 0, subscription.currency, item?.price.recurring?.interval)}
<p>${standing}</p>
${status !== 'canceled' && markup`<form method="post" action="${base}/portal/${portal.id}">${button}</form>`}</li>`;
  });
  return {
    title: 'Test portal: your support',
    body: markup`${notice}
<h1>Your support</h1>
${rows.length ? markup`<ul>${rows}</ul>` : markup`<p>There is nothing here.</p>`}
${portal.return_url !== null && markup`<p><a rel="back" href="${portal.return_url}">Back to the site</a></p>`}`,
  };
}

/** The page for an unknown address. */
export const missingPage: Page = {
  title: 'No such page',
  status: 404,
  body: markup`${notice}<h1>There is nothing to pay here</h1><p>The link is wrong, or the test server was restarted.</p>`,
};

/** Serves a page under a Content Security Policy that allows only what it needs. */
export function pageResponse(page: Page, base: string): Response {
  const {title, body, status = 200, leadsTo = [], framedBy} = page;
  const origins = new Set(leadsTo.filter(url => url != null).map(url => new URL(url).origin));
  const policy = [
    `default-src 'none'`,
    `style-src 'self'`,
    ...(framedBy ? [`script-src 'self'`] : []),
    // `form-action` also covers the target of a form's redirect.
    `form-action ${["'self'", ...origins].join(' ')}`,
    `base-uri 'none'`,
    `frame-ancestors ${framedBy ? ["'self'", ...framedBy].join(' ') : "'none'"}`,
  ].join('; ');
  const {markup: text} = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${base}/pay.css">
</head>
<body${framedBy && markup` class="framed"`}>
<main>
${body}
</main>
</body>
</html>`;
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}
