import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, it} from 'node:test';
import {accentStyle, checkBrand, type PageBrand} from '../../src/http/page-brand.js';
import {readerPage} from '../../src/http/reader-page.js';
import {createSupportServer, generatePassKey, openDatabase, sqlStore} from '../../src/companion.js';
import {aCompanion, offer, secret, site} from '../fixtures.js';

const page = async (brand: PageBrand) => {
  const response = await readerPage({
    ...{spoken: {language: 'en', dir: 'ltr'}, site: 'The Harbour Post', brand},
    ...{title: 'Manage what you give', text: 'Stripe shows it.'},
    form: {buttons: [{act: 'open', text: 'Go on'}]},
  });
  return {
    text: await response.text(),
    policy: response.headers.get('content-security-policy') ?? '',
  };
};

describe('the pages of the companion', () => {
  it('have the logo and the colour of the site, which their policy allows', async () => {
    const {text, policy} = await page(
      checkBrand({logo: '/logo.svg', accent: '#8A1F1F'}, site, fails),
    );
    assert.match(
      text,
      /<img class="logo" src="https:\/\/www\.example\.org\/logo\.svg" alt="" referrerpolicy="no-referrer">/,
    );
    assert.match(policy, /img-src https:\/\/www\.example\.org;/);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
    assert.match(style, /background: #8A1F1F; color: #fff/);
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(policy.includes(`style-src 'sha256-${hash}'`));
  });

  it('allow no picture where there is no logo', async () => {
    const {text, policy} = await page({});
    assert.doesNotMatch(text, /<img/);
    assert.doesNotMatch(policy, /img-src/);
  });

  for (const [accent, ink] of [
    ['#000000', '#fff'],
    ['#ffffff', '#000'],
    ['#ffd400', '#000'],
    ['#1f4f8f', '#fff'],
    ['#767676', '#000'],
    ['#c2185b', '#fff'],
  ] as const)
    it(`write on ${accent} in ${ink}`, () => {
      assert.match(accentStyle({accent}), new RegExp(`background: ${accent}; color: ${ink};`));
    });

  it('carry the name that was given, before the one of the mails', async () => {
    const {server} = aCompanion({
      brand: {name: 'The Evening Tide'},
      ...{
        passes: {keys: [await generatePassKey()]},
        secrets: ['a-secret-of-at-least-thirty-two-bytes'],
      },
      store: sqlStore(await openDatabase(':memory:')),
    });
    const response = await server.fetch(new Request(`${site}/portal`));
    assert.match(await response.text(), /<p class="site">The Evening Tide<\/p>/);
  });
});

const fails = (what: string, received: string): never => {
  throw new TypeError(`expected ${what} but received ${received}`);
};

describe('a brand', () => {
  for (const [given, brand, message] of [
    ['a logo of another site', {logo: 'https://elsewhere.example/logo.svg'}, /brand\.logo/],
    ['a logo of the same host by http', {logo: 'http://www.example.org/logo.svg'}, /brand\.logo/],
    ['a logo that is a text', {logo: 'data:image/svg+xml,<svg/>'}, /brand\.logo/],
    ['a logo that is a script', {logo: 'javascript:alert(1)'}, /brand\.logo/],
    ['a logo in two slashes', {logo: '//elsewhere.example/logo.svg'}, /brand\.logo/],
    ['a colour by its name', {accent: 'red'}, /brand\.accent/],
    ['a colour and more', {accent: '#123456;} body{display:none'}, /brand\.accent/],
    ['a short colour', {accent: '#123'}, /brand\.accent/],
    ['a blank name', {name: ' '}, /brand\.name/],
    ['a name on two lines', {name: 'The\nPost'}, /brand\.name/],
  ] as const)
    it(`is refused with ${given}`, () => {
      assert.throws(
        () =>
          createSupportServer({
            ...{stripe: {secretKey: 'sk_test_of_the_tests'}, site, offers: [offer]},
            ...{webhookSecrets: [secret], store: aCompanion().store, brand},
          }),
        message,
      );
    });

  it('takes a logo by its whole address', () => {
    assert.deepEqual(checkBrand({logo: `${site}/a/logo.png`, name: ' Post '}, site, fails), {
      ...{name: 'Post', logo: `${site}/a/logo.png`},
    });
  });
});
