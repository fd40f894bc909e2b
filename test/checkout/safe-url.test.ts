import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {safeCheckoutUrl} from '../../src/checkout/safe-url.js';

const origins = ['https://pay.example.org', 'https://Give.Example.org/', 'bare.example.org'];

const lookAlikes: readonly string[] = [
  '',
  '//evil.example',
  '//checkout.stripe.com/c/pay',
  '/\\evil.example',
  '\\\\evil.example',
  '/checkout',
  'checkout.stripe.com/c/pay',
  'https:evil.example',
  'https:checkout.stripe.com',
  'https:/checkout.stripe.com',
  'https:///checkout.stripe.com',
  'https:\\\\checkout.stripe.com/',
  'https://checkout.stripe.com@evil.example/',
  'https://checkout.stripe.com:pw@evil.example/',
  'https://evil@checkout.stripe.com/',
  'https://evil:pw@checkout.stripe.com/',
  'https://@checkout.stripe.com/',
  'https://:@checkout.stripe.com/',
  'https://checkout.stripe.com%40evil.example/',
  'https://checkout.stripe.com\\@evil.example/',
  'https://checkout.stripe.com\\.evil.example/',
  'https://evil.example\\checkout.stripe.com/',
  'https://evil.example/https://checkout.stripe.com/',
  'https://evil.example#@checkout.stripe.com/',
  'https://evil.example?checkout.stripe.com',
  'https://checkout.stripe.com.evil.example/',
  'https://evil-checkout.stripe.com/',
  'https://evil.checkout.stripe.com/',
  'https://checkout.stripe.com.evil/',
  'https://checkoutxstripe.com/',
  'https://checkout-stripe.com/',
  'https://stripe.com/',
  'https://checkout.stripe.co/',
  'https://checkout.stripe.com./',
  'https://checkout.stripe.com../',
  'https://.checkout.stripe.com/',
  'https://checkout..stripe.com/',
  'https://checkout%2estripe.com/',
  'https://checkout.stripe.com%2eevil.example/',
  'https://checkout.stripe.com%00.evil.example/',
  'https://checkout.stripe.com%2f.evil.example/',
  'https://checkout．stripe．com/',
  'https://checkout。stripe。com/',
  'https://checkout｡stripe.com/',
  'https://checkout.stripe.com。evil.example/',
  'https://checkout.stripe.com／evil.example/',
  'https://сheckout.stripe.com/', // Cyrillic es
  'https://checkout.strıpe.com/', // dotless i
  'https://chec\u212Aout.stripe.com/', // Kelvin sign
  'https://checkout.ſtripe.com/', // long s
  'https://ｃheckout.stripe.com/', // fullwidth c
  'https://check\u00ADout.stripe.com/', // soft hyphen
  'https://check\u200Bout.stripe.com/', // zero-width space
  'https://xn--heckout-6bg.stripe.com/',
  'https://checkout.stripe.com:444/',
  'https://checkout.stripe.com:443/',
  'https://checkout.stripe.com:/',
  'https://checkout.stripe.com:80/',
  'http://checkout.stripe.com/',
  'http://checkout.stripe.com:443/',
  'ftp://checkout.stripe.com/',
  'wss://checkout.stripe.com/',
  ' https://checkout.stripe.com/',
  'https://checkout.stripe.com/ ',
  'https://checkout.stripe.com/\n',
  '\thttps://checkout.stripe.com/',
  '\x01https://checkout.stripe.com/',
  '\u00A0https://checkout.stripe.com/',
  '\uFEFFhttps://checkout.stripe.com/',
  'ht\ntps://checkout.stripe.com/',
  'https:/\t/checkout.stripe.com/',
  'https://checkout\t.stripe.com/',
  'https://checkout.stripe.com/a\r\nb',
  'https://checkout.stripe.com/a\0b',
  'https://checkout.stripe.com/\\evil.example',
  'https://checkout.stripe.com /',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\x01javascript:alert(1)',
  'javascript://checkout.stripe.com/%0aalert(1)',
  'javascript:https://checkout.stripe.com/',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'blob:https://checkout.stripe.com/0b6c2f0e',
  `blob:${location.origin}/0b6c2f0e`,
  'file:///etc/passwd',
  'file://checkout.stripe.com/x',
  'about:blank',
  'view-source:https://checkout.stripe.com/',
  'filesystem:https://checkout.stripe.com/temporary/x',
  'mailto:x@checkout.stripe.com',
  'https://',
  'https://?',
  'https://[::1]/',
  'https://[::1/',
  'https://0x7f.1/',
  'https://127.0.0.1/',
  'https://localhost/',
  'http://localhost:1/',
  `http://x@${location.host}/`,
  `${location.origin}.evil.example/`,
  `${location.origin}@evil.example/`,
  `${location.origin}0/`,
  'https://pay.example.org:8443/',
  'http://pay.example.org/',
  'https://pay.example.org.evil.example/',
  'https://xpay.example.org/',
  'https://example.org/',
];

describe('safeCheckoutUrl()', () => {
  for (const text of lookAlikes) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(safeCheckoutUrl(text, origins)).to.equal(undefined);
    });
  }

  const welcome: readonly (readonly [string, string?])[] = [
    ['https://checkout.stripe.com/c/pay/cs_test_a1B2#fidkdWxOYHwnPyd1blpxYHZxWj%2F'],
    ['https://checkout.stripe.com', 'https://checkout.stripe.com/'],
    ['https://checkout.stripe.com?x=1', 'https://checkout.stripe.com/?x=1'],
    ['https://checkout.stripe.com#x', 'https://checkout.stripe.com/#x'],
    ['HTTPS://Checkout.Stripe.com/x', 'https://checkout.stripe.com/x'],
    ['https://buy.stripe.com/test_x?locale=de&prefilled_email=a%40b.example'],
    ['https://donate.stripe.com/x'],
    ['https://checkout.stripe.com/a@b'],
    ['https://pay.example.org/x'],
    ['https://give.example.org/x'],
    ['https://bare.example.org/x'],
    [`${location.origin}/stripe-fake/pay/cs_test_1`],
    [`${location.origin}/unterstützen`, `${location.origin}/unterst%C3%BCtzen`],
  ];
  for (const [text, href = text] of welcome) {
    it(`admits ${text}`, () => {
      expect(safeCheckoutUrl(text, origins)?.href).to.equal(href);
    });
  }

  it('admits only Stripe and the page when no origins are given', () => {
    expect(safeCheckoutUrl('https://pay.example.org/x')).to.equal(undefined);
    expect(safeCheckoutUrl('https://buy.stripe.com/x')).not.to.equal(undefined);
  });

  it('gives no origin more than https without a port, however it is listed', () => {
    for (const origin of [
      'http://evil.example',
      'https://evil.example:444',
      'evil.example:444',
      'https://x@evil.example',
      '*',
      '*.evil.example',
      'https://*',
      '',
      'https://',
      '.',
    ]) {
      for (const text of [
        'http://evil.example/',
        'https://evil.example:444/',
        'https://x.evil.example/',
        'https://x@evil.example/',
      ]) {
        expect(safeCheckoutUrl(text, [origin]), `${origin} for ${text}`).to.equal(undefined);
      }
    }
  });

  it('passes over an origin that is none', () => {
    expect(
      safeCheckoutUrl('https://pay.example.org/', [
        '',
        'https://[',
        '%',
        'https://pay.example.org',
      ]),
    ).not.to.equal(undefined);
  });

  it('refuses what is no text', () => {
    for (const value of [
      undefined,
      null,
      1,
      {},
      [],
      ['https://checkout.stripe.com/'],
      new URL('https://checkout.stripe.com/'),
    ]) {
      expect(safeCheckoutUrl(value)).to.equal(undefined);
    }
  });

  it('never admits another host, scheme, port or userinfo, whatever the text is made of', () => {
    const piece = fc.constantFrom(
      'https:',
      'http:',
      'javascript:',
      'HTTPS:',
      '/',
      '//',
      '///',
      '\\',
      '@',
      ':',
      ':444',
      ':443',
      '.',
      '%2e',
      '。',
      '．',
      '%40',
      '#',
      '?',
      '\t',
      '\n',
      '\x01',
      ' ',
      'checkout.stripe.com',
      'buy.stripe.com',
      'stripe.com',
      'evil.example',
      'checkout',
      'localhost',
      '[::1]',
      'xn--',
      'ſ',
      '\u00AD',
      '\u202E',
      location.host,
      location.origin,
    );
    const text = fc.oneof(
      fc.array(piece, {minLength: 1, maxLength: 8}).map(pieces => pieces.join('')),
      fc
        .array(fc.oneof(piece, fc.string({unit: 'binary', maxLength: 3})), {maxLength: 6})
        .map(rest => `https://checkout.stripe.com${rest.join('')}`),
      fc.webUrl({withFragments: true, withQueryParameters: true}),
      fc.string({unit: 'binary'}),
    );
    const allowed = new Set([
      'https://checkout.stripe.com',
      'https://buy.stripe.com',
      'https://donate.stripe.com',
      'https://pay.example.org',
      location.origin,
    ]);
    let admitted = 0;
    fc.assert(
      fc.property(text, candidate => {
        const url = safeCheckoutUrl(candidate, ['https://pay.example.org']);
        if (!url) return;
        admitted++;
        expect(allowed.has(url.origin), url.href).to.equal(true);
        expect(url.username + url.password).to.equal('');
        // What it looks like is where it goes.
        expect(candidate.toLowerCase().startsWith(url.origin)).to.equal(true);
        expect(new URL(url.href).origin).to.equal(url.origin);
      }),
      {numRuns: 50_000},
    );
    expect(admitted).to.be.greaterThan(100);
  });
});
