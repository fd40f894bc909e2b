import {aTimeout, expect} from '@open-wc/testing';
import {enrolmentsKey} from '../../src/browser/storage/enrolments.js';
import {page} from '../../src/browser/page.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {start} from '../../src/page/start.js';
import type {SupportExposedEvent} from '../../src/events/support-exposed-event.js';

const file: CampaignsFile = {
  consent: 'tcf',
  campaigns: [{id: 'winter', format: 'bar', copy: {heading: 'A message'}}],
  experiments: [
    {
      id: 'autumn-appeal',
      version: 1,
      campaign: 'winter',
      arms: {
        control: {weight: 0.5},
        // Shows nothing, so that nothing but the count is left of it.
        nothing: {weight: 0.5, enabled: false},
      },
    },
  ],
};

type Listener = (data: object, success: boolean) => void;

const given = {
  ...{eventStatus: 'tcloaded', gdprApplies: true},
  ...{purpose: {consents: {1: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true}}},
};

/** A framework that answers after so many ms, as most do on the page after the one with the question. */
function aFramework(delay: number): void {
  const framework = (_command: string, _version: number, listener: Listener) =>
    void setTimeout(listener, delay, given, true);
  Object.assign(globalThis, {__tcfapi: framework});
}

/** One page view, until its exposure has had its time. */
async function visit(): Promise<void> {
  const shared = page();
  delete shared.enrolments;
  delete shared.answered;
  shared.full = false;
  shared.asked = false;
  const {stop} = start({campaigns: file});
  for (let i = 0; i < 100 && !localStorage.getItem(enrolmentsKey); i += 1) await aTimeout(20);
  // A second exposure would follow the framework's answer, which takes 120 ms: only time shows that none does.
  await aTimeout(150);
  stop();
}

describe('an experiment under a consent framework', () => {
  const exposures: SupportExposedEvent[] = [];
  const hear = (event: SupportExposedEvent) => exposures.push(event);

  beforeEach(() => {
    localStorage.clear();
    exposures.length = 0;
    document.addEventListener('support-exposed', hear);
  });
  afterEach(() => {
    document.removeEventListener('support-exposed', hear);
    Reflect.deleteProperty(globalThis, '__tcfapi');
    page().full = false;
    delete page().answered;
    localStorage.clear();
  });

  for (const delay of [0, 120]) {
    it(`counts a reader once over pages, given an answer after ${delay} ms`, async () => {
      aFramework(delay);
      for (let i = 0; i < 4; i += 1) await visit();
      expect(exposures.map(({exposure}) => exposure?.length)).to.deep.equal([32]);
    });
  }
});
