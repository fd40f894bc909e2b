import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  assignArm,
  holdbackOf,
  experimentKey,
  applyArm,
  type Experiment,
} from '../../src/core/experiments/experiment.js';
import {
  changeProblems,
  experimentProblems,
} from '../../src/core/experiments/experiment-problems.js';
import {hash} from '../../src/core/experiments/hash.js';
import {aCampaign} from './builders.js';

const runs = 5000;

const anExperiment = (changes: Partial<Experiment> = {}): Experiment => ({
  id: 'autumn-appeal',
  version: 1,
  campaign: 'winter',
  arms: {
    control: {weight: 0.5},
    'plain-words': {weight: 0.5, overrides: {copy: {heading: 'You read us. Help pay for it.'}}},
  },
  ...changes,
});

describe('assignArm()', () => {
  const at = (points: Record<string, number>) => (seed: string) => points[seed] ?? 0;
  const seed = 'autumn-appeal@1';
  const layer = {name: 'appeals', from: 0, to: 0.5};

  for (const {given, experiment = {}, points, known, assignment} of [
    {given: 'a low point', points: {[seed]: 0.4999}, assignment: {arm: 'control'}},
    {given: 'a high point', points: {[seed]: 0.5}, assignment: {arm: 'plain-words'}},
    {
      given: 'a point beyond the coverage of its arm',
      experiment: {coverage: 0.5},
      points: {[seed]: 0.25},
      assignment: {reason: 'not-covered'},
    },
    {
      given: 'an arm known from an earlier visit',
      experiment: {coverage: 0.1},
      points: {[seed]: 0.9},
      known: 'control',
      assignment: {arm: 'control'},
    },
    {
      given: 'a known arm that is gone',
      points: {[seed]: 0.9},
      known: 'older-words',
      assignment: {arm: 'plain-words'},
    },
    {
      given: 'a known arm named like a property of every object',
      points: {[seed]: 0.9},
      known: 'constructor',
      assignment: {arm: 'plain-words'},
    },
    {
      given: 'an experiment that ended',
      experiment: {on: false},
      points: {},
      known: 'plain-words',
      assignment: {reason: 'off'},
    },
    {
      given: 'a reader outside the layer’s slice',
      experiment: {layer},
      points: {appeals: 0.5},
      assignment: {reason: 'outside-layer'},
    },
    {
      given: 'a reader inside it',
      experiment: {layer},
      points: {appeals: 0.4999, [seed]: 0.7},
      assignment: {arm: 'plain-words'},
    },
  ] as {
    given: string;
    experiment?: Partial<Experiment>;
    points: Record<string, number>;
    known?: string;
    assignment: object;
  }[]) {
    it(`given ${given}: ${JSON.stringify(assignment)}`, () => {
      expect(assignArm(anExperiment(experiment), at(points), known)).to.deep.equal(assignment);
    });
  }

  it('moves no reader when the coverage is raised', () => {
    const share = fc.double({min: 0, max: 1, noNaN: true});
    const law = fc.property(fc.uuid(), share, share, (reader, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const arms = {control: {weight: 0.2}, b: {weight: 0.3}, c: {weight: 0.5}};
      const arm = (coverage: number) =>
        assignArm(anExperiment({arms, coverage}), one => hash(one, reader)).arm;
      return arm(low) === undefined || arm(low) === arm(high);
    });
    fc.assert(law, {numRuns: runs / 4});
  });

  it('assigns readers to arms in proportion to their weights', () => {
    const arms = {control: {weight: 0.2}, b: {weight: 0.3}, c: {weight: 0.5}};
    const counts: Record<string, number> = {};
    const readers = 50_000;
    for (let i = 0; i < readers; i += 1) {
      const {arm = 'none'} = assignArm(anExperiment({arms}), one => hash(one, `reader-${i}`));
      counts[arm] = (counts[arm] ?? 0) + 1;
    }
    const distance = Object.entries(arms).reduce((sum, [name, {weight}]) => {
      const expected = readers * weight;
      return sum + ((counts[name] ?? 0) - expected) ** 2 / expected;
    }, 0);
    // The upper ten-thousandth of chi-square with two degrees of freedom.
    expect(distance < 18.42, `${distance}`).to.equal(true);
  });
});

describe('holdbackOf()', () => {
  it('holds back the given share, and reassigns readers for another', () => {
    const held = (share: number, reader: string) =>
      assignArm(holdbackOf(share), seed => hash(seed, reader)).arm === 'held';
    const readers = Array.from({length: 20_000}, (_, i) => `r${i}`);
    const count = readers.filter(one => held(0.05, one)).length;
    expect(Math.abs(count - 1000) < 125, `${count}`).to.equal(true);
    expect(experimentKey(holdbackOf(0.05))).to.equal('holdback@500');
  });
});

describe('applyArm()', () => {
  const campaign = aCampaign({
    copy: {heading: 'A', body: ['B']},
    copies: {de: {heading: 'C', body: ['D']}},
    cadence: {maxViews: 2},
  });

  it('replaces the fields of the arm and keeps the others', () => {
    const set = {
      copy: {heading: 'New'},
      copies: {de: {heading: 'Neu'}},
      cadence: {closeDays: 3},
      format: 'bar' as const,
    };
    expect(applyArm(campaign, {weight: 1, overrides: set})).to.deep.equal({
      id: 'winter',
      copy: {heading: 'New', body: ['B']},
      copies: {de: {heading: 'Neu', body: ['D']}},
      cadence: {maxViews: 2, closeDays: 3},
      format: 'bar',
    });
  });

  it('keeps the control unchanged, and returns undefined where an arm shows nothing', () => {
    expect(applyArm(campaign, {weight: 1})).to.equal(campaign);
    expect(applyArm(campaign, undefined)).to.equal(campaign);
    expect(applyArm(campaign, {weight: 1, enabled: false})).to.equal(undefined);
  });
});

describe('experimentProblems()', () => {
  const campaigns = [aCampaign(), aCampaign({id: 'spring'})];
  const b = {weight: 0.5, overrides: {format: 'bar' as const}};
  const layer = (from: number, to: number) => ({layer: {name: 'appeals', from, to}});

  it('returns no problems for a valid experiment', () => {
    expect(experimentProblems([anExperiment()], campaigns)).to.deep.equal([]);
    const thirds = {
      control: {weight: 0.3333},
      b: {...b, weight: 0.3333},
      c: {weight: 0.3333, enabled: false},
    };
    expect(experimentProblems([anExperiment({arms: thirds})], campaigns)).to.deep.equal([]);
  });

  for (const {given, experiments, problem} of [
    {
      given: 'weights that do not add up',
      experiments: [{arms: {control: {weight: 0.5}, b: {...b, weight: 0.4}}}],
      problem: 'experiments[0].arms: have weights that add up to 0.9, not to 1',
    },
    {
      given: 'no control',
      experiments: [{arms: {a: b, b}}],
      problem: 'experiments[0].arms: must have a control',
    },
    {
      given: 'one arm',
      experiments: [{arms: {control: {weight: 1}}}],
      problem: 'experiments[0].arms: must be at least two',
    },
    {
      given: 'a control that changes something',
      experiments: [{arms: {control: b, b}}],
      problem: 'experiments[0].arms.control: is the campaign as it is: expected only a weight',
    },
    {
      given: 'an arm that changes nothing',
      experiments: [{arms: {control: {weight: 0.5}, b: {weight: 0.5}}}],
      problem: 'experiments[0].arms.b: changes nothing',
    },
    {
      given: 'an arm that nobody would see',
      experiments: [{arms: {control: {weight: 1}, b: {...b, weight: 0}}}],
      problem: 'experiments[0].arms.b: has a weight of 0: nobody would see it',
    },
    {
      given: 'a campaign that is not there',
      experiments: [{campaign: 'summer'}],
      problem: 'experiments[0].campaign: there is no campaign summer',
    },
    {
      given: 'the same id twice',
      experiments: [{}, {campaign: 'spring'}],
      problem: 'experiments[1].id: autumn-appeal is taken',
    },
    {
      given: 'two experiments of one campaign',
      experiments: [{}, {id: 'other'}],
      problem:
        'experiments[1].campaign: is that of experiments[0] too: put both into one layer, in slices apart',
    },
    {
      given: 'slices of a layer that overlap',
      experiments: [layer(0, 0.5), {id: 'other', campaign: 'spring', ...layer(0.4999, 1)}],
      problem: 'experiments[1].layer: overlaps that of experiments[0]',
    },
    {
      given: 'an empty slice',
      experiments: [layer(0.5, 0.5)],
      problem: 'experiments[0].layer.to: is not above from',
    },
    {
      given: 'the name of the holdback',
      experiments: [{id: 'holdback'}],
      problem: 'experiments[0].id: holdback is the name of the share that is asked nothing',
    },
    {
      given: 'a goal in no currency',
      experiments: [{metric: {currency: 'XXX'}}],
      problem: 'experiments[0].metric.currency: XXX is no currency that can be charged',
    },
    {
      given: 'a rate of nothing',
      experiments: [{metric: {currency: 'EUR', rates: {USD: 0}}}],
      problem: 'experiments[0].metric.rates.USD: 0 is not above 0',
    },
  ] as {given: string; experiments: Partial<Experiment>[]; problem: string}[]) {
    it(`given ${given}`, () => {
      const found = experimentProblems(experiments.map(anExperiment), campaigns);
      expect(found.map(one => `${one.path}: ${one.problem}`)).to.deep.equal([problem]);
    });
  }

  it('allows disjoint slices, and an ended experiment of the same campaign', () => {
    const apart = [layer(0, 0.5), {id: 'other', ...layer(0.5, 1)}].map(anExperiment);
    expect(experimentProblems(apart, campaigns)).to.deep.equal([]);
    const ended = [{on: false}, {id: 'other'}].map(anExperiment);
    expect(experimentProblems(ended, campaigns)).to.deep.equal([]);
  });

  it('reports a language in which the arms do not differ', () => {
    const german = [aCampaign({copies: {de: {heading: 'Winter'}}})];
    expect(experimentProblems([anExperiment()], german)).to.deep.equal([
      {
        path: 'experiments[0].arms.plain-words',
        problem: "changes the copy, but not the campaign's copies.de",
      },
    ]);
  });
});

type Published = Parameters<typeof changeProblems>[0];

describe('changeProblems()', () => {
  const file = (changes: Partial<Experiment> = {}, campaign = aCampaign()) => ({
    campaigns: [campaign],
    experiments: [anExperiment(changes)],
  });
  const {arms} = anExperiment();
  const reweighted = {
    control: {weight: 0.4},
    'plain-words': {...arms['plain-words']!, weight: 0.6},
  };

  for (const {given, before = file({coverage: 0.9}), after, places} of [
    {given: 'no change', after: file({coverage: 0.9}), places: []},
    {given: 'more coverage', after: file({coverage: 1}), places: []},
    {given: 'the end of it', after: file({on: false}), places: []},
    {
      given: "the end of it, with the winner's words in the campaign",
      after: file({on: false}, aCampaign({copy: {heading: 'You read us.'}})),
      places: [],
    },
    {
      given: 'the end of it, with other weights, metric and plan',
      after: file({on: false, arms: reweighted, metric: {currency: 'EUR'}, plan: {days: 7}}),
      places: [],
    },
    {
      given: 'new words of the campaign after the end',
      before: file({on: false}),
      after: file({on: false}, aCampaign({copy: {heading: 'Other'}})),
      places: [],
    },
    {
      given: 'a new beginning after the end',
      before: file({on: false}),
      after: file(),
      places: ['on'],
    },
    {
      given: 'a new beginning under a new version',
      before: file({on: false}),
      after: file({version: 2, arms: reweighted}),
      places: [],
    },
    {given: 'other weights', after: file({arms: reweighted}), places: ['arms']},
    {
      given: 'other weights and a new version',
      after: file({arms: reweighted, version: 2}),
      places: [],
    },
    {
      given: 'other words',
      after: file({
        arms: {...arms, 'plain-words': {weight: 0.5, overrides: {copy: {heading: 'No'}}}},
      }),
      places: ['arms.plain-words'],
    },
    {
      given: 'other words of the campaign, which are the control',
      after: file({}, aCampaign({copy: {heading: 'Other'}})),
      places: ['arms.control'],
    },
    {
      given: 'the same words in another order',
      after: file({}, {copy: {body: ['B'], heading: 'A'}, id: 'winter'}),
      before: file({coverage: 0.9}, aCampaign({copy: {heading: 'A', body: ['B']}})),
      places: [],
    },
    {
      given: 'another offer of the file',
      after: {...file({coverage: 0.9}), offer: {once: {}}},
      places: ['arms.control', 'arms.plain-words'],
    },
    {given: 'less coverage', after: file({coverage: 0.5}), places: ['coverage']},
    {given: 'another metric', after: file({metric: {currency: 'EUR'}}), places: ['metric']},
  ] as {given: string; before?: Published; after: Published; places: string[]}[]) {
    it(`given ${given}: ${places.join() || 'nothing'}`, () => {
      const found = changeProblems(before, after).map(({path}) => path);
      expect(found).to.deep.equal(places.map(place => `experiments[0].${place}`));
    });
  }
});
