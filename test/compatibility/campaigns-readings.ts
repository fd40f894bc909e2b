/** Asks the rules what becomes of a campaigns file. */

import {
  armOf,
  decisionFor,
  hash,
  holdback,
  quietAfterNext,
  shownAs,
  type Answer,
  type PageFacts,
} from './subject-rules.js';

interface Arm {
  readonly weight: number;
}

/** A campaigns file, as far as the questions need to know it. */
export interface CampaignsThen {
  readonly campaigns: readonly {readonly id: string; readonly cadence?: object}[];
  readonly experiments: readonly {
    readonly id: string;
    readonly campaign: string;
    readonly arms: Readonly<Record<string, Arm>>;
  }[];
  readonly holdback: number;
}

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 23, 9);

/** A page and a reader that `winter` is meant for. */
const fitting: PageFacts = {
  minutesEast: 60,
  path: '/news/harbour',
  section: 'harbour',
  tags: ['ferries'],
  language: 'en-GB',
  country: 'DE',
  device: 'desktop',
  referrer: 'www.example.org',
  articles: 3,
};

const pages: Readonly<Record<string, PageFacts>> = {
  fitting,
  'another path': {...fitting, path: '/sport/1'},
  'an excluded path': {...fitting, path: '/news/live/1'},
  'another section': {...fitting, section: 'Sport'},
  'another tag': {...fitting, tags: ['weather']},
  'an excluded tag': {...fitting, tags: ['ferries', 'sponsored']},
  'another language': {...fitting, language: 'fr'},
  'an excluded language': {...fitting, language: 'de-AT'},
  'an excluded country': {...fitting, country: 'US'},
  'another device': {...fitting, device: 'phone'},
  'an excluded device': {...fitting, device: 'tablet'},
  'another referrer': {...fitting, referrer: 'news.example.net'},
  'an excluded referrer': {...fitting, referrer: 'ads.example.org'},
  'too few articles': {...fitting, articles: 1},
  'too many articles': {...fitting, articles: 51},
  'signed in': {...fitting, signedIn: true},
  'a supporter': {...fitting, supporter: true},
  'perhaps a supporter': {...fitting, supporter: 'pending'},
  sensitive: {...fitting, sensitive: true},
  'asked already': {...fitting, asked: true},
  silent: {...fitting, path: '/silent'},
  'somewhere else in the world': {...fitting, minutesEast: -480, signedIn: true},
};

const record = (views: object[], closes: object[] = []) =>
  JSON.stringify({v: 1, views, closes, read: [], meter: []});
const view = (campaign: string, at: number) => ({campaign, at});

const records: Readonly<Record<string, string>> = {
  'nothing seen': record([]),
  'seen once': record([view('winter', start)]),
  'another seen': record([view('spring', start)]),
  'seen as often as may be': record([
    view('winter', start - 6 * day),
    view('winter', start - 3 * day),
    view('winter', start),
  ]),
  'closed for a week': record(
    [],
    [{campaign: 'winter', reason: 'close', at: start, until: start + 7 * day}],
  ),
  'not this campaign': record(
    [],
    [{campaign: 'winter', reason: 'not-this-campaign', at: start, until: start + 99 * day}],
  ),
};

const endings = [
  {reason: 'later'},
  {reason: 'close'},
  {reason: 'timeout'},
  {reason: 'already-supporting'},
  {reason: 'not-this-campaign'},
  {reason: 'not-this-campaign', campaignEnds: '2026-12-31'},
  {reason: 'supported', frequency: 'once'},
  {reason: 'supported', frequency: 'monthly'},
  ...['tomorrow', 'next-week', 'next-month', 'in-3-months', 'after-10-more-articles'].map(
    choice => ({reason: 'later', choice}),
  ),
];

const closedBefore = (reason: string, times: number): string =>
  record(
    [],
    Array.from({length: times}, (_, i) => ({
      ...{campaign: 'winter', reason},
      ...{at: start - (i + 1) * day, until: start - i * day},
    })),
  );

export interface CampaignsReadings {
  readonly decisions: readonly {
    readonly of: string;
    readonly page: string;
    readonly record: string;
    readonly now: number;
    readonly answer: Answer;
  }[];
  readonly quiets: readonly object[];
  readonly arms: readonly object[];
}

/** Every question with its answer. */
export function readCampaigns(file: CampaignsThen): CampaignsReadings {
  const {campaigns, experiments} = file;
  const instants = [0, 5, 7, 13, 25, 34, 49, 80].map(hours => start + hours * hour);
  const all = [...instants, start - 30 * day, start + 15 * day, start + 60 * day];
  const asked = [
    {of: 'all', those: campaigns},
    ...campaigns.map(campaign => ({of: campaign.id, those: [campaign]})),
  ];
  const onPages = Object.entries(pages).flatMap(([page, facts]) =>
    [start, start + 34 * hour, start - 30 * day, start + 60 * day].map(now => ({
      ...{page, facts, record: 'nothing seen', now},
    })),
  );
  const ofRecords = Object.keys(records).flatMap(name =>
    all.map(now => ({page: 'fitting', facts: fitting, record: name, now})),
  );
  const decisions = asked.flatMap(({of, those}) =>
    [...onPages, ...ofRecords].map(({page, facts, record: name, now}) => ({
      ...{of, page, record: name, now},
      answer: decisionFor(those, records[name] ?? '', now, facts),
    })),
  );
  /** The campaign as each arm shows it, with the cadence of the arm. */
  const versions = [
    ...campaigns.map(campaign => ({campaign, version: 'as it is'})),
    ...experiments.flatMap(({campaign: of, arms}) =>
      Object.entries(arms).flatMap(([version, arm]) => {
        const shown = shownAs(
          campaigns.find(({id}) => id === of),
          arm,
        );
        return shown ? [{campaign: shown as {id: string; cadence?: object}, version}] : [];
      }),
    ),
  ];
  const quiets = versions.flatMap(({campaign, version}) =>
    endings.flatMap(ending =>
      [0, 1, 2, 4].map(times => ({
        ...{campaign: campaign.id, version, ending, times},
        quiet: quietAfterNext(campaign, closedBefore(ending.reason, times), ending, start, 60),
      })),
    ),
  );
  const readers = Array.from({length: 500}, (_, i) => `reader-${i}`);
  const arms = [...experiments, holdback(file.holdback)].map(experiment => ({
    experiment: (experiment as {id: string}).id,
    arms: readers.map(reader => armOf(experiment, name => hash(name, reader))).join(' '),
  }));
  const shown = experiments.flatMap(({campaign: of, arms: named}) =>
    Object.entries(named).map(([arm, value]) => {
      const campaign = shownAs(
        campaigns.find(({id}) => id === of),
        value,
      );
      const {copy, copies, offer, format} = campaign ?? {};
      const asks =
        campaign && decisionFor([campaign], records['seen once'] ?? '', start + 25 * hour, fitting);
      return {arm, shows: campaign !== undefined, copy, copies, offer, format, asks};
    }),
  );
  const readings = {decisions, quiets, arms: [...arms, ...shown]};
  // As JSON has it, so that it can be compared with what was read before.
  return JSON.parse(JSON.stringify(readings)) as CampaignsReadings;
}
