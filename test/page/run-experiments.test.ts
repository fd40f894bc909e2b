import {expect} from '@open-wc/testing';
import {GrowthBook} from '@growthbook/growthbook';
import {OpenFeature, TypedInMemoryProvider} from '@openfeature/web-sdk';
import {enrolmentsKey, placesOf} from '../../src/browser/storage/enrolments.js';
import {page} from '../../src/browser/page.js';
import {parseCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import type {Campaign, CampaignsFile} from '../../src/core/campaigns/campaign.js';
import {assignArm, holdbackOf, type Experiment} from '../../src/core/experiments/experiment.js';
import {hash} from '../../src/core/experiments/hash.js';
import {findVersion, judgeAs, type CampaignVersion} from '../../src/page/run-experiments.js';
import {preview} from '../../src/page/debug/preview-panel.js';
import type {SupportExposedEvent} from '../../src/events/support-exposed-event.js';
import type {Showing} from '../../src/page/page-view.js';
import type {StartOptions} from '../../src/page/start.js';

const campaign: Campaign = {id: 'winter', copy: {heading: 'A message'}};
const experiment: Experiment = {
  id: 'autumn-appeal',
  version: 1,
  campaign: 'winter',
  arms: {
    control: {weight: 0.5},
    'plain-words': {weight: 0.5, overrides: {copy: {heading: 'You read us.'}}},
  },
};
const seed = 'autumn-appeal@1';

// The SDK's development build asks a bundler's variable.
Object.assign(globalThis, {process: {env: {NODE_ENV: 'production'}}});

let exposures: SupportExposedEvent[] = [];
const hear = (event: SupportExposedEvent) => exposures.push(event);

interface Given {
  readonly file?: Partial<CampaignsFile>;
  readonly options?: StartOptions;
  readonly signal?: AbortSignal;
}

function showing({
  file = {},
  options = {},
  signal = new AbortController().signal,
}: Given = {}): Showing {
  return {
    options,
    file: {campaigns: [campaign], experiments: [experiment], ...file},
    campaign,
    signal,
    judge: () => ({ask: true, campaign, trace: []}),
  };
}

const see = (given: Given = {}, isManual = false): Promise<CampaignVersion> =>
  findVersion(showing(given), isManual);
/** What the browser forgets when a page is left. */
const leavePage = () => delete page().enrolments;

describe('findVersion()', () => {
  const address = location.href;
  beforeEach(() => {
    exposures = [];
    localStorage.clear();
    page().full = true;
    leavePage();
    document.addEventListener('support-exposed', hear);
  });
  afterEach(() => {
    document.removeEventListener('support-exposed', hear);
    history.replaceState(null, '', address);
    page().full = false;
    localStorage.clear();
  });

  it('puts a reader into an arm and counts them there once, over pages and tabs', async () => {
    const {arm, attribution} = await see();
    expect(['control', 'plain-words']).to.include(arm);
    for (let visit = 0; visit < 5; visit += 1) {
      leavePage();
      expect((await see()).attribution).to.deep.equal(attribution);
    }
    expect(exposures.length).to.equal(1);
    const [{campaign: of, experiment: name, arm: told, exposure, by}] = exposures as [
      SupportExposedEvent,
    ];
    expect([of, name, told, by]).to.deep.equal(['winter', seed, arm, 'draw']);
    expect(exposure).to.match(/^[0-9a-f]{32}$/);
    expect(attribution).to.deep.equal({experiment: seed, arm, exposure});
  });

  it('counts once when it is asked several times at once', async () => {
    const all = await Promise.all(Array.from({length: 8}, () => see()));
    expect(new Set(all.map(({arm}) => arm)).size).to.equal(1);
    expect(exposures.length).to.equal(1);
  });

  it('draws both arms, evenly', async () => {
    const counts: Record<string, number> = {};
    for (let i = 0; i < 400; i += 1) {
      localStorage.clear();
      leavePage();
      const {arm = ''} = await see();
      counts[arm] = (counts[arm] ?? 0) + 1;
    }
    expect(counts['control']).to.be.within(140, 260);
    expect(counts['plain-words']).to.equal(400 - counts['control']!);
  });

  for (const [given, descriptor] of Object.entries<PropertyDescriptor>({
    'is not there': {value: undefined},
    'may not be read': {
      get() {
        throw new Error('no crypto');
      },
    },
    'has no random numbers': {value: {}},
    'gives no random numbers': {
      value: {
        getRandomValues() {
          throw new Error('no numbers');
        },
      },
    },
  })) {
    it(`draws both arms and counts each reader once where crypto ${given}`, async () => {
      const before = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
      Object.defineProperty(globalThis, 'crypto', {...descriptor, configurable: true});
      try {
        const arms = new Set<string | undefined>();
        for (let i = 0; i < 40; i += 1) {
          localStorage.clear();
          leavePage();
          const {arm, campaign: shown} = await see();
          expect(shown?.id).to.equal('winter');
          leavePage();
          expect((await see()).arm).to.equal(arm);
          arms.add(arm);
        }
        expect([...arms].sort()).to.deep.equal(['control', 'plain-words']);
        expect(exposures.length).to.equal(40);
        expect(new Set(exposures.map(({exposure}) => exposure)).size).to.equal(40);
      } finally {
        Object.defineProperty(globalThis, 'crypto', before);
      }
    });
  }

  it('changes the campaign as the arm says', async () => {
    const stored = {
      v: 1,
      points: {},
      arms: {[seed]: {arm: 'plain-words', until: Date.now() + 1e6}},
    };
    localStorage.setItem(enrolmentsKey, JSON.stringify(stored));
    const {campaign: shown} = await see();
    expect(shown?.copy).to.deep.equal({heading: 'You read us.'});
    expect(exposures).to.deep.equal([]);
  });

  it('takes no harm from what else may be stored', async () => {
    for (const text of [
      '{',
      'null',
      '[]',
      '{"v":2}',
      '{"v":1,"arms":{"autumn-appeal@1":{"arm":5}}}',
      '{"v":1,"points":{"autumn-appeal@1":7}}',
      '{"v":1,"points":{"autumn-appeal@1":{"point":7,"until":9e15}}}',
      '{"v":1,"points":{"autumn-appeal@1":{"point":0.5,"until":1}}}',
    ]) {
      localStorage.setItem(enrolmentsKey, text);
      leavePage();
      expect((await see()).arm, text).to.be.a('string');
    }
  });

  it('keeps nothing without consent, and tells no id', async () => {
    page().full = false;
    const {arm, attribution} = await see();
    expect(localStorage.length).to.equal(0);
    expect(attribution).to.deep.equal({experiment: seed, arm});
    expect(exposures.map(({exposure}) => exposure)).to.deep.equal([undefined]);
    // On this page the reader stays where they are, and is counted once.
    expect((await see()).arm).to.equal(arm);
    expect(exposures.length).to.equal(1);
  });

  it('counts nobody whose arm cannot be kept though it may be', async () => {
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      expect(await see()).to.deep.equal({campaign});
      expect(exposures).to.deep.equal([]);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it('uses the site’s own id where there is one', async () => {
    for (let i = 0; i < 20; i += 1) {
      localStorage.clear();
      leavePage();
      const readerId = `reader-${i}`;
      const wanted = assignArm(experiment, name => hash(name, readerId)).arm;
      expect((await see({options: {readerId}})).arm).to.equal(wanted);
    }
    expect(exposures.every(({by}) => by === 'reader')).to.equal(true);
    expect(localStorage.getItem(enrolmentsKey)).not.to.include('reader-19');
  });

  it('shows and counts nothing but the forced arm, given ?support-arm', async () => {
    history.replaceState(null, '', '?support-arm=autumn-appeal:plain-words');
    const {campaign: shown, attribution} = await see({file: {holdback: 0.5}});
    expect(shown?.copy?.heading).to.equal('You read us.');
    expect(attribution).to.equal(undefined);
    expect(exposures).to.deep.equal([]);
    expect(localStorage.length).to.equal(0);
  });

  for (const search of [
    '?support-arm=autumn-appeal:plain-word',
    '?support-arm=autumn-appeal:toString',
    '?support-arm=autumn-appeal:',
    '?support-arm=autumn-appeal',
    '?support-arm=autumn:plain-words',
    '?support-arm=constructor:name',
    '?support-arm',
  ]) {
    it(`shows the campaign as it is and names no arm, given ${search}`, async () => {
      history.replaceState(null, '', search);
      expect(await see({file: {holdback: 0.5}})).to.deep.equal({campaign});
      expect(exposures).to.deep.equal([]);
      expect(localStorage.length).to.equal(0);
    });
  }

  it('counts nobody who asks for the appeal, and shows those their version who were counted', async () => {
    expect(await see({}, true)).to.deep.equal({campaign});
    expect(exposures).to.deep.equal([]);
    const {arm, attribution} = await see();
    expect(await see({}, true)).to.deep.include({arm, attribution});
    expect(exposures.length).to.equal(1);
  });

  it('shows nothing to those who are held back, and counts all', async () => {
    let held = 0;
    for (let i = 0; i < 60; i += 1) {
      const options = {readerId: `r${i}`};
      localStorage.clear();
      leavePage();
      const found = await see({file: {holdback: 0.5}, options});
      const {arm} = assignArm(holdbackOf(0.5), name => hash(name, options.readerId));
      if (arm === 'held') {
        held += 1;
        expect(found.campaign).to.equal(undefined);
        expect(found.attribution).to.equal(undefined);
      } else expect(found.attribution?.experiment).to.equal(seed);
      // Wherever on the site the reader gives: both get their share of the report.
      const [, told] = exposures.splice(0).filter(one => one.experiment.startsWith('holdback'));
      expect(told).to.equal(undefined);
      const places = placesOf(Date.now());
      expect(places.holdback).to.equal(`holdback@5000:${arm}`);
      expect(places.holdbackExposure).to.match(/^[0-9a-f]{32}$/);
      expect(places.experiment).to.equal(arm === 'held' ? undefined : seed);
    }
    expect(held).to.be.within(15, 45);
  });

  it('lets a gift count where its reader was counted, wherever on the site it is made', async () => {
    expect(placesOf(Date.now())).to.deep.equal({});
    const {attribution} = await see({file: {holdback: 0.0001}});
    leavePage();
    const {holdback, holdbackExposure, ...places} = placesOf(Date.now());
    expect(places).to.deep.equal(attribution);
    expect([holdback, holdbackExposure?.length]).to.deep.equal(['holdback@1:control', 32]);
    // An appeal of another experiment knows better.
    const other = {experiment: 'other@1', arm: 'b'};
    expect(placesOf(Date.now(), other)).to.deep.equal({holdback, holdbackExposure});
    expect(placesOf(Date.now() + 200 * 86_400_000)).to.deep.equal({});
    history.replaceState(null, '', '?support-arm=autumn-appeal:control');
    expect(placesOf(Date.now())).to.deep.equal({});
  });

  it('waits for the answer of a consent framework, which decides what is kept', async () => {
    page().full = false;
    page().answered = new Promise(resolve => {
      setTimeout(() => {
        page().full = true;
        resolve();
      }, 50);
    });
    const {attribution} = await see();
    expect(attribution?.exposure).to.match(/^[0-9a-f]{32}$/);
    leavePage();
    expect((await see()).attribution).to.deep.equal(attribution);
    expect(exposures.length).to.equal(1);
    delete page().answered;
  });

  it('is told of by no robot', async () => {
    const {userAgent} = navigator;
    Object.defineProperty(navigator, 'userAgent', {value: 'Examplebot/2.1', configurable: true});
    try {
      expect(await see()).to.deep.equal({campaign});
      expect(exposures).to.deep.equal([]);
    } finally {
      Object.defineProperty(navigator, 'userAgent', {value: userAgent, configurable: true});
    }
  });

  it('takes in nobody who may not be counted', async () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', {value: true, configurable: true});
    try {
      expect(await see({file: {holdback: 0.5}})).to.deep.equal({campaign});
      expect(exposures).to.deep.equal([]);
      expect(localStorage.length).to.equal(0);
    } finally {
      Reflect.deleteProperty(navigator, 'globalPrivacyControl');
    }
  });

  it('lets nothing broken take the appeal with it', async () => {
    const {warn} = console;
    console.warn = () => undefined;
    const broken = [
      {...experiment, arms: {control: {weight: 0.4}, b: {weight: 0.3}}},
      {...experiment, arms: undefined},
      {...experiment, arms: {a: {weight: 1}}},
      null,
    ];
    for (const one of broken) {
      expect(await see({file: {experiments: [one] as never}})).to.deep.equal({campaign});
    }
    console.warn = warn;
    expect(exposures).to.deep.equal([]);
  });
});

describe('the assign hook', () => {
  beforeEach(() => {
    exposures = [];
    localStorage.clear();
    page().full = true;
    leavePage();
    document.addEventListener('support-exposed', hear);
  });
  afterEach(() => {
    document.removeEventListener('support-exposed', hear);
    page().full = false;
    localStorage.clear();
  });

  it('hears the experiment and the reader’s id, and decides', async () => {
    const heard: unknown[] = [];
    const assign = (...given: unknown[]) => {
      heard.push(...given);
      return 'plain-words';
    };
    const {arm} = await see({options: {assign, readerId: 'r1'}});
    expect(arm).to.equal('plain-words');
    expect(heard).to.deep.equal([experiment, {id: 'r1'}]);
    expect(exposures.map(({by}) => by)).to.deep.equal(['hook']);
  });

  for (const [given, assign] of [
    ['nothing', () => undefined],
    ['an arm that is not there', () => 'other'],
    ['a property of every object', () => 'constructor'],
    [
      'an error',
      () => {
        throw new Error('down');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('down'))],
    ['no answer in time', () => new Promise<string>(() => undefined)],
    [
      'an answer that is late',
      () => new Promise<string>(resolve => setTimeout(resolve, 900, 'plain-words')),
    ],
  ] as [string, StartOptions['assign'] & object][]) {
    it(`shows the control and enrols nobody, given ${given}`, async () => {
      const {warn} = console;
      console.warn = () => undefined;
      expect(await see({options: {assign}})).to.deep.equal({campaign});
      console.warn = warn;
      expect(exposures).to.deep.equal([]);
      expect(localStorage.length).to.equal(0);
    });
  }

  it('counts nobody who has left while it thought', async () => {
    const left = new AbortController();
    const assign = async () => {
      left.abort();
      return Promise.resolve('plain-words');
    };
    await see({options: {assign}, signal: left.signal});
    expect(exposures).to.deep.equal([]);
  });

  it('works with GrowthBook’s SDK, which puts the same readers into the same arms', async () => {
    for (let i = 0; i < 40; i += 1) {
      const readerId = `reader-${i}`;
      const gb = new GrowthBook({
        attributes: {id: readerId},
        features: {
          'autumn-appeal': {
            defaultValue: 'control',
            rules: [
              {
                ...{variations: ['control', 'plain-words'], weights: [0.5, 0.5]},
                ...{seed, hashVersion: 2, hashAttribute: 'id', coverage: 1},
              },
            ],
          },
        },
      });
      leavePage();
      localStorage.clear();
      const assign = (one: Experiment) => gb.getFeatureValue<string>(one.id, 'control');
      const hooked = await see({options: {assign, readerId}});
      leavePage();
      localStorage.clear();
      const drawn = await see({options: {readerId}});
      expect(hooked.arm).to.equal(drawn.arm);
      gb.destroy();
    }
    expect(new Set(exposures.map(({arm}) => arm)).size).to.equal(2);
  });

  it('works with OpenFeature’s SDK', async () => {
    await OpenFeature.setProviderAndWait(
      new TypedInMemoryProvider({
        'autumn-appeal': {
          ...{defaultVariant: 'b', disabled: false},
          variants: {a: 'control', b: 'plain-words'},
        },
      }),
    );
    const client = OpenFeature.getClient();
    const assign = (one: Experiment) => client.getStringValue(one.id, 'control');
    expect((await see({options: {assign}})).arm).to.equal('plain-words');
    await OpenFeature.close();
  });
});

describe('preview()', () => {
  const address = location.href;
  afterEach(() => {
    history.replaceState(null, '', address);
    document.querySelector('#support-preview')?.remove();
    localStorage.clear();
  });
  const panelFor = (
    search: string,
    file: Partial<CampaignsFile> = {},
    options: StartOptions = {},
  ): string => {
    history.replaceState(null, '', search);
    preview({campaigns: [campaign], experiments: [experiment], ...file}, options);
    return document.querySelector<HTMLElement>('#support-preview')!.innerText;
  };

  it('lists experiments and arms, and says that nothing is counted', () => {
    const text = panelFor('?support-arm=autumn-appeal:plain-words');
    expect(text).to.include('nothing here is counted');
    expect(text).to.include('plain-words, 50 % ← shown');
    expect(text).to.include('has not been drawn yet');
    expect(localStorage.length).to.equal(0);
  });

  it('says which arm this browser is in, and what is wrong with the address', () => {
    const arms = {[seed]: {arm: 'control', until: Date.now() + 1e6}};
    localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points: {}, arms}));
    const text = panelFor('?support-arm=autumn-appeal:other&support-arm=spring:x');
    expect(text).to.include('This browser is in control: it was counted there.');
    expect(text).to.include('autumn-appeal has no arm other. Its arms are: control, plain-words.');
    expect(text).to.include('There is no experiment spring. There are: autumn-appeal.');
  });

  for (const [search, file, message] of [
    [
      'autumn-appeal:plain-word',
      {},
      'autumn-appeal has no arm plain-word. Its arms are: control, ',
    ],
    [
      'autumn-appeal:PLAIN-WORDS',
      {},
      'autumn-appeal has no arm PLAIN-WORDS. Its arms are: control, ',
    ],
    ['autumn-appeal', {}, 'autumn-appeal has no arm without a name. Its arms are: control, '],
    [
      'autumn-appeal:valueOf',
      {},
      'autumn-appeal has no arm valueOf. Its arms are: control, plain-',
    ],
    ['autumn:plain-words', {}, 'There is no experiment autumn. There are: autumn-appeal.'],
    ['autumn-appeal@1:control', {}, 'There is no experiment autumn-appeal@1. There are: autumn-a'],
    ['a:b', {experiments: []}, 'There is no experiment a. There are none.'],
    [
      'a:b',
      {experiments: [experiment, {...experiment, id: 'spring'}]},
      'There is no experiment a. There are: autumn-appeal, spring.',
    ],
  ] as const) {
    it(`says in the console which there are, given ?support-arm=${search}`, () => {
      const {warn} = console;
      const lines: unknown[] = [];
      console.warn = line => void lines.push(line);
      try {
        panelFor(`?support-arm=${search}`, file);
      } finally {
        console.warn = warn;
      }
      expect(lines.length).to.equal(1);
      expect(lines[0]).to.include(`reader-support: ?support-arm: ${message}`);
    });
  }

  for (const search of ['?support-arm', '?support-arm=autumn-appeal:control']) {
    it(`says nothing in the console, given ${search}`, () => {
      const {warn} = console;
      const lines: unknown[] = [];
      console.warn = line => void lines.push(line);
      try {
        panelFor(search);
      } finally {
        console.warn = warn;
      }
      expect(lines).to.deep.equal([]);
    });
  }
});

describe('the preview’s reasons', () => {
  const address = location.href;
  afterEach(() => {
    history.replaceState(null, '', address);
    document.querySelector('#support-preview')?.remove();
    localStorage.clear();
  });
  const drawn = (point: number) => ({point, until: Date.now() + 1e6});
  const store = (points: object) =>
    localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points, arms: {}}));
  const layer = {name: 'appeals', from: 0, to: 0.5};

  for (const {given, points = {}, file, options, says} of [
    {
      given: 'a point beyond the coverage',
      points: {[seed]: drawn(0.4)},
      file: {experiments: [{...experiment, coverage: 0.5}]},
      says: 'is not in it: the reader does not take part',
    },
    {
      given: 'another slice',
      points: {[seed]: drawn(0.4), appeals: drawn(0.7)},
      file: {experiments: [{...experiment, layer}]},
      says: 'is not in it: the reader is in another slice of the layer',
    },
    {
      given: 'an experiment that ended',
      file: {experiments: [{...experiment, on: false}]},
      says: 'Nobody is in it: the experiment has ended.',
    },
    {given: 'a point', points: {[seed]: drawn(0.7)}, says: 'would be in plain-words.'},
    {
      given: 'an id of the site',
      options: {readerId: 'reader-1'},
      says: `would be in ${assignArm(experiment, name => hash(name, 'reader-1')).arm}.`,
    },
    {
      given: 'an outside system',
      options: {assign: () => 'control'},
      says: 'An outside system puts readers into it.',
    },
    {given: 'a holdback', file: {holdback: 0.05}, says: 'Holdback, 5 %: This browser has not been'},
    {given: 'no consent', says: 'readers are drawn anew on each page'},
    {given: 'no experiments', file: {experiments: []}, says: 'The file has no experiments.'},
  ] as {
    given: string;
    points?: object;
    file?: Partial<CampaignsFile>;
    options?: StartOptions;
    says: string;
  }[]) {
    it(`given ${given}`, () => {
      store(points);
      history.replaceState(null, '', '?support-arm');
      preview({campaigns: [campaign], experiments: [experiment], ...file}, options);
      expect(document.querySelector<HTMLElement>('#support-preview')!.innerText).to.include(says);
    });
  }
});

describe('judgeAs()', () => {
  it('asks less often where the version says so', () => {
    const views = [{campaign: 'winter', at: Date.now() - 30 * 3_600_000}];
    page().views = views;
    const strict: Campaign = {...campaign, cadence: {hoursBetweenViews: 48}};
    expect(judgeAs(campaign, showing()).ask).to.equal(true);
    expect(judgeAs(strict, showing())).to.deep.include({ask: false, reason: 'seen-recently'});
    delete page().views;
  });

  it('says that a reader is held back', () => {
    expect(judgeAs(undefined, showing())).to.deep.include({ask: false, reason: 'held-back'});
  });
});

describe('a campaigns file with experiments', () => {
  const file = {campaigns: [campaign], experiments: [experiment], holdback: 0.05};

  it('is parsed', () => {
    expect(parseCampaigns(file)).to.deep.equal({ok: true, file});
  });

  it('loses an experiment that is wrong, and nothing else', () => {
    const wrong = {...experiment, arms: {control: {weight: 1}}};
    const parsed = parseCampaigns({...file, experiments: [wrong]});
    expect(parsed.ok).to.equal(false);
    expect(parsed.ok || parsed.problems[0]?.path).to.equal('experiments[0].arms');
    expect(parsed.file).to.deep.equal({...file, experiments: []});
  });

  it('tells an arm whose offer is none', () => {
    const offer = {monthly: {USD: {min: 500, max: 100, presets: [500], preset: 500}}};
    const arms = {control: {weight: 0.5}, b: {weight: 0.5, overrides: {offer}}};
    const parsed = parseCampaigns({...file, experiments: [{...experiment, arms}]});
    expect(parsed.ok || parsed.problems[0]?.path).to.match(
      /^experiments\[0\]\.arms\.b\.overrides\.offer\.monthly\.USD/,
    );
  });
});
