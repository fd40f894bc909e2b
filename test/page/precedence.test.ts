import {aTimeout, expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import type {Campaign, CampaignsFile} from '../../src/core/campaigns/campaign.js';
import '../../src/define/support-appeal.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {start, type StartOptions, type SupportSession} from '../../src/page/start.js';

type Place = 'element' | 'campaign' | 'options' | 'file';

/** The places from the nearest to the farthest. */
const places: readonly Place[] = ['element', 'campaign', 'options', 'file'];

interface Field {
  /** The property of the element. */
  readonly name: string;
  /** Its attribute, where it has one. */
  readonly attribute?: string;
  /** What each place that knows the field says in it. */
  readonly values: Partial<Record<Place, unknown>>;
  /** The key in the campaign, where it is another. */
  readonly inCampaign?: (value: unknown) => Partial<Campaign>;
}

const amounts = (preset: number) => ({
  monthly: {USD: {min: 100, max: 100_000, presets: [preset, preset * 2], preset}},
});

const fields: readonly Field[] = [
  {
    name: 'checkout',
    attribute: 'checkout',
    values: {element: '/element', campaign: '/campaign', options: '/options', file: '/file'},
  },
  {
    name: 'offer',
    values: {element: amounts(300), campaign: amounts(400), file: amounts(500)},
  },
  {
    name: 'currency',
    attribute: 'currency',
    values: {element: 'EUR', campaign: 'GBP'},
  },
  {
    name: 'copy',
    values: {element: {heading: 'Element'}, campaign: {heading: 'Campaign'}},
  },
  {
    name: 'cadence',
    values: {element: {close: 1}, campaign: {close: 2}},
  },
  {
    name: 'campaignEnds',
    values: {element: '2098-01-01', campaign: '2099-01-01'},
    inCampaign: end => ({schedule: {end: end as string}}),
  },
  {name: 'minArticles', values: {element: 7, campaign: 8}},
  {name: 'format', attribute: 'format', values: {element: 'bar', campaign: 'dialog'}},
  {name: 'readerId', values: {element: 'reader-1', options: 'reader-2'}},
  {
    name: 'publication',
    attribute: 'publication',
    values: {element: 'The Element', file: 'The File'},
  },
  {name: 'origins', values: {element: ['https://a.example'], file: ['https://b.example']}},
  {name: 'waitFor', attribute: 'wait-for', values: {element: '.element', file: '.file'}},
  {name: 'stackAbove', attribute: 'stack-above', values: {element: '.element', file: '.file'}},
];

type Said = ReadonlyMap<Field, readonly Place[]>;

let session: SupportSession | undefined;

/** Makes a campaigns file and options in which the places say what they know. */
function fileAndOptions(said: Said): StartOptions {
  const campaign: Record<string, unknown> = {id: 'winter', trigger: {seconds: 0}};
  const file: Record<string, unknown> = {campaigns: [campaign]};
  const options: Record<string, unknown> = {campaigns: file};
  for (const [{name, values, inCampaign}, speaking] of said) {
    for (const place of speaking) {
      const value = values[place];
      if (place === 'file') file[name] = value;
      if (place === 'options') options[name] = value;
      if (place === 'campaign') Object.assign(campaign, inCampaign?.(value) ?? {[name]: value});
    }
  }
  return options;
}

/** Places an appeal by hand and says on it what the element knows. */
function placeAppeal(said: Said, as: 'attribute' | 'property' = 'property'): SupportAppealElement {
  const appeal = document.createElement('support-appeal');
  appeal.setAttribute('campaign', 'winter');
  for (const [{name, attribute, values}, speaking] of said) {
    if (!speaking.includes('element')) continue;
    if (as === 'attribute') appeal.setAttribute(attribute!, values.element as string);
    else Object.assign(appeal, {[name]: values.element});
  }
  document.body.append(appeal);
  return appeal;
}

async function opened(appeal: SupportAppealElement): Promise<void> {
  for (let i = 0; i < 400 && !appeal.open; i += 1) await aTimeout(5);
  expect(appeal.open, 'open').to.equal(true);
  await appeal.updateComplete;
}

/** Begins another view, in which the appeal is filled again. */
async function navigate(appeal: SupportAppealElement): Promise<void> {
  appeal.open = false;
  await appeal.updateComplete;
  session!.navigate();
  await opened(appeal);
}

const valueOf = (appeal: SupportAppealElement, name: string): unknown =>
  appeal[name as keyof SupportAppealElement];

describe('precedence', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    session?.();
    session = undefined;
    for (const element of document.querySelectorAll('support-appeal,meta[property]'))
      element.remove();
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  });

  const day = 86_400_000;
  const popular = {monthly: {USD: 500}, once: {USD: 1000}};
  for (const {given, daysAgo, isShown} of [
    {given: 'today', daysAgo: 0, isShown: true},
    {given: '30 days ago', daysAgo: 30, isShown: true},
    {given: '31 days ago', daysAgo: 31, isShown: false},
    {given: 'a year ago', daysAgo: 365, isShown: false},
    {given: 'tomorrow', daysAgo: -1, isShown: false},
  ])
    it(`fills in ${isShown ? 'the popular amounts' : 'no popular amounts'} as of ${given}`, async () => {
      const appeal = placeAppeal(new Map());
      const asOf = new Date(Date.now() - daysAgo * day).toISOString().slice(0, 10);
      session = start({campaigns: {campaigns: [{id: 'winter'}], popular: {asOf, ...popular}}});
      await opened(appeal);
      expect(appeal.popular).to.deep.equal(isShown ? popular : undefined);
      await navigate(appeal);
      expect(appeal.popular).to.deep.equal(isShown ? popular : undefined);
    });

  for (const field of fields) {
    const known = places.filter(place => place in field.values);
    const pairs = known.flatMap((near, index) =>
      known.slice(index + 1).map(far => [near, far] as const),
    );
    for (const [near, far] of pairs) {
      const said: Said = new Map([[field, [near, far]]]);
      const ways =
        near !== 'element' || !field.attribute
          ? (['property'] as const)
          : (['property', 'attribute'] as const);
      for (const way of ways) {
        const from = near === 'element' ? `${near}'s ${way}` : near;
        it(`takes ${field.name} from the ${from} and not from the ${far}, in every view`, async () => {
          const appeal = placeAppeal(said, way);
          session = start(fileAndOptions(said));
          await opened(appeal);
          expect(valueOf(appeal, field.name)).to.deep.equal(field.values[near]);
          await navigate(appeal);
          expect(valueOf(appeal, field.name)).to.deep.equal(field.values[near]);
        });
      }
    }
    for (const place of known) {
      it(`takes ${field.name} from the ${place} where no other place has it`, async () => {
        const said: Said = new Map([[field, [place]]]);
        const appeal = placeAppeal(said);
        session = start(fileAndOptions(said));
        await opened(appeal);
        expect(valueOf(appeal, field.name)).to.deep.equal(field.values[place]);
      });
    }
  }

  it('takes every field from its nearest place, although the places say different fields', async () => {
    const said: Said = new Map(
      fields.map((field, index) => {
        const known = places.filter(place => place in field.values);
        return [field, known.slice(index % known.length)];
      }),
    );
    const appeal = placeAppeal(said);
    session = start(fileAndOptions(said));
    await opened(appeal);
    for (const [{name, values}, [nearest]] of said)
      expect(valueOf(appeal, name), name).to.deep.equal(values[nearest!]);
  });

  it('clears in a later session what no place says any more, and keeps what the site said', async () => {
    const [checkout, offer, ...others] = fields as [Field, Field, ...Field[]];
    const appeal = placeAppeal(new Map([[checkout, ['element']]]));
    const said: Said = new Map(
      [checkout, offer, ...others]
        .filter(({name}) => name !== 'format')
        .map(field => [
          field,
          places.filter(place => place !== 'element' && place in field.values),
        ]),
    );
    session = start(fileAndOptions(said));
    await opened(appeal);
    expect(appeal.offer).to.deep.equal(offer.values.campaign);
    session();
    appeal.open = false;
    session = start(fileAndOptions(new Map()));
    await opened(appeal);
    expect(appeal.checkout).to.equal('/element');
    for (const {name} of [offer, ...others].filter(field => field.name !== 'format'))
      expect(valueOf(appeal, name), name).to.equal(undefined);
  });

  it('follows a value that the site sets between two views', async () => {
    const said: Said = new Map(fields.map(field => [field, ['campaign', 'file']]));
    const appeal = placeAppeal(said);
    const {campaigns} = fileAndOptions(said);
    session = start({campaigns: {...(campaigns as CampaignsFile), campaigns: [{id: 'winter'}]}});
    await opened(appeal);
    expect(appeal.publication).to.equal('The File');
    appeal.publication = 'The Site';
    appeal.offer = amounts(700);
    await navigate(appeal);
    expect(appeal.publication).to.equal('The Site');
    expect(appeal.offer).to.deep.equal(amounts(700));
    expect(appeal.stackAbove).to.equal('.file');
  });

  for (const {name, values} of fields) {
    it(`takes no ${name} from what the page has added to Object.prototype`, async () => {
      const appeal = placeAppeal(new Map());
      Object.defineProperty(Object.prototype, name, {value: values.element, configurable: true});
      try {
        session = start({campaigns: {campaigns: [{id: 'winter'}]}});
        await opened(appeal);
        expect(valueOf(appeal, name)).to.equal(name === 'format' ? 'inline' : undefined);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    });
  }

  it("takes the file's name of the publication before the page's", async () => {
    const meta = document.createElement('meta');
    meta.setAttribute('property', 'og:site_name');
    meta.content = 'The Page';
    document.head.append(meta);
    const copy = {heading: 'From {publication}'};
    const heading = (appeal: SupportAppealElement) =>
      appeal.shadowRoot!.querySelector('h2')!.textContent;
    const appeal = placeAppeal(new Map());
    const campaigns = [{id: 'winter', copy}];
    session = start({campaigns: {publication: 'The File', campaigns}});
    await opened(appeal);
    expect(heading(appeal)).to.equal('From The File');
    session();
    appeal.open = false;
    session = start({campaigns: {campaigns}});
    await opened(appeal);
    expect(heading(appeal)).to.equal('From The Page');
  });

  it('lays a bar where the element says so and its campaign says inline', async () => {
    const bar = fields.find(({name}) => name === 'format')!;
    const appeal = placeAppeal(new Map([[bar, ['element']]]), 'attribute');
    session = start({
      campaigns: {campaigns: [{id: 'winter', format: 'inline', trigger: {seconds: 0}}]},
    });
    await opened(appeal);
    expect(appeal.format).to.equal('bar');
    expect(getComputedStyle(appeal).position).to.equal('fixed');
  });

  describe('of the format', () => {
    const placements: readonly {
      readonly title: string;
      readonly place: (format: string) => SupportAppealElement;
    }[] = [
      {
        title: 'its attribute',
        place: format =>
          placeAppeal(
            new Map([
              [{name: 'format', attribute: 'format', values: {element: format}}, ['element']],
            ]),
            'attribute',
          ),
      },
      {
        title: 'its property',
        place: format =>
          placeAppeal(new Map([[{name: 'format', values: {element: format}}, ['element']]])),
      },
      {
        title: 'its property, set before it is defined',
        place: format => {
          const parsed = document.implementation.createHTMLDocument();
          const appeal = parsed.createElement('support-appeal');
          appeal.setAttribute('campaign', 'winter');
          Object.assign(appeal, {format});
          document.body.append(appeal);
          return appeal;
        },
      },
      {
        title: 'its property, set when it is in the page',
        place: format => Object.assign(placeAppeal(new Map()), {format}),
      },
    ];
    const others: readonly {
      readonly title: string;
      readonly format: 'inline' | 'bar' | 'dialog';
      readonly file: (format: 'inline' | 'bar' | 'dialog') => CampaignsFile;
    }[] = [
      ...(['inline', 'bar', 'dialog'] as const).map(format => ({
        title: `a campaign's ${format}`,
        format,
        file: (): CampaignsFile => ({
          campaigns: [{id: 'winter', format, trigger: {seconds: 0}}],
        }),
      })),
      {
        title: "an arm's bar",
        format: 'bar',
        file: format => ({
          campaigns: [{id: 'winter', trigger: {seconds: 0}}],
          experiments: [
            {
              id: 'strip',
              version: 1,
              campaign: 'winter',
              arms: {control: {weight: 0}, strip: {weight: 1, overrides: {format}}},
            },
          ],
        }),
      },
    ];
    for (const own of ['inline', 'bar', 'dialog'])
      for (const {title, place} of placements)
        for (const {title: other, format, file} of others) {
          if (own === format) continue;
          it(`takes the element's ${own}, said as ${title}, and not ${other}`, async () => {
            const appeal = place(own);
            session = start({campaigns: file(format)});
            await opened(appeal);
            expect(appeal.format).to.equal(own);
            expect(getComputedStyle(appeal).position === 'fixed').to.equal(own === 'bar');
            // In the next view a dialog waits for its turn again.
            if (own === 'dialog') return;
            await navigate(appeal);
            expect(appeal.format).to.equal(own);
          });
        }

    for (const attribute of [undefined, '', 'banner', 'BAR']) {
      const said = attribute === undefined ? 'without a format' : `with format="${attribute}"`;
      it(`takes the campaign's bar for an element ${said}, and then its inline`, async () => {
        const appeal = placeAppeal(new Map());
        if (attribute !== undefined) appeal.setAttribute('format', attribute);
        for (const format of ['bar', 'inline'] as const) {
          session = start({
            campaigns: {campaigns: [{id: 'winter', format, trigger: {seconds: 0}}]},
          });
          await opened(appeal);
          expect(appeal.format).to.equal(format);
          session();
          appeal.open = false;
          await appeal.updateComplete;
        }
      });
    }

    it('reflects no format that nobody has said', async () => {
      const appeal = placeAppeal(new Map());
      await appeal.updateComplete;
      expect(appeal.format).to.equal('inline');
      expect(appeal.hasAttribute('format')).to.equal(false);
    });
  });

  describe('of what decides', () => {
    const viewed = (hoursAgo: number) => {
      const views = [{campaign: 'winter', at: Date.now() - hoursAgo * 3_600_000}];
      localStorage.setItem(storageKey, JSON.stringify({...emptyState, views}));
    };
    const past = '2020-01-01';
    const future = '2098-01-01';
    const rows: readonly {
      readonly title: string;
      readonly hoursAgo: number;
      readonly own: Partial<SupportAppealElement>;
      readonly campaign?: Partial<Campaign>;
      readonly refusal?: string;
    }[] = [
      {
        title: 'shows again by the cadence of an element without a campaign',
        hoursAgo: 2,
        own: {cadence: {hoursBetweenViews: 1}},
      },
      {
        title: 'waits longer by the cadence of an element without a campaign',
        hoursAgo: 48,
        own: {cadence: {hoursBetweenViews: 72}},
        refusal: 'seen-recently',
      },
      {
        title: "shows again by the element's cadence and not by its campaign's",
        hoursAgo: 2,
        own: {cadence: {hoursBetweenViews: 1}},
        campaign: {cadence: {hoursBetweenViews: 72}},
      },
      {
        title: "waits longer by the element's cadence and not by its campaign's",
        hoursAgo: 48,
        own: {cadence: {maxViews: 1}},
        campaign: {cadence: {maxViews: 9}},
        refusal: 'seen-enough',
      },
      {
        title: "goes by the campaign's cadence where the element has none",
        hoursAgo: 2,
        own: {},
        campaign: {cadence: {hoursBetweenViews: 1}},
      },
      {
        title: 'goes by the default cadence where nobody says another',
        hoursAgo: 2,
        own: {},
        refusal: 'seen-recently',
      },
      {
        title: 'understands the words of 0.1.0 in the cadence of an element',
        hoursAgo: 2,
        own: {cadence: {gapHours: 1} as object},
      },
      {
        title: "ends with the element's end and not with its campaign's",
        hoursAgo: 48,
        own: {campaignEnds: past},
        campaign: {schedule: {end: future}},
        refusal: 'ended',
      },
      {
        title: "lasts until the element's end and not until its campaign's",
        hoursAgo: 48,
        own: {campaignEnds: future},
        campaign: {schedule: {end: past}},
      },
      {
        title: "keeps the start of its campaign beside the element's end",
        hoursAgo: 48,
        own: {campaignEnds: '2099-01-01'},
        campaign: {schedule: {start: future}},
        refusal: 'not-started',
      },
    ];
    for (const {title, hoursAgo, own, campaign, refusal} of rows) {
      it(title, async () => {
        viewed(hoursAgo);
        const appeal = placeAppeal(new Map());
        Object.assign(appeal, own);
        const campaigns = campaign ? [{id: 'winter', ...campaign}] : [];
        session = start({consent: 'full', campaigns: {campaigns}});
        if (refusal === undefined) await opened(appeal);
        else {
          for (let i = 0; i < 400 && !session.decision; i += 1) await aTimeout(5);
          expect(session.decision).to.include({ask: false, reason: refusal});
          expect(appeal.open).to.equal(false);
        }
      });
    }

    it("goes by the element's cadence and not by that of the reader's arm", async () => {
      viewed(2);
      const appeal = placeAppeal(new Map());
      appeal.cadence = {hoursBetweenViews: 1};
      const rare = {weight: 1, overrides: {cadence: {hoursBetweenViews: 72}}};
      const experiment = {id: 'rare', version: 1, campaign: 'winter'};
      session = start({
        consent: 'full',
        campaigns: {
          campaigns: [{id: 'winter'}],
          experiments: [{...experiment, arms: {control: {weight: 0}, rare}}],
        },
      });
      await opened(appeal);
      expect(appeal.cadence).to.deep.equal({hoursBetweenViews: 1});
    });
  });

  for (const experiments of [
    null,
    'strip',
    [null],
    [{campaign: 'winter'}],
    [{campaign: 'winter', arms: null}],
    [{campaign: 'winter', arms: {control: null}}],
    [{campaign: 'winter', arms: {control: {weight: 1, overrides: {format: 7}}}}],
  ]) {
    it(`shows the appeal although its experiments are ${JSON.stringify(experiments)}`, async () => {
      const appeal = placeAppeal(new Map());
      const file = {holdback: 0.000_001, experiments, campaigns: [{id: 'winter'}]};
      session = start({campaigns: file as unknown as CampaignsFile});
      await opened(appeal);
    });
  }

  it("waits for the element's own consent dialog and not for the file's", async () => {
    for (const name of ['near', 'far']) {
      const dialog = document.createElement('div');
      dialog.className = `precedence-${name}`;
      dialog.style.cssText = 'position:fixed;inset:0';
      dialog.hidden = name === 'near';
      document.body.append(dialog);
    }
    const appeal = placeAppeal(new Map());
    appeal.waitFor = '.precedence-near';
    session = start({campaigns: {waitFor: '.precedence-far', campaigns: [{id: 'winter'}]}});
    await opened(appeal);
    for (const dialog of document.querySelectorAll('[class^=precedence]')) dialog.remove();
  });

  describe('with Payment Links', () => {
    const link = (minor: number) => `https://buy.stripe.com/${minor}`;
    const paymentLinks = {monthly: {USD: {400: link(400), 800: link(800)}}};
    const presets = (appeal: SupportAppealElement) =>
      [
        ...appeal
          .shadowRoot!.querySelector('support-ask')!
          .shadowRoot!.querySelectorAll<HTMLInputElement>('input[name=amount]'),
      ].map(({value}) => value);

    const offered = amounts(400);
    const rows: readonly {
      readonly title: string;
      readonly own: Partial<SupportAppealElement>;
      readonly file?: Partial<CampaignsFile>;
      readonly expected: readonly string[];
    }[] = [
      {
        title: "restrict the element's own offer to what has a link",
        own: {offer: amounts(800)},
        expected: ['800'],
      },
      {
        title: "restrict the file's offer where the element has none",
        own: {},
        file: {offer: offered},
        expected: ['400', '800'],
      },
      {
        title: "restrict nothing where the element's own checkout is an address",
        own: {checkout: '/take', offer: amounts(300)},
        expected: ['300', '600', 'custom'],
      },
      {
        title: "restrict nothing where the element's own checkout is a hook",
        own: {checkout: () => Promise.resolve({type: 'cancelled'}), offer: amounts(300)},
        expected: ['300', '600', 'custom'],
      },
      {
        title: "of the element win over the file's",
        own: {checkout: {paymentLinks: {monthly: {USD: {800: link(800)}}}}},
        file: {offer: offered},
        expected: ['800'],
      },
    ];
    for (const {title, own, file, expected} of rows) {
      it(`${title}, in every view`, async () => {
        const appeal = placeAppeal(new Map());
        appeal.currency = 'USD';
        Object.assign(appeal, own);
        session = start({
          campaigns: {checkout: {paymentLinks}, ...file, campaigns: [{id: 'winter'}]},
        });
        await opened(appeal);
        await aTimeout(0);
        expect(presets(appeal)).to.deep.equal(expected);
        await navigate(appeal);
        await aTimeout(0);
        expect(presets(appeal)).to.deep.equal(expected);
      });
    }
  });

  it("keeps what else the site attributes a gift to beside the session's arm", async () => {
    const appeal = placeAppeal(new Map());
    appeal.attribution = {placement: 'sidebar', arm: 'mine', exposure: 'mine', page: '/here'};
    const arms = {control: {weight: 0}, loud: {weight: 1}};
    session = start({
      campaigns: {
        campaigns: [{id: 'winter'}],
        experiments: [{id: 'tone', version: 1, campaign: 'winter', arms}],
      },
      assign: () => 'loud',
    });
    await opened(appeal);
    expect(appeal.attribution).to.deep.include({
      placement: 'sidebar',
      page: '/here',
      arm: 'loud',
    });
    expect(appeal.attribution.exposure).not.to.equal('mine');
    expect(appeal.getAttribute('arm')).to.equal('loud');
    session();
    appeal.open = false;
    session = start({campaigns: {campaigns: [{id: 'winter'}]}});
    await opened(appeal);
    expect(appeal.attribution).to.deep.equal({
      placement: 'sidebar',
      arm: 'mine',
      exposure: 'mine',
      page: '/here',
    });
    expect(appeal.hasAttribute('arm')).to.equal(false);
    expect('arm' in appeal && (appeal as {arm?: string}).arm).to.equal(undefined);
  });
});
