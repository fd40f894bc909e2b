/** Serves the routes that check a reader's access and restore it on another device. */

import type {Context} from 'hono';
import * as z from 'zod';
import type {Services} from './services.js';
import type {Env} from '../http/address.js';
import {
  fill,
  linkLasts,
  type MailContent,
  type MailLimitSettings,
  readFields,
  mailboxOf,
  readMailAddress,
  requireAllowedForm,
  refuseTooManyMails,
  speak,
} from '../mail/index.js';
import {corsHeaders, requireAllowedOrigin} from '../http/origin.js';
import {readerPage, type ReaderPage} from '../http/reader-page.js';
import {plainText} from '../http/plain-text.js';
import {Problem} from '../http/problem.js';
import {tokenHash, type Secrets} from '../database/secrets.js';

const minute = 60_000;

/** Links that restore access: two minutes apart and five a day per address, whoever requests them. */
const perMailbox = {gap: 2 * minute, max: 5, windowMs: 24 * 60 * minute};

const restoreRequest = z.object({
  email: z.string().max(400).regex(plainText),
  locale: z.exactOptional(z.string().max(64).regex(plainText)),
});

type Route = (context: Context<Env>) => Promise<Response>;

/** Returns the headers of a response that depends on the reader's cookies. */
export function personalHeaders(
  request: Request,
  origins: ReadonlySet<string>,
  cookies: readonly string[] = [],
): Headers {
  const headers = new Headers({
    ...corsHeaders(request, origins),
    'cache-control': 'private, no-store',
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  });
  // An allowed page on another host of the same site may send its cookies.
  if (headers.has('access-control-allow-origin'))
    headers.set('access-control-allow-credentials', 'true');
  headers.append('vary', 'Cookie');
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return headers;
}

/** What the routes of access need of the settings. */
interface AccessSettings extends MailLimitSettings {
  readonly secrets: Secrets | undefined;
}

/** Creates the routes of access. */
export function accessRoutes(
  settings: AccessSettings,
  services: Services,
): Readonly<Record<'check' | 'ask' | 'send' | 'enter' | 'use', Route>> {
  const {site, brand, basePath, origins, now, log, secrets} = settings;

  const spokenIn = (context: Context<Env>) =>
    speak(context.req.query('lang') ?? context.req.header('accept-language'));

  const show = (
    context: Context<Env>,
    which: 'ask' | 'asked' | 'enter' | 'entered' | 'expired' | 'later',
    more: Partial<ReaderPage> = {},
  ) => {
    const spoken = spokenIn(context);
    const {title, text} = spoken.words.pages[which];
    return readerPage({spoken, brand, site: services.name, title, text, ...more});
  };

  /** Returns what restoring access needs, mail included. Throws a `Problem` when a part is missing. */
  function parts() {
    const {passes, mail} = services;
    if (!passes || !mail || !secrets)
      throw new Problem(503, 'not-configured', {
        detail:
          'Restoring is not set up: createSupportServer needs `passes`, `mail`, `secrets` and a store that keeps both.',
      });
    return {...passes, mail, secrets};
  }

  return {
    async check(context) {
      const request = context.req.raw;
      if (request.headers.has('origin')) requireAllowedOrigin(request, origins);
      const {passService} = services.needPasses();
      try {
        const {cookies, ...found} = await passService.check(request);
        // The answer keeps its first name for the reason: pages of sites read it.
        const answer = found.pass
          ? {pass: true, until: found.until}
          : {pass: false, because: found.reason};
        return new Response(JSON.stringify(answer), {
          headers: personalHeaders(request, origins, cookies),
        });
      } catch (error) {
        log({
          at: 'passes',
          problem: 'store-down',
          detail: {type: error instanceof Error ? error.name : typeof error},
        });
        // While the store is down, a fresh pass is enough. For everybody else the answer is an error.
        const until = await passService.glance(request);
        if (until === undefined)
          throw new Problem(503, 'provider-down', {headers: {'retry-after': '5'}});
        return new Response(JSON.stringify({pass: true, until}), {
          headers: personalHeaders(request, origins),
        });
      }
    },

    async ask(context) {
      parts();
      const {label, button} = spokenIn(context).words.pages.ask;
      return await show(context, 'ask', {form: {label, buttons: [{act: 'send', text: button}]}});
    },

    async send(context) {
      const request = context.req.raw;
      const {mail, secrets: keys} = parts();
      const {fields, isForm} = await readFields(request);
      if (isForm) requireAllowedForm(request, origins);
      else requireAllowedOrigin(request, origins);
      const {data} = restoreRequest.safeParse(fields);
      const to = readMailAddress(data?.email);
      if (!data || !to) throw new Problem(422, 'invalid-request');
      await refuseTooManyMails(context, settings);

      const time = now();
      const spoken = speak(
        data.locale ?? context.req.query('lang') ?? context.req.header('accept-language'),
      );
      const content: MailContent = {address: to.address, locale: spoken.language, page: '/'};
      // The address is looked up when the mail is composed, so that neither the response nor its
      // timing depends on it.
      await mail.store.ask(
        {
          id: crypto.randomUUID(),
          kind: 'restore',
          sealed: await keys.seal(content),
          addressHash: await keys.hash('address', to.key),
          mailboxHash: await keys.hash('address', mailboxOf(to.key)),
          due: time,
          until: time + linkLasts,
        },
        perMailbox,
        time,
      );
      services.work();
      if (isForm) return await show(context, 'asked', {status: 202});
      return new Response(JSON.stringify({accepted: true}), {
        status: 202,
        headers: personalHeaders(request, origins),
      });
    },

    // The page is the same for every token: opening it neither uses a token up nor reveals its validity.
    async enter(context) {
      parts();
      const {button} = spokenIn(context).words.pages.enter;
      return await show(context, 'enter', {form: {buttons: [{act: 'enter', text: button}]}});
    },

    async use(context) {
      const request = context.req.raw;
      const {passService, store} = parts();
      await readFields(request);
      requireAllowedForm(request, origins);
      const token = context.req.param('token') ?? '';
      const isToken = /^[\w-]{43}$/.test(token);
      const support = isToken ? await store.useLink(await tokenHash(token), now()) : undefined;
      const cookies = support === undefined ? [] : await passService.admit(support);
      const spoken = spokenIn(context);
      if (!cookies.length)
        return await show(context, 'expired', {
          status: 410,
          link: {
            href: `${basePath}/access/restore?lang=${spoken.language}`,
            text: spoken.words.pages.expired.again,
          },
        });
      const {on} = spoken.words.pages.entered;
      const text = fill(on, spoken, {site: services.name});
      return await show(context, 'entered', {cookies, link: {href: site, text}});
    },
  };
}
