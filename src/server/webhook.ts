/** What has Stripe to tell, and has it been told before? */

import type {Context} from 'hono';
import {readBody} from './body.js';
import type {Env} from './checkout.js';
import type {Settings} from './options.js';
import {Problem} from './problem.js';
import {isSignedByStripe} from './signature.js';
import type {EventOutcome} from './store.js';
import type {Payments} from './stripe.js';
import {isOurs, readEvent, readingOf, type StripeEvent} from './webhook-facts.js';

const largestEvent = 256 * 1024;

/** Makes the webhook route. Its answers are for Stripe: 2xx ends the delivery, 5xx asks for another. */
export function webhookRoute(
  settings: Settings,
  payments: Payments,
): (context: Context<Env>) => Promise<Response> {
  const {store, log, now, live, allowLive, webhookSecrets} = settings;

  /** Events of another mode or account are signed as well, when someone pasted the wrong secret. */
  function isForUs(event: StripeEvent): boolean {
    if (event.account) return false;
    return live === undefined ? allowLive || !event.livemode : event.livemode === live;
  }

  async function write(event: StripeEvent): Promise<EventOutcome> {
    if (!isForUs(event)) return 'ignored';
    const reading = readingOf(event);
    if (reading.type === 'not-ours') return 'ignored';
    if (reading.type === 'unreadable') return 'unreadable';
    let {fact} = reading;
    if (reading.type === 'refund-of') {
      const invoice = await payments.invoiceOf(reading.payment);
      if (!invoice || !isOurs(invoice.metadata)) return 'ignored';
      if (fact.kind === 'refund') fact = {...fact, gift: invoice.id};
    }
    await store.write(fact);
    return 'written';
  }

  async function receive(event: StripeEvent): Promise<void> {
    const claim = {id: event.id, type: event.type, created: event.created * 1000};
    if ((await store.claim(claim)) === 'done') return;
    // Two deliveries may get here together. Both write the same facts, and a fact is kept once.
    const outcome = await write(event);
    if (outcome === 'unreadable')
      log({at: 'webhook', problem: 'unreadable', detail: {event: event.id, type: event.type}});
    await store.done(event.id, outcome);
  }

  return async context => {
    const request = context.req.raw;
    const bytes = await readBody(request, largestEvent);
    const header = request.headers.get('stripe-signature');
    if (!(await isSignedByStripe(bytes, header, webhookSecrets, now())))
      throw new Problem(400, 'refused');

    let body: unknown;
    try {
      body = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      body = undefined;
    }
    const event = readEvent(body);
    if (event) {
      try {
        await receive(event);
      } catch (error) {
        const type = error instanceof Error ? error.name : typeof error;
        log({at: 'webhook', problem: 'failed', detail: {event: event.id, type}});
        throw new Problem(500, 'provider-down');
      }
    } else log({at: 'webhook', problem: 'unreadable'});
    // Signed but not to be understood: saying no would only bring it back for three days.
    return context.json({received: true}, 200, {'cache-control': 'no-store'});
  };
}
