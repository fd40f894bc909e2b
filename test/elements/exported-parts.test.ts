import {expect, fixture, html} from '@open-wc/testing';
import '../../src/define/support-appeal.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import type {Copy} from '../../src/core/campaigns/campaign.js';
import type {Offer} from '../../src/core/money/offer.js';
import {waitUntil} from '../wait-until.js';

const amounts = {min: 200, max: 100_000, presets: [500, 1000], preset: 500};
const offer: Offer = {
  monthly: {USD: amounts, EUR: amounts},
  once: {USD: amounts, EUR: amounts},
};
const copy: Copy = {
  heading: 'A message',
  amounts: {monthly: {USD: {500: {meaning: 'an hour in the archive', pill: 'new'}}}},
};

/** Parts of the form that an appeal shows before anything is pressed. */
const parts = {
  frequency: 'inline',
  amount: 'inline',
  meaning: 'inline',
  pill: 'dialog',
  'meaning-line': 'inline',
  custom: 'dialog',
  currency: 'inline',
  error: 'inline',
  submit: 'bar',
  trust: 'dialog',
  summary: 'inline',
  methods: 'inline',
} as const;

describe('<support-appeal>', () => {
  for (const [part, format] of Object.entries(parts)) {
    it(`lets a page style the part ${part} of its form, as ${format}`, async () => {
      const page = await fixture<HTMLElement>(html`
        <div>
          <style>
            support-appeal::part(${part}) {
              outline-offset: 7px;
            }
          </style>
          <support-appeal
            format=${format}
            currency="USD"
            checkout="/checkout"
            .offer=${offer}
            .copy=${copy}
            .methods=${['Card']}
          ></support-appeal>
        </div>
      `);
      const appeal = page.querySelector('support-appeal') as SupportAppealElement;
      appeal.show({manual: true});
      const ask = () => appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot;
      await waitUntil(() => ask()?.querySelector('[part~=submit]'), 'the form');
      const styled = ask()!.querySelector(`[part~="${part}"]`)!;
      expect(getComputedStyle(styled).outlineOffset).to.equal('7px');
      appeal.close('timeout');
    });
  }

  it('keeps the parts of its form that a page does not name as they are', async () => {
    const page = await fixture<HTMLElement>(html`
      <div>
        <style>
          support-appeal::part(submit) {
            outline-offset: 7px;
          }
        </style>
        <support-appeal currency="USD" .offer=${offer} .copy=${copy}></support-appeal>
      </div>
    `);
    const appeal = page.querySelector('support-appeal') as SupportAppealElement;
    appeal.show({manual: true});
    const ask = () => appeal.shadowRoot?.querySelector('support-ask')?.shadowRoot;
    await waitUntil(() => ask()?.querySelector('[part~=summary]'), 'the form');
    const summary = ask()!.querySelector('[part~=summary]')!;
    expect(getComputedStyle(summary).outlineOffset).not.to.equal('7px');
  });
});
