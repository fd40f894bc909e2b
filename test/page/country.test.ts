import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import type {Amounts} from '../../src/core/money/offer.js';
import '../../src/define/support-appeal.js';
import {start, type StartOptions, type SupportSession} from '../../src/page/start.js';
import {waitUntil} from '../wait-until.js';

const amounts: Amounts = {min: 200, max: 100_000, presets: [500, 1000], preset: 500};
const offer = {monthly: {USD: amounts, EUR: amounts, GBP: amounts, CAD: amounts}};

let session: SupportSession | undefined;

function setMeta(content: string): void {
  const meta = Object.assign(document.createElement('meta'), {name: 'support:country', content});
  document.head.append(meta);
}

function setLanguages(browser: string, lang: string): void {
  Object.defineProperty(navigator, 'language', {value: browser, configurable: true});
  document.documentElement.lang = lang;
}

/** Starts the page and waits until it has decided, and has shown what it decided for. */
async function begin(file: CampaignsFile, options: StartOptions): Promise<SupportSession> {
  session = start({campaigns: file, ...options});
  await waitUntil(() => session?.decision, 'no decision');
  return session;
}

async function currencyShown(): Promise<string> {
  const form = () =>
    document
      .querySelector('support-appeal')
      ?.shadowRoot?.querySelector('support-ask')
      ?.shadowRoot?.querySelector<HTMLSelectElement>('select[part~=currency]');
  await waitUntil(form, 'no choice of a currency');
  return form()!.value;
}

interface Row {
  readonly given: string;
  readonly option?: string;
  readonly meta?: string;
  readonly browser: string;
  readonly lang?: string;
  readonly file?: string;
  readonly campaign?: string;
  readonly currency: string;
  /** Of `GB DE CA US`, the countries of an audience that the reader is in. */
  readonly audience: string;
}

const rows: readonly Row[] = [
  {given: 'a meta', meta: 'GB', browser: 'en-US', currency: 'GBP', audience: 'GB'},
  {given: 'a meta in small letters', meta: 'de', browser: 'en-US', currency: 'EUR', audience: 'DE'},
  {given: 'an option', option: 'CA', browser: 'en-US', currency: 'CAD', audience: 'CA'},
  {
    given: 'an option and another meta',
    ...{option: 'CA', meta: 'GB', browser: 'en-US', currency: 'CAD', audience: 'CA'},
  },
  {given: 'an empty meta', meta: '', browser: 'en-GB', currency: 'GBP', audience: 'GB'},
  {
    given: 'a meta, against the currency of the file',
    ...{meta: 'GB', browser: 'en-US', file: 'EUR', currency: 'GBP', audience: 'GB'},
  },
  {
    given: 'the browser alone, against the currency of the file',
    ...{browser: 'de-DE', file: 'USD', currency: 'EUR', audience: 'DE'},
  },
  {
    given: 'a browser with script and extension',
    ...{browser: 'de-Latn-DE-u-co-phonebk', file: 'USD', currency: 'EUR', audience: 'DE'},
  },
  {
    given: 'a browser without a region',
    ...{browser: 'en', lang: 'en-GB', file: 'EUR', currency: 'EUR', audience: ''},
  },
  {
    given: 'a browser with an extension in place of a region',
    ...{browser: 'en-u-ca-gregory', file: 'EUR', currency: 'EUR', audience: ''},
  },
  {
    given: 'a region of the world',
    ...{browser: 'es-419', file: 'GBP', currency: 'GBP', audience: ''},
  },
  {
    given: 'neither region nor currency of the file',
    ...{browser: 'en', lang: 'de', currency: 'EUR', audience: ''},
  },
  {
    given: 'a country whose currency is not offered',
    ...{meta: 'JP', browser: 'en-US', file: 'EUR', currency: 'EUR', audience: ''},
  },
  {
    given: 'a currency of the campaign, against all',
    ...{option: 'DE', meta: 'GB', browser: 'en-US', file: 'USD', campaign: 'CAD'},
    ...{currency: 'CAD', audience: 'DE'},
  },
];

describe("the reader's country", () => {
  afterEach(() => {
    session?.();
    session = undefined;
    Reflect.deleteProperty(navigator, 'language');
    document.documentElement.lang = '';
    for (const element of document.querySelectorAll('support-appeal,main,meta[name^=support]'))
      element.remove();
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
    localStorage.clear();
  });

  for (const {given, option, meta, browser, lang = 'en', file, campaign, ...expected} of rows) {
    const options = option === undefined ? {} : {country: option};

    it(`asks in ${expected.currency} given ${given}`, async () => {
      setLanguages(browser, lang);
      if (meta !== undefined) setMeta(meta);
      document.body.append(document.createElement('main'));
      const place = {selector: 'main'};
      const asked = {id: 'winter', place, offer, ...(campaign && {currency: campaign})};
      await begin({campaigns: [asked], ...(file && {currency: file})}, options);
      expect(await currencyShown()).to.equal(expected.currency);
    });

    it(`finds the reader in "${expected.audience}" given ${given}`, async () => {
      setLanguages(browser, lang);
      if (meta !== undefined) setMeta(meta);
      const matches: string[] = [];
      for (const country of ['GB', 'DE', 'CA', 'US']) {
        const audience = {include: {country: [country]}};
        const {decision} = await begin(
          {campaigns: [{id: 'winter', format: 'bar', audience}]},
          options,
        );
        if (decision?.ask) matches.push(country);
        session?.();
        delete page().asked;
      }
      expect(matches.join()).to.equal(expected.audience);
    });
  }
});
