/** Serves the Stripe webhook route, which processes each event once. */

import type {Context} from 'hono';
import {readBody} from '../http/body.js';
import type {Env} from '../http/address.js';
import type {SiteSettings} from '../http/settings.js';
import {Problem} from '../http/problem.js';
import {wordFor} from '../http/error-word.js';
import type {Receive} from './receive.js';
import {isSignedByStripe} from './signature.js';
import {readEvent} from './webhook-facts.js';
import type {NoteVersion} from './webhook-version.js';

const largestEvent = 256 * 1024;

/** Creates the webhook route. Its responses are for Stripe: 2xx ends the delivery, 5xx asks for another. */
export function webhookRoute(
  {log, now, webhookSecrets}: Pick<SiteSettings, 'log' | 'now' | 'webhookSecrets'>,
  receive: Receive,
  noteVersion: NoteVersion,
): (context: Context<Env>) => Promise<Response> {
  return async context => {
    const request = context.req.raw;
    const bytes = await readBody(request, largestEvent, undefined, context.env.isMeasured);
    const header = request.headers.get('stripe-signature');
    if (!(await isSignedByStripe(bytes, header, webhookSecrets, now())))
      throw new Problem(400, 'invalid-request');

    let body: unknown;
    try {
      body = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      body = undefined;
    }
    const event = readEvent(body);
    if (event) {
      noteVersion(event.api_version);
      try {
        await receive(event);
      } catch (error) {
        log({at: 'webhook', problem: 'failed', detail: {event: event.id, type: wordFor(error)}});
        throw new Problem(500, 'provider-down');
      }
    } else log({at: 'webhook', problem: 'unreadable'});
    // Signed but unreadable: an error would only make Stripe deliver it again for three days.
    return context.json({received: true}, 200, {'cache-control': 'no-store'});
  };
}
