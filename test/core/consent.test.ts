import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {consentAllows, gppAllows, purposes, tcfAllows} from '../../src/core/consent/consent.js';

const tcData = (changes: object = {}) => ({
  eventStatus: 'useractioncomplete',
  gdprApplies: true,
  purpose: {consents: {1: true, 8: true}},
  ...changes,
});

const ping = (changes: object = {}) => ({
  signalStatus: 'ready',
  parsedSections: {},
  ...changes,
});

describe('consentAllows()', () => {
  const rows: [given: string, allowed: string[], ...Parameters<typeof all>][] = [
    ['the minimum', [], 'minimal', false],
    ['the minimum, and Global Privacy Control', [], 'minimal', true],
    ['everything', ['views', 'experiments', 'events'], 'full', false],
    ['everything, and Global Privacy Control', ['views', 'experiments'], 'full', true],
  ];
  const all = (consent: 'minimal' | 'full', hasGpc: boolean) =>
    purposes.filter(purpose => consentAllows(consent, purpose, hasGpc));
  for (const [given, allowed, consent, hasGpc] of rows) {
    it(`allows ${allowed.join(', ') || 'nothing'} given ${given}`, () => {
      expect(all(consent, hasGpc)).to.deep.equal(allowed);
    });
  }

  it('treats a missing Global Privacy Control signal as off', () => {
    expect(consentAllows('full', 'events')).to.equal(true);
  });
});

describe('tcfAllows()', () => {
  const rows: [given: string, answer: unknown, views: boolean, events: boolean][] = [
    ['consent to storage and measuring', tcData(), true, true],
    ['consent that was given before', tcData({eventStatus: 'tcloaded'}), true, true],
    ['consent to storage alone', tcData({purpose: {consents: {1: true}}}), true, false],
    ['consent to measuring alone', tcData({purpose: {consents: {8: true}}}), false, false],
    ['a dialog still open', tcData({eventStatus: 'cmpuishown'}), false, false],
    ['no status', tcData({eventStatus: undefined}), false, false],
    ['no consents', tcData({purpose: {}}), false, false],
    ['no purposes', tcData({purpose: undefined}), false, false],
    ['consents that are not booleans', tcData({purpose: {consents: {1: 'yes'}}}), false, false],
    ['a place where it does not apply', tcData({gdprApplies: false, purpose: {}}), true, true],
    ['a place where nobody knows', tcData({gdprApplies: undefined, purpose: {}}), false, false],
    ['nothing', null, false, false],
    ['no object', 'yes', false, false],
  ];
  for (const [given, answer, views, events] of rows) {
    it(`given ${given}`, () => {
      expect(tcfAllows(answer)).to.equal(views);
      expect(tcfAllows(answer, ['views', 'events'])).to.equal(events);
      expect(tcfAllows(answer, ['experiments'])).to.equal(events);
    });
  }
});

describe('gppAllows()', () => {
  const sections = (parsedSections: unknown) => ping({parsedSections});
  const rows: [given: string, answer: unknown, views: boolean, events: boolean][] = [
    ['no section that applies', ping(), true, true],
    ['no sections', ping({parsedSections: undefined}), true, true],
    ['a signal that is not ready', ping({signalStatus: 'not ready'}), false, false],
    ['an event that holds the answer', {eventName: 'signalStatus', pingData: ping()}, true, true],
    [
      'an event whose answer opts out',
      {eventName: 'sectionChange', pingData: sections({usnat: {SaleOptOut: 1}})},
      false,
      false,
    ],
    ['no opt-out', sections({usnat: [{SaleOptOut: 2, SharingOptOut: 0}]}), true, true],
    ['an opt-out of sale', sections({usnat: [{SaleOptOut: 1}]}), false, false],
    ['an opt-out of sharing', sections({usca: {SharingOptOut: 1}}), false, false],
    [
      'Global Privacy Control in a segment',
      sections({usnat: [{SaleOptOut: 2}, {SubsectionType: 1, Gpc: true}]}),
      false,
      false,
    ],
    ['an opt-out of the older string', sections({uspv1: [{OptOutSale: 'Y'}]}), false, false],
    ['no opt-out of the older string', sections({uspv1: [{OptOutSale: 'N'}]}), true, true],
    ['a European yes, as flags', sections({tcfeuv2: [{PurposeConsents: [true]}]}), true, false],
    ['a European no, as flags', sections({tcfeuv2: [{PurposeConsents: [false]}]}), false, false],
    ['a European yes, as numbers', sections({tcfeuv2: [{PurposeConsents: [1, 8]}]}), true, true],
    ['a European no, as numbers', sections({tcfeuv2: [{PurposeConsents: []}]}), false, false],
    ['sections of nonsense', sections({usnat: [null, 1, 'x'], a: null}), true, true],
    ['nothing', undefined, false, false],
    ['no object', 1, false, false],
  ];
  for (const [given, answer, views, events] of rows) {
    it(`given ${given}`, () => {
      expect(gppAllows(answer)).to.equal(views);
      expect(gppAllows(answer, ['events'])).to.equal(events);
    });
  }

  it('never throws, like tcfAllows()', () => {
    fc.assert(
      fc.property(fc.object({key: fc.constantFrom('pingData', 'purpose', 'x')}), answer => {
        expect(tcfAllows(answer)).to.equal(false);
        expect(gppAllows(answer)).to.equal(false);
      }),
    );
  });
});
