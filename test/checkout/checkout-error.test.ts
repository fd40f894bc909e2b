import {expect} from '@open-wc/testing';
import {
  CheckoutError,
  checkoutErrorCode,
  isCheckoutErrorCode,
  isSilent,
} from '../../src/checkout/checkout-error.js';
import {checkoutErrorCodes} from '../../src/core/money/checkout.js';
import {goOffline, goOnline} from './builders.js';

describe('CheckoutError', () => {
  it('is an Error with a code, a message and a cause', () => {
    const cause = new Error('x');
    const error = new CheckoutError('not-permitted', 'why', {cause});
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({name: 'CheckoutError', code: 'not-permitted', message: 'why', cause});
    expect(new CheckoutError('not-permitted').message).to.equal('not-permitted');
  });
});

describe('checkoutErrorCode()', () => {
  afterEach(goOnline);

  const rows: readonly {given: string; thrown: unknown; code: string}[] = [
    {given: 'one of ours', thrown: new CheckoutError('rate-limited'), code: 'rate-limited'},
    {
      given: 'a plain object with a code of ours',
      thrown: {code: 'not-permitted'},
      code: 'not-permitted',
    },
    {given: 'a code that is none of ours', thrown: {code: 'card_declined'}, code: 'bad-response'},
    {given: 'an abort', thrown: new DOMException('x', 'AbortError'), code: 'aborted'},
    {
      given: 'a time-out of the platform',
      thrown: new DOMException('x', 'TimeoutError'),
      code: 'timeout',
    },
    {given: 'a bug', thrown: new TypeError('x is not a function'), code: 'bad-response'},
    {given: 'nothing', thrown: undefined, code: 'bad-response'},
    {given: 'null', thrown: null, code: 'bad-response'},
    {
      given: 'a CheckoutError of another version',
      thrown: Object.assign(new Error('x'), {name: 'CheckoutError', code: 'refused'}),
      code: 'provider-down',
    },
    {given: 'a text', thrown: 'not-permitted', code: 'bad-response'},
  ];
  for (const {given, thrown, code} of rows) {
    it(`is ${code} given ${given}`, () => expect(checkoutErrorCode(thrown)).to.equal(code));
  }

  it('is offline for an unknown failure without a line', () => {
    goOffline();
    expect(checkoutErrorCode(new TypeError('Failed to fetch'))).to.equal('offline');
  });
});

describe('the codes', () => {
  it('are known by name, and two of them are silent', () => {
    expect(checkoutErrorCodes.every(isCheckoutErrorCode)).to.equal(true);
    expect(['', 'nope', undefined, 1].some(isCheckoutErrorCode)).to.equal(false);
    expect(checkoutErrorCodes.filter(isSilent)).to.deep.equal(['in-progress', 'aborted']);
  });
});
