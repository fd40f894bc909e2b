import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {popularAmounts, type Popular} from '../../src/core/money/popular.js';
import {parseCampaigns, readCampaigns} from '../../src/core/campaigns/parse-campaigns.js';

const amounts = {monthly: {USD: 500}, once: {USD: 1000, EUR: 2000}};
const popular: Popular = {asOf: '2026-11-30', ...amounts};

describe('popularAmounts()', () => {
  for (const {given, now, asOf = popular.asOf, isShown} of [
    {given: 'the first moment of the day', now: '2026-11-30T00:00:00.000Z', isShown: true},
    {given: 'the evening of the day', now: '2026-11-30T23:59:59.999Z', isShown: true},
    {given: 'the 30th day after it', now: '2026-12-30T12:00:00.000Z', isShown: true},
    {given: 'the last moment of the 30th day', now: '2026-12-30T23:59:59.999Z', isShown: true},
    {given: 'the 31st day', now: '2026-12-31T00:00:00.000Z', isShown: false},
    {given: 'a year later', now: '2027-11-30T12:00:00.000Z', isShown: false},
    {given: 'a moment before the day', now: '2026-11-29T23:59:59.999Z', isShown: false},
    {given: 'a clock of 1970', now: '1970-01-01T00:00:00.000Z', isShown: false},
    {given: 'a day that is none', now: '2026-11-30T12:00:00.000Z', asOf: 'soon', isShown: false},
    {given: 'no day', now: '2026-11-30T12:00:00.000Z', asOf: '', isShown: false},
  ])
    it(`returns ${isShown ? 'the amounts without their day' : 'nothing'}, given ${given}`, () => {
      assert.deepEqual(
        popularAmounts({...popular, asOf}, Date.parse(now)),
        isShown ? amounts : undefined,
      );
    });

  it('returns nothing where the file says nothing', () => {
    assert.equal(popularAmounts(undefined, Date.parse('2026-11-30')), undefined);
  });
});

describe('the field `popular` of a campaigns file', () => {
  const parsed = (field: unknown) => parseCampaigns({campaigns: [], popular: field});

  for (const field of [
    popular,
    {asOf: '2026-11-30'},
    {asOf: '2028-02-29', annual: {JPY: 5000}},
    {asOf: '2026-01-01', monthly: {}},
  ])
    it(`may be ${JSON.stringify(field)}`, () => {
      assert.deepEqual(parsed(field), {ok: true, file: {campaigns: [], popular: field}});
    });

  for (const {field, path} of [
    {field: {monthly: {USD: 500}}, path: 'popular.asOf'},
    {field: {asOf: '30.11.2026'}, path: 'popular.asOf'},
    {field: {asOf: '2026-11-30T00:00Z'}, path: 'popular.asOf'},
    {field: {asOf: '2026-13-01'}, path: 'popular.asOf'},
    {field: {asOf: '2026-11-30', weekly: {USD: 500}}, path: 'popular.weekly'},
    {field: {asOf: '2026-11-30', monthly: {usd: 500}}, path: 'popular.monthly.usd'},
    {field: {asOf: '2026-11-30', monthly: {USD: 5.5}}, path: 'popular.monthly.USD'},
    {field: {asOf: '2026-11-30', monthly: {USD: 0}}, path: 'popular.monthly.USD'},
    {field: {asOf: '2026-11-30', once: {USD: [500]}}, path: 'popular.once.USD'},
    {field: '2026-11-30', path: 'popular'},
  ])
    it(`has a problem at ${path}, given ${JSON.stringify(field)}`, () => {
      const result = parsed(field);
      assert.deepEqual(!result.ok && result.problems.map(problem => problem.path), [path]);
      const {file} = readCampaigns({campaigns: [{id: 'winter'}], popular: field});
      assert.deepEqual(file?.campaigns, [{id: 'winter'}], 'and takes no campaign with it');
    });
});
