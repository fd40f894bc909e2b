/** Creates billing portal sessions, where readers manage what they give. */

import type {Account} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {CustomerObject, PortalObject} from './stripe-objects.js';

/** Creates a billing portal for one customer. `pages` is the URL of the fake's pages. */
export function createPortal(
  account: Account,
  customer: string,
  returnUrl: string | null,
  pages: string,
): PortalObject {
  account.get<CustomerObject>(customer, 'customer');
  const id = freshId('bps');
  const portal = account.keep<PortalObject>({
    id,
    object: 'billing_portal.session',
    created: account.seconds(),
    customer,
    livemode: false,
    return_url: returnUrl,
    url: `${pages}/portal/${id}`,
  });
  account.portals.set(id, portal);
  return portal;
}
