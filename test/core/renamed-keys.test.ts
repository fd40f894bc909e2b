import {expect} from '@open-wc/testing';
import {parseCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {
  pathOf,
  renamedInCadence,
  renamedInCampaigns,
  withNewWords,
} from '../../src/core/campaigns/renamed-keys.js';
import {aCampaign} from './builders.js';

/** Every word that was renamed, at each of its places. */
const old = {
  count: 'acts',
  campaigns: [
    {
      ...aCampaign({id: 'winter'}),
      cadence: {
        maxViews: 4,
        gapHours: 12,
        otherGapHours: 2,
        later: [2, 5],
        close: 7,
        closeMost: 70,
        alreadySupporting: 20,
        notThisCampaign: 300,
        supportedOnce: 80,
        supportedRecurring: 300,
        dayStartsAt: 5,
      },
    },
  ],
  experiments: [
    {
      id: 'words',
      version: 1,
      campaign: 'winter',
      arms: {
        control: {weight: 0.5},
        bar: {weight: 0.25, set: {format: 'bar', cadence: {later: [1]}}},
        silent: {weight: 0.25, show: false},
      },
      goal: {currency: 'USD'},
    },
  ],
};

const today: CampaignsFile = {
  count: 'interactions',
  campaigns: [
    aCampaign({
      id: 'winter',
      cadence: {
        maxViews: 4,
        hoursBetweenViews: 12,
        hoursBetweenCampaigns: 2,
        laterDays: [2, 5],
        closeDays: 7,
        closeDaysMax: 70,
        alreadySupportingDays: 20,
        notThisCampaignDays: 300,
        supportedOnceDays: 80,
        supportedRecurringDays: 300,
        dayStartsAtHour: 5,
      },
    }),
  ],
  experiments: [
    {
      id: 'words',
      version: 1,
      campaign: 'winter',
      arms: {
        control: {weight: 0.5},
        bar: {weight: 0.25, overrides: {format: 'bar', cadence: {laterDays: [1]}}},
        silent: {weight: 0.25, enabled: false},
      },
      metric: {currency: 'USD'},
    },
  ],
};

describe('withNewWords()', () => {
  it('puts the new word in place of every old one', () => {
    expect(withNewWords(old, renamedInCampaigns)).to.deep.equal(today);
  });

  it('leaves a value with the new words as it is and reports nothing', () => {
    const paths: string[] = [];
    const value = withNewWords(today, renamedInCampaigns, ({path}) => paths.push(pathOf(path)));
    expect(value).to.deep.equal(today);
    expect(paths).to.deep.equal([]);
  });

  it('prefers the new key where the old one stands beside it', () => {
    expect(withNewWords({later: [1], laterDays: [2]}, renamedInCadence)).to.deep.equal({
      laterDays: [2],
    });
    expect(withNewWords({laterDays: [2], later: [1]}, renamedInCadence)).to.deep.equal({
      laterDays: [2],
    });
  });

  for (const value of [undefined, null, 7, 'later', [], [{later: [1]}], true]) {
    it(`hands on ${JSON.stringify(value)}, which has no keys to rename`, () => {
      expect(withNewWords(value, renamedInCadence)).to.deep.equal(value);
    });
  }

  it('reads a key of a polluted prototype neither as an old word nor as a new one', () => {
    const value = JSON.parse(
      '{"constructor": 1, "__proto__": {"later": 2}, "toString": 3}',
    ) as object;
    expect(JSON.stringify(withNewWords(value, renamedInCadence))).to.equal(JSON.stringify(value));
    expect(({} as {later?: unknown}).later).to.equal(undefined);
  });

  it('renames nothing outside the places where the word was used', () => {
    const value = {campaigns: [{id: 'close', copy: {later: 'x'}, goal: 1, set: 2}], later: 3};
    expect(withNewWords(value, renamedInCampaigns)).to.deep.equal(value);
  });
});

describe('parseCampaigns() with words of 0.1.0', () => {
  const parsed = parseCampaigns(old);

  it('names the new word at the path of each old one', () => {
    expect(
      parsed.ok ? [] : parsed.problems.map(one => `${one.path}: ${one.problem}`),
    ).to.deep.equal([
      'count: `acts` is now `interactions`',
      ...[
        ['gapHours', 'hoursBetweenViews'],
        ['otherGapHours', 'hoursBetweenCampaigns'],
        ['later', 'laterDays'],
        ['close', 'closeDays'],
        ['closeMost', 'closeDaysMax'],
        ['alreadySupporting', 'alreadySupportingDays'],
        ['notThisCampaign', 'notThisCampaignDays'],
        ['supportedOnce', 'supportedOnceDays'],
        ['supportedRecurring', 'supportedRecurringDays'],
        ['dayStartsAt', 'dayStartsAtHour'],
      ].map(([from, to]) => `campaigns[0].cadence.${from}: \`${from}\` is now \`${to}\``),
      'experiments[0].goal: `goal` is now `metric`',
      'experiments[0].arms.bar.set: `set` is now `overrides`',
      'experiments[0].arms.bar.set.cadence.later: `later` is now `laterDays`',
      'experiments[0].arms.silent.show: `show` is now `enabled`',
    ]);
  });

  it('keeps what the old words say in the file that a page goes on with', () => {
    expect(parsed.file).to.deep.equal(today);
  });
});
