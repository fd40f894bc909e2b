import {expect} from '@open-wc/testing';
import * as checkout from '../../src/checkout/index.js';

describe('reader-support/checkout', () => {
  it('exports the adapters and nothing by accident', () => {
    expect(Object.keys(checkout).sort()).to.deep.equal([
      'CheckoutError',
      'checkoutErrorCodes',
      'checkoutHook',
      'clientReference',
      'donationPage',
      'paymentLinks',
      'readClientReference',
      'safeCheckoutUrl',
      'serverEmbedded',
      'serverRedirect',
    ]);
  });
});
