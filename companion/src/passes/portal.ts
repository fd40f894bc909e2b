/** Sends a supporter to Stripe's portal, where they see and end what they give. */

import type {Context} from 'hono';
import * as z from 'zod';
import {stripeLocale} from 'reader-support/core';
import {personalHeaders} from './access.js';
import type {Env} from '../http/address.js';
import type {Services} from './services.js';
import {type MailLimitSettings, readFields, requireAllowedForm, speak} from '../mail/index.js';
import {requireAllowedOrigin} from '../http/origin.js';
import {readerPage} from '../http/reader-page.js';
import {plainText} from '../http/plain-text.js';
import {Problem} from '../http/problem.js';
import {samePath} from '../http/return-address.js';
import type {Payments} from '../stripe/index.js';

const portalRequest = z.object({
  /** The path to return to. */
  page: z.exactOptional(z.string().max(2000).regex(plainText)),
  locale: z.exactOptional(z.string().max(64).regex(plainText)),
});

/** Creates the routes of the portal. */
export function portalRoutes(
  settings: MailLimitSettings,
  services: Services,
  payments: Payments,
): Readonly<Record<'look' | 'open', (context: Context<Env>) => Promise<Response>>> {
  const {site, brand, basePath, origins, log} = settings;

  async function holder(request: Request) {
    const {passService} = services.needPasses();
    try {
      return await passService.check(request);
    } catch (error) {
      log({
        at: 'passes',
        problem: 'store-down',
        detail: {type: error instanceof Error ? error.name : typeof error},
      });
      throw new Problem(503, 'provider-down', {headers: {'retry-after': '5'}});
    }
  }

  const nobody = (context: Context<Env>) => {
    const spoken = speak(context.req.query('lang') ?? context.req.header('accept-language'));
    const {nothing, ask} = spoken.words.pages;
    return readerPage({
      spoken,
      brand,
      site: services.name,
      title: nothing.title,
      text: nothing.text,
      status: 403,
      link: {href: `${basePath}/access/restore?lang=${spoken.language}`, text: ask.title},
    });
  };

  return {
    async look(context) {
      const {pass, cookies} = await holder(context.req.raw);
      if (!pass) return await nobody(context);
      const spoken = speak(context.req.query('lang') ?? context.req.header('accept-language'));
      const {title, text, button} = spoken.words.pages.manage;
      return await readerPage({
        spoken,
        brand,
        site: services.name,
        title,
        text,
        cookies,
        form: {buttons: [{act: 'open', text: button}], leadsAway: true},
      });
    },

    async open(context) {
      const request = context.req.raw;
      const {fields, isForm} = await readFields(request);
      if (isForm) requireAllowedForm(request, origins);
      else requireAllowedOrigin(request, origins);
      const {data} = portalRequest.safeParse(fields);
      if (!data) throw new Problem(422, 'invalid-request');
      const decision = await holder(request);
      // The customer comes from the pass; a request cannot name another.
      const customer = decision.pass ? decision.support.customer : undefined;
      if (customer === undefined) {
        if (isForm) return await nobody(context);
        throw new Problem(403, 'not-signed-in', {
          detail: 'No pass came with the request, or it stands for no customer.',
        });
      }
      const url = await payments.openPortal({
        customer,
        return_url: `${site}${samePath(site, data.page)}`,
        locale: stripeLocale(data.locale ?? 'auto'),
      });
      if (isForm)
        return new Response(null, {
          status: 303,
          headers: {location: url, 'cache-control': 'private, no-store'},
        });
      return new Response(JSON.stringify({url}), {
        headers: personalHeaders(request, origins, decision.cookies),
      });
    },
  };
}
