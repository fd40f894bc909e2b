/** Holds the rules against a campaigns file that was written for 0.1.0. */

import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {readCampaigns, type CampaignsReadings, type CampaignsThen} from './campaigns-readings.js';
import {fixtureText, fixtureValue} from './fixtures.js';
import {parsed} from './subject-rules.js';

const text = fixtureText('campaigns.json');
const file = JSON.parse(text) as CampaignsThen;
const before = fixtureValue('campaigns-readings.json') as CampaignsReadings;

function compare(readings: CampaignsReadings): void {
  for (const part of ['decisions', 'quiets', 'arms'] as const) {
    assert.ok(before[part].length > 5, part);
    assert.equal(readings[part].length, before[part].length, part);
    before[part].forEach((reading, i) => assert.deepEqual(readings[part][i], reading, part));
  }
}

describe('a campaigns file of 0.1.0', () => {
  it('was asked about every reason that a campaign can have', () => {
    const outcomes = new Set(
      before.decisions.map(({answer}) => (answer.ask ? answer.campaign : answer.reason)),
    );
    for (const outcome of [
      ...['winter', 'spring', 'moment', 'plain', 'audience', 'not-started', 'ended', 'closed'],
      ...['seen-recently', 'asked-recently', 'seen-enough', 'supporter', 'supporter-pending'],
      ...['sensitive-page', 'asked-on-this-page', 'not-this-campaign'],
    ])
      assert.ok(outcomes.has(outcome), outcome);
  });

  it('asks the same readers, is quiet for as long and draws the same arms on a page', () => {
    compare(readCampaigns(file));
  });

  it('means the same once it was parsed, whatever is said about its words', () => {
    const {file: kept, problems} = parsed(text);
    assert.ok(kept, JSON.stringify(problems));
    compare(readCampaigns(kept as unknown as CampaignsThen));
  });
});
