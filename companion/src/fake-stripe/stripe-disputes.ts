/** Opens disputes of charges and records the banks' decisions. */

import {happened, type Account, type Happening} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {DisputeObject} from './stripe-objects.js';
import {chargeBehind} from './stripe-refunds.js';

/** Opens a dispute of a payment, or changes the status of an existing one. */
export function dispute(
  account: Account,
  id: string,
  status: DisputeObject['status'],
): Happening[] {
  const charge = chargeBehind(account, id);
  const [existing] = account.all('dispute', 'charge', charge.id) as DisputeObject[];
  if (existing) {
    existing.status = status;
    const money = status === 'won' ? ['charge.dispute.funds_reinstated'] : [];
    return [...money, 'charge.dispute.closed'].map(type => happened(type, existing));
  }
  charge.disputed = true;
  const dispute = account.keep<DisputeObject>({
    id: freshId('du'),
    object: 'dispute',
    amount: charge.amount,
    charge: charge.id,
    created: account.seconds(),
    currency: charge.currency,
    livemode: false,
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status,
  });
  return [
    happened('charge.dispute.created', dispute),
    happened('charge.dispute.funds_withdrawn', dispute),
  ];
}
