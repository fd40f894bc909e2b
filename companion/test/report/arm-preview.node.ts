import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {parseHTML} from 'linkedom';
import {applyArm, type Campaign, type CampaignsFile, type Overrides} from 'reader-support/core';
import {drawAppeal} from '../../src/cli/appeal-markup.js';
import {armPreview} from '../../src/report/arm-preview.js';

const amounts = {min: 200, max: 50_000, presets: [300, 500], preset: 500};
const file: CampaignsFile = {
  publication: 'The <Harbour> Post',
  currency: 'EUR',
  offer: {monthly: {EUR: amounts}, once: {EUR: {...amounts, presets: [2000], preset: 2000}}},
  campaigns: [],
};
const winter: Campaign = {
  id: 'winter',
  copy: {
    kicker: 'From the newsroom',
    heading: 'The log book',
    body: ['First.', 'Second.'],
    benefits: {monthly: ['A letter', 'No questions']},
    amounts: {monthly: {EUR: {300: {meaning: 'a page'}}}},
  },
};

const cardIn = (markup: string): Element =>
  parseHTML(`<body><article>${markup}</article></body>`).document.querySelector('article')!;

async function cardOf(overrides: Overrides, control = winter, own = file): Promise<Element> {
  const arm = applyArm(control, {weight: 1, overrides})!;
  return cardIn(String(await armPreview(arm, own, {control})));
}

const textOf = (element: Element | null | undefined) =>
  element?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';

const changesIn = (card: Element) => textOf(card.querySelector('.changes'));

/** What stands beside the badges. */
const markedIn = (card: Element) =>
  [...card.querySelectorAll('.badge')].map(badge => textOf(badge.parentElement));

interface Row {
  readonly given: string;
  readonly overrides: Overrides;
  /** What the marked pieces say. */
  readonly marked: readonly (string | RegExp)[];
  readonly changes: string;
}

const rows: readonly Row[] = [
  {
    given: 'another kicker',
    overrides: {copy: {kicker: 'A letter'}},
    marked: ['new A letter'],
    changes: 'Changed: kicker.',
  },
  {
    given: 'another heading',
    overrides: {copy: {heading: '{publication}, from {from}, after {articles}'}},
    marked: ['new The <Harbour> Post, from €2, after 10 articles'],
    changes: 'Changed: heading.',
  },
  {
    given: 'one paragraph of two that differs',
    overrides: {copy: {body: ['First.', 'Last. **Really**']}},
    marked: ['new Last. Really'],
    changes: 'Changed: body.',
  },
  {
    given: 'a paragraph less',
    overrides: {copy: {body: ['First.']}},
    marked: [],
    changes: 'Left out: body.',
  },
  {
    given: 'a highlight',
    overrides: {copy: {highlight: 'None of it would be known.'}},
    marked: ['new None of it would be known.'],
    changes: 'Added: highlight.',
  },
  {
    given: 'a picture',
    overrides: {image: {src: '/i/quay.jpg', alt: 'The quay', width: 1200, height: 800}},
    marked: ['new The quay /i/quay.jpg, 1200 × 800'],
    changes: 'Added: picture.',
  },
  {
    given: 'a picture for decoration',
    overrides: {image: {src: '/i/"><script>.jpg', alt: '', width: 3, height: 2}},
    marked: ['new A picture without a description. /i/"><script>.jpg, 3 × 2'],
    changes: 'Added: picture.',
  },
  {
    given: 'a byline',
    overrides: {copy: {byline: {name: 'Inés', role: 'Editor', portrait: '/i/ines.jpg'}}},
    marked: ['new Inés, Editor Portrait: /i/ines.jpg'],
    changes: 'Added: byline.',
  },
  {
    given: 'another benefit, and one for single gifts',
    overrides: {copy: {benefits: {monthly: ['A letter', 'Tea'], once: ['Thanks']}}},
    marked: ['new Tea', 'new Thanks'],
    changes: 'Changed: benefits, monthly. Added: benefits, once.',
  },
  {
    given: 'no benefits',
    overrides: {copy: {benefits: {}}},
    marked: [],
    changes: 'Left out: benefits, monthly.',
  },
  {
    given: 'words on buttons',
    overrides: {copy: {button: {monthly: 'Give {amount} a month', once: 'Give {amount}'}}},
    marked: ['new Give €5 a month', 'new Give €20'],
    changes: 'Added: button, monthly; button, once.',
  },
  {
    given: 'other words at amounts',
    overrides: {
      copy: {
        amounts: {
          monthly: {EUR: {300: {meaning: 'a page'}, 500: {meaning: 'an hour', pill: 'popular'}}},
          once: {EUR: {2000: {pill: 'Thank you'}}},
        },
      },
    },
    marked: ['new €5 · an hour Popular where gifts prove it', 'new €20 Thank you'],
    changes: 'Changed: words at amounts, monthly. Added: words at amounts, once.',
  },
  {
    given: 'the quiet words',
    overrides: {
      copy: {
        ...{later: 'Another day', collapsed: 'Help us.', reassurance: 'Stop any time.'},
        ...{fallback: 'By post', secondary: 'Or [write](https://example.org/tips)'},
      },
    },
    marked: [
      'new Another day',
      'new Or write',
      'new Help us.',
      'new Stop any time.',
      'new By post',
    ],
    changes:
      'Added: later button; another way to help; as one line; under the form; where a checkout fails.',
  },
  {
    given: 'an open bar',
    overrides: {format: 'bar', collapsed: false},
    marked: ['new bar', 'new open'],
    changes: 'Changed: format. Added: bar begins.',
  },
  {
    given: 'a bar as it is',
    overrides: {format: 'bar'},
    marked: ['new bar', 'new as one line'],
    changes: 'Changed: format. Added: bar begins.',
  },
  {
    given: 'a theme and an accent',
    overrides: {theme: 'review', accent: '#a1263a'},
    marked: ['new review', 'new #a1263a'],
    changes: 'Changed: theme. Added: accent.',
  },
  {
    given: 'one frequency',
    overrides: {frequencies: ['once']},
    marked: ['new Once'],
    changes:
      'Changed: frequencies. Left out: benefits, monthly; amounts, monthly; words at amounts, monthly.',
  },
  {
    given: 'frequencies in another order',
    overrides: {frequencies: ['once', 'monthly']},
    marked: ['new Once, Monthly'],
    changes: 'Changed: frequencies.',
  },
  {
    given: 'another offer',
    overrides: {offer: {monthly: {EUR: {...amounts, presets: [300, 700], preset: 700}}}},
    marked: ['Monthly new', 'new Monthly'],
    changes: 'Changed: amounts, monthly; frequencies. Left out: amounts, once.',
  },
  {
    given: 'a count and words without one',
    overrides: {
      minArticles: 20,
      copy: {
        heading: '{articles} so far',
        withoutCount: {
          ...{kicker: 'W', heading: 'Welcome', later: 'Not now'},
          amounts: {monthly: {EUR: {500: {meaning: 'an hour'}}}},
          button: {monthly: 'Give {amount}'},
        },
      },
    },
    marked: [
      'new 20 articles so far',
      'new 20 articles',
      'new W',
      'new Welcome',
      'new €5 · an hour',
      'new Give €5',
      'new Not now',
    ],
    changes:
      'Changed: heading. Added: counts from; without a count: kicker; without a count: heading; ' +
      'without a count: later button; without a count: words at amounts, monthly; without a count: button, monthly.',
  },
  {
    given: 'a cadence and other languages',
    overrides: {cadence: {closeDays: 7, laterDays: [3, 9]}, copies: {de: {heading: 'Das Logbuch'}}},
    marked: ['new closeDays 7; laterDays 3, 9', 'new on pages in this language'],
    changes: 'Added: cadence; copy in de.',
  },
  {given: 'nothing else', overrides: {}, marked: [], changes: ''},
];

describe('armPreview()', () => {
  for (const {given, overrides, marked, changes} of rows)
    it(`draws and marks what an arm changes, given ${given}`, async () => {
      const card = await cardOf(overrides);
      assert.deepEqual(markedIn(card), marked);
      assert.equal(changesIn(card), changes && `Against control. ${changes}`);
      assert.equal(card.querySelectorAll('img, script, a, link, iframe').length, 0);
      assert.doesNotMatch(card.textContent, /undefined|NaN|\[object/);
    });

  it('marks nothing in a control', async () => {
    const markup = String(await armPreview(winter, file));
    assert.doesNotMatch(markup, /class="(badge|changes)"/);
  });

  const hostile = '<img src=x onerror=alert(1)>"\'&';
  for (const [field, overrides] of Object.entries<Overrides>({
    kicker: {copy: {kicker: hostile}},
    heading: {copy: {heading: hostile}},
    body: {copy: {body: [hostile]}},
    highlight: {copy: {highlight: hostile}},
    benefits: {copy: {benefits: {monthly: [hostile]}}},
    byline: {copy: {byline: {name: hostile, role: hostile, portrait: hostile}}},
    button: {copy: {button: {monthly: hostile}}},
    later: {copy: {later: hostile}},
    collapsed: {copy: {collapsed: hostile}},
    secondary: {copy: {secondary: hostile}},
    amounts: {copy: {amounts: {monthly: {EUR: {300: {meaning: hostile, pill: hostile}}}}}},
    withoutCount: {copy: {withoutCount: {heading: hostile, highlight: hostile}}},
    image: {image: {src: hostile, alt: hostile, width: 1, height: 1}},
    theme: {theme: hostile as 'review'},
    copies: {copies: {[hostile]: {}}},
  }))
    it(`escapes what ${field} says`, async () => {
      const card = await cardOf(overrides);
      assert.equal(card.querySelectorAll('img').length, 0);
      assert.ok(textOf(card).includes(hostile));
    });

  for (const {given, overrides} of [
    {given: 'an accent', overrides: {accent: 'red; background: url(https://example.org)'}},
    {
      given: 'measures',
      overrides: {image: {src: '/a.jpg', alt: '', width: '1; x: y', height: 0}},
    },
  ] as unknown as {given: string; overrides: Overrides}[])
    it(`needs no style, and takes no colour that is none, given ${given}`, async () => {
      const card = await cardOf(overrides);
      assert.equal(card.querySelectorAll('[style], style, rect').length, 0);
    });

  it('draws all words and the look below a drawing of the element', async () => {
    const overrides: Overrides = {
      ...{format: 'bar', theme: 'gazette', accent: '#a1263a'},
      image: {src: '/i/quay.jpg', alt: 'The quay', width: 3, height: 2},
      copy: {
        ...{
          kicker: 'A letter',
          highlight: 'None of it.',
          collapsed: 'Help us.',
          later: 'Another day',
        },
        byline: {name: 'Inés', portrait: '/i/ines.jpg'},
        button: {monthly: 'Give {amount} a month'},
        withoutCount: {heading: 'Welcome'},
      },
    };
    const arm = applyArm(winter, {weight: 1, overrides})!;
    const drawn = await drawAppeal(arm, file);
    for (const words of ['A letter', 'None of it.', 'Another day', 'Inés', '#a1263a', 'gazette'])
      assert.ok(drawn!.includes(words), words);
    assert.doesNotMatch(drawn!, /quay\.jpg|ines\.jpg/);
    const element = armPreview(winter, file);
    const card = cardIn(String(await armPreview(arm, file, {control: winter, element})));
    assert.match(textOf(card), /Help us\./);
    assert.match(textOf(card.querySelector('.picture')), /The quay/);
    assert.match(
      changesIn(card),
      /^Against control\. Changed: kicker; .*Added: picture; highlight/,
    );
  });
});
