import {expect} from '@open-wc/testing';
import {emulateMedia, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {Frequency} from '../../src/core/money/offer.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {serverRedirect} from '../../src/checkout/server-redirect.js';
import {
  choose,
  cleanUp,
  elementAt,
  findPart,
  formOf,
  fullCopy,
  insideOf,
  inTwoCurrencies,
  isSeen,
  makeOffer,
  partOf,
  picture,
  press,
  settled,
  showAppeal,
  textOf,
  type,
} from './fixtures.js';

const formats = ['inline', 'bar', 'dialog'] as const;
/** Only Chromium's protocol knows how. */
const canEmulateMedia = navigator.userAgent.includes('Chrome');

const tileOf = (appeal: Element, value: string | number) =>
  formOf(appeal).querySelector<HTMLElement>(`[name=amount][value="${value}"]`)!
    .nextElementSibling as HTMLElement;
const image = {src: picture, alt: '', width: 1200, height: 450};

/** A place of this width for an appeal in an article. */
function aColumn(width: string): HTMLElement {
  const column = document.createElement('div');
  column.className = 'fixture';
  column.style.width = width;
  document.body.append(column);
  return column;
}

async function pressAt(element: Element): Promise<void> {
  element.scrollIntoView({block: 'center'});
  const {left, right, top, bottom} = element.getBoundingClientRect();
  const position = [(left + right) / 2, (top + bottom) / 2].map(Math.round);
  await sendMouse({type: 'click', position: position as [number, number]});
}

describe('the letter of an appeal', () => {
  beforeEach(() => setViewport({width: 1000, height: 900}));
  afterEach(async () => {
    cleanUp();
    scrollTo(0, 0);
    await setViewport({width: 800, height: 600});
  });

  for (const {accent, color} of [
    {accent: undefined, color: 'rgb(255, 190, 46)'},
    {accent: '#a1263a', color: 'rgb(161, 38, 58)'},
    {accent: '#0af', color: 'rgb(0, 170, 255)'},
    {accent: '#123ABC', color: 'rgb(18, 58, 188)'},
  ])
    for (const format of formats)
      it(`paints the button and nothing else in ${accent ?? 'the accent of the default'} as ${format}`, async () => {
        const appeal = await showAppeal({format, accent, collapsed: false});
        const painted = () =>
          insideOf(appeal)
            .filter(element => {
              const {backgroundColor, borderTopColor, color: ink} = getComputedStyle(element);
              return [backgroundColor, borderTopColor, ink].includes(color);
            })
            .map(element => element.getAttribute('part'));
        expect(painted()).to.deep.equal(['submit']);
        await choose(appeal, 'amount', 'custom');
        await type(appeal, '1');
        await press(appeal, 'submit');
        expect(painted()).to.deep.equal(['submit']);
      });

  for (const accent of [
    'red',
    'rgb(1, 2, 3)',
    'url(/x.png)',
    '#12',
    '#12345',
    '#1234',
    '#ffbe2e;color:red',
    'var(--x)',
    'a1263a',
    '#ggg',
    '',
  ])
    // prettier-ignore
    it(`keeps its own accent given "${accent}"`, async () => {
      const appeal = await showAppeal({accent: '#a1263a'});
      appeal.accent = accent;
      await settled(appeal);
      expect(appeal.style.getPropertyValue('--support-accent')).to.equal('');
      expect(getComputedStyle(partOf(appeal, 'submit')).backgroundColor).to.equal(
        'rgb(255, 190, 46)',
      );
    });

  for (const value of [500, 2000])
    it(`marks the chosen amount ${value} by its border, a tint and a tick`, async () => {
      const appeal = await showAppeal();
      await choose(appeal, 'amount', value);
      const looks = (tile: HTMLElement) => {
        const {backgroundColor, borderTopColor, boxShadow} = getComputedStyle(tile);
        return [borderTopColor, boxShadow, backgroundColor, isSeen(tile.querySelector('.tick')!)];
      };
      const [chosen, other] = [looks(tileOf(appeal, value)), looks(tileOf(appeal, 1000))];
      for (const [at, look] of chosen.entries()) expect(look).not.to.equal(other[at]);
      expect(chosen.at(-1)).to.equal(true);
    });

  for (const {given, offer, codes} of [
    {given: 'one currency', offer: makeOffer(), codes: []},
    {given: 'two', offer: inTwoCurrencies, codes: ['USD', 'EUR']},
    {
      given: 'two of which one is not sane',
      offer: {monthly: {...makeOffer().monthly, EUR: {min: 9, max: 1, presets: [], preset: 0}}},
      codes: [],
    },
  ])
    it(`asks for a currency in the amounts' label only where there is a choice, given ${given}`, async () => {
      const appeal = await showAppeal({offer});
      const options = [...formOf(appeal).querySelectorAll('option')].map(({value}) => value);
      expect(options).to.deep.equal(codes);
      if (codes.length === 0) return;
      const select = partOf(appeal, 'currency');
      expect(select.closest('fieldset')?.getAttribute('part')).to.equal('amount');
      expect(getComputedStyle(select).borderTopWidth).to.equal('0px');
      expect(select.getBoundingClientRect().bottom).to.be.at.most(
        tileOf(appeal, 500).getBoundingClientRect().top + 8,
      );
    });

  it('turns "Other" into the field, and takes the focus there after a pointer, not after a key', async () => {
    const appeal = await showAppeal();
    const radio = formOf(appeal).querySelector<HTMLElement>('[value=custom]')!;
    const other = radio.nextElementSibling!;
    formOf(appeal).querySelector<HTMLElement>('[name=amount][value="2000"]')!.focus();
    await choose(appeal, 'amount', 2000);
    await sendKeys({press: 'ArrowRight'});
    await settled(appeal);
    expect(radio.matches(':focus')).to.equal(true);
    expect([isSeen(partOf(appeal, 'custom')), isSeen(other)]).to.deep.equal([true, false]);
    await choose(appeal, 'amount', 500);
    expect([isSeen(partOf(appeal, 'custom')), isSeen(other)]).to.deep.equal([false, true]);
    await pressAt(other);
    await settled(appeal);
    expect(partOf(appeal, 'custom').matches(':focus')).to.equal(true);
    await sendKeys({type: '12.50'});
    await settled(appeal);
    expect(textOf(appeal, 'submit')).to.equal('Support with $12.50 a month');
    await expect(appeal).to.be.accessible();
  });

  for (const {width, inTiles} of [
    {width: '640px', inTiles: true},
    {width: '544px', inTiles: true},
    {width: '500px', inTiles: false},
    {width: '360px', inTiles: false},
  ])
    it(`shows meanings ${inTiles ? 'in the tiles' : 'as one line under them'} at ${width}`, async () => {
      const popular = {monthly: {USD: 1000}};
      const appeal = await showAppeal({popular}, aColumn(width));
      const meaning = tileOf(appeal, 1000).querySelector('[part=meaning]')!;
      const line = partOf(appeal, 'meaning-line');
      expect([isSeen(meaning), isSeen(line)]).to.deep.equal([inTiles, !inTiles]);
      expect(isSeen(tileOf(appeal, 1000).querySelector('[part=pill]')!)).to.equal(inTiles);
      expect(line.textContent.trim()).to.equal('$10 · an hour in the archive · Popular');
      expect(line.getAttribute('aria-hidden')).to.equal('true');
      await choose(appeal, 'amount', 500);
      expect(line.textContent.trim()).to.equal('$5 · a council meeting');
      await choose(appeal, 'frequency', 'annual');
      expect(isSeen(partOf(appeal, 'meaning-line'))).to.equal(false);
    });

  for (const {given, pill, popular, shown} of [
    {given: 'nothing known', pill: 'popular', popular: undefined, shown: undefined},
    {given: 'this amount', pill: 'popular', popular: {monthly: {USD: 1000}}, shown: 'Popular'},
    {given: 'another amount', pill: 'popular', popular: {monthly: {USD: 500}}, shown: undefined},
    {given: 'another frequency', pill: 'popular', popular: {once: {USD: 1000}}, shown: undefined},
    {given: 'another currency', pill: 'popular', popular: {monthly: {EUR: 1000}}, shown: undefined},
    {given: 'an editor’s word', pill: 'for students', popular: undefined, shown: 'for students'},
    {
      given: 'an editor’s word at what is popular',
      pill: 'Popularity',
      popular: {monthly: {USD: 1000}},
      shown: 'Popularity',
    },
  ] as const)
    it(`says at an amount what is true of it, given ${given}`, async () => {
      const amounts = {monthly: {USD: {1000: {meaning: 'an hour', pill}}}};
      const appeal = await showAppeal({copy: {amounts}, popular});
      const pills = insideOf(appeal).filter(element => element.matches('[part=pill]'));
      expect(pills.map(element => element.textContent)).to.deep.equal(shown ? [shown] : []);
    });

  for (const {frequency, button, summary} of [
    {
      frequency: 'monthly',
      button: 'Support with $10 a month',
      summary: 'You will pay $10 a month until you cancel. Paid through Stripe.',
    },
    {
      frequency: 'annual',
      button: 'Support with $100 a year',
      summary: 'You will pay $100 a year until you cancel. Paid through Stripe.',
    },
    {
      frequency: 'once',
      button: 'Support with $25 once',
      summary: 'You will pay $25 once. Paid through Stripe.',
    },
  ] as const)
    it(`says amount, interval and end at the button, and links where it ends, given ${frequency}`, async () => {
      const appeal = await showAppeal();
      await choose(appeal, 'frequency', frequency);
      expect(textOf(appeal, 'submit')).to.equal(button);
      expect(textOf(appeal, 'summary')).to.equal(summary);
      const id = partOf(appeal, 'submit').getAttribute('aria-describedby');
      expect(partOf(appeal, 'summary').id).to.equal(id);
      const link = () => partOf(appeal, 'summary').querySelector('a');
      expect(link() === null).to.equal(true);
      appeal.manage = '/account';
      await settled(appeal);
      expect(link()?.getAttribute('href')).to.equal(frequency === 'once' ? undefined : '/account');
      expect(link()?.textContent).to.equal(frequency === 'once' ? undefined : 'Cancel online');
    });

  for (const {given, methods, slotted, shown} of [
    {given: 'nothing', methods: undefined, slotted: undefined, shown: ''},
    {given: 'one', methods: ['Card'], slotted: undefined, shown: 'Card'},
    {given: 'three', methods: ['Card', 'Link', 'iDEAL'], slotted: undefined, shown: 'Card, Link, iDEAL'}, // prettier-ignore
    {given: 'a slot', methods: ['Card'], slotted: 'Official marks', shown: 'Official marks'},
  ])
    it(`names the ways to pay, given ${given}`, async () => {
      const appeal = await showAppeal({methods});
      if (slotted) {
        const marks = document.createElement('span');
        marks.slot = 'methods';
        marks.textContent = slotted;
        appeal.append(marks);
        await settled(appeal);
      }
      // Nothing is drawn around nothing, which a screen reader would stop at.
      expect(findPart(appeal, 'methods') !== undefined).to.equal(shown !== '');
      const slot = findPart(appeal, 'methods')?.querySelector('slot');
      const nodes = slot?.assignedNodes({flatten: true}) ?? [];
      expect(
        nodes
          .map(({textContent}) => textContent)
          .join('')
          .trim(),
      ).to.equal(shown);
    });

  it('names the ways to pay that come and go', async () => {
    const appeal = await showAppeal();
    const isNamed = () => findPart(appeal, 'methods') !== undefined;
    const marks = document.createElement('span');
    marks.slot = 'methods';
    marks.textContent = 'Official marks';
    for (const [act, named] of [
      [() => appeal.append(marks), true],
      [() => marks.remove(), false],
      [() => (appeal.methods = ['Card']), true],
      [() => (appeal.methods = []), false],
      [() => appeal.prepend(marks), true],
    ] as const) {
      act();
      await settled(appeal);
      expect(isNamed()).to.equal(named);
    }
  });

  for (const {given, checkout, isSaid} of [
    {given: 'a checkout endpoint', checkout: '/checkout', isSaid: true},
    {given: 'no checkout', checkout: undefined, isSaid: false},
    {given: 'a page of the site’s own', checkout: {page: 'https://example.org/'}, isSaid: false},
    {given: 'a hook that says nothing', checkout: () => new Promise(() => undefined), isSaid: false}, // prettier-ignore
    {given: 'the hook of an endpoint', checkout: serverRedirect('/checkout'), isSaid: true},
    {
      given: 'Payment Links',
      checkout: {paymentLinks: {monthly: {USD: {500: 'https://buy.stripe.com/x'}}}},
      isSaid: true,
    },
    {
      given: 'links that lead elsewhere',
      checkout: {paymentLinks: {monthly: {USD: {500: 'https://pay.example.org/x'}}}},
      isSaid: false,
    },
  ] as {given: string; checkout: SupportAppealElement['checkout']; isSaid: boolean}[])
    it(`says “Paid through Stripe” only where that is known, given ${given}`, async () => {
      const appeal = await showAppeal({checkout});
      expect(textOf(appeal, 'summary').includes('Stripe')).to.equal(isSaid);
      expect(textOf(appeal, 'summary')).to.match(/^You will pay \$\d+ a month until you cancel\./);
      expect(textOf(appeal, 'submit')).to.contain('a month');
    });

  it('keeps two of the ways out behind "More"', async () => {
    const appeal = await showAppeal();
    const more = partOf(appeal, 'more');
    const list = appeal.shadowRoot!.getElementById(more.getAttribute('aria-controls')!)!;
    for (const isOpen of [false, true, false]) {
      expect(more.getAttribute('aria-expanded')).to.equal(`${isOpen}`);
      for (const name of ['already', 'never', 'secondary'])
        expect(isSeen(partOf(appeal, name)), name).to.equal(isOpen);
      expect(list.contains(partOf(appeal, 'never'))).to.equal(true);
      await expect(appeal).to.be.accessible();
      await press(appeal, 'more');
    }
  });

  for (const format of formats)
    for (const dir of ['ltr', 'rtl'])
      for (const width of [1280, 640, 360])
        it(`has as much room on the left as on the right as ${format} ${dir} at ${width} px`, async () => {
          await setViewport({width, height: 800});
          document.documentElement.dir = dir;
          if (dir === 'rtl') document.documentElement.lang = 'ar';
          const appeal = await showAppeal({format, collapsed: false});
          const sheet = appeal.shadowRoot!.querySelector('.sheet')!;
          const outer = sheet.getBoundingClientRect();
          const right = outer.left + sheet.clientLeft + sheet.clientWidth;
          const inner = ['heading', 'frequency', 'submit', 'later'].map(name =>
            partOf(appeal, name).getBoundingClientRect(),
          );
          const before = Math.min(...inner.map(box => box.left)) - outer.left;
          const after = right - Math.max(...inner.map(box => box.right));
          expect(before).to.be.closeTo(after, 1);
          expect(before).to.be.at.least(16);
        });

  for (const {given, reducedMotion} of [
    {given: 'any motion', reducedMotion: 'no-preference'},
    {given: 'less motion', reducedMotion: 'reduce'},
  ] as const)
    it(`moves by transform and opacity alone, and not at all for who wants none, given ${given}`, async function () {
      if (!canEmulateMedia) this.skip();
      await emulateMedia({reducedMotion});
      try {
        let moves = 0;
        for (const format of formats) {
          const appeal = await showAppeal({format, collapsed: format !== 'bar'});
          for (const element of [appeal, ...insideOf(appeal)]) {
            const {animationDuration, animationName, transitionDuration, transitionProperty} =
              getComputedStyle(element);
            if (animationName !== 'none') {
              moves += 1;
              expect(animationDuration).to.equal('0.16s');
            }
            if (!/^(0s(, )?)+$/.test(transitionDuration)) {
              moves += 1;
              expect(transitionDuration).to.equal('0.16s');
              expect(transitionProperty).to.match(/^((transform|opacity)(, )?)+$/);
            }
          }
          appeal.remove();
        }
        expect(moves > 0).to.equal(reducedMotion === 'no-preference');
      } finally {
        await emulateMedia({reducedMotion: 'no-preference'});
      }
    });

  for (const {given, overrides, imageOrigins, isDrawn} of [
    {given: 'a path of the site', overrides: {}, isDrawn: true},
    {given: 'no width', overrides: {width: undefined}, isDrawn: false},
    {given: 'no height', overrides: {height: 0}, isDrawn: false},
    {given: 'a height below nothing', overrides: {height: -3}, isDrawn: false},
    {given: 'a foreign host', overrides: {src: 'https://images.example.org/a.png'}, isDrawn: false},
    {given: 'a foreign host without a scheme', overrides: {src: '//images.example.org/a.png'}, isDrawn: false}, // prettier-ignore
    {given: 'data', overrides: {src: 'data:image/png;base64,AA'}, isDrawn: false},
    {
      given: 'another host than is listed',
      overrides: {src: 'https://example.com/a.png'},
      imageOrigins: ['images.example.org'],
      isDrawn: false,
    },
  ] as const)
    it(`draws a picture and a portrait that keep their place and come from the site, given ${given}`, async () => {
      for (const format of ['inline', 'dialog'] as const) {
        const src = 'src' in overrides ? overrides.src : picture;
        const appeal = await showAppeal({
          format,
          image: {...image, ...overrides} as typeof image,
          imageOrigins,
          copy: {...fullCopy, byline: {name: 'Inés', portrait: src}},
        });
        const drawn = findPart(appeal, 'image');
        expect(drawn !== undefined, format).to.equal(isDrawn);
        expect(findPart(appeal, 'portrait') !== undefined).to.equal(src === picture);
        if (drawn) {
          expect(drawn.getAttribute('loading')).to.equal('lazy');
          expect(drawn.getAttribute('decoding')).to.equal('async');
          // The drawing has not come, and its room is there.
          expect(drawn.clientHeight).to.be.closeTo((drawn.clientWidth * 3) / 8, 1);
        }
        appeal.remove();
      }
    });

  it('lists what the chosen frequency brings', async () => {
    const appeal = await showAppeal();
    const list = () =>
      [...(findPart(appeal, 'benefits')?.children ?? [])].map(item => item.textContent.trim());
    expect(list()).to.deep.equal(['The archive', 'The evening letter']);
    await choose(appeal, 'frequency', 'once');
    expect(list()).to.deep.equal(['The evening letter']);
    await choose(appeal, 'frequency', 'annual');
    expect(list()).to.deep.equal([]);
    await choose(appeal, 'frequency', 'monthly');
    expect(list()).to.have.length(2);
  });

  for (const {frequencies, shown, from} of [
    {frequencies: undefined, shown: ['monthly', 'annual', 'once'], from: '$2'},
    {frequencies: ['once', 'monthly'], shown: ['once', 'monthly'], from: '$3'},
    {frequencies: ['annual', 'once'], shown: ['annual', 'once'], from: '$20'},
    {frequencies: ['once'], shown: [], from: '$3'},
    {frequencies: ['annual'], shown: [], from: '$20'},
  ] as {frequencies?: Frequency[]; shown: string[]; from: string}[])
    it(`shows the frequencies ${frequencies?.join(', ') ?? 'of the offer'} in this order, and names the least of the first`, async () => {
      const appeal = await showAppeal({frequencies});
      const tabs = [...formOf(appeal).querySelectorAll<HTMLInputElement>('[name=frequency]')];
      expect(tabs.map(({value}) => value)).to.deep.equal(shown);
      expect(textOf(appeal, 'copy')).to.contain(`From ${from} you`);
    });

  it('leaves no gap where nothing is written', async () => {
    const appeal = await showAppeal({copy: {heading: 'A message'}});
    for (const name of [
      'kicker',
      'highlight',
      'byline',
      'benefits',
      'image',
      'reassurance',
      'pill',
      'secondary',
    ])
      // prettier-ignore
      expect(findPart(appeal, name) === undefined, name).to.equal(true);
  });

  for (const format of formats)
    it(`is not printed as ${format}`, async function () {
      if (!canEmulateMedia) this.skip();
      const appeal = await showAppeal({format});
      await emulateMedia({media: 'print'});
      try {
        expect(getComputedStyle(appeal).display).to.equal('none');
      } finally {
        await emulateMedia({media: 'screen'});
      }
    });

  it('reads from right to left where the page does', async () => {
    document.documentElement.lang = 'ar';
    document.documentElement.dir = 'rtl';
    const appeal = await showAppeal({offer: inTwoCurrencies});
    const leftOf = (element: Element) => element.getBoundingClientRect().left;
    expect(leftOf(tileOf(appeal, 500))).to.be.above(leftOf(tileOf(appeal, 1000)));
    expect(leftOf(partOf(appeal, 'later'))).to.be.above(leftOf(partOf(appeal, 'more')));
    const legend = formOf(appeal).querySelector('[part=amount] legend')!;
    expect(leftOf(legend)).to.be.above(leftOf(partOf(appeal, 'currency')));
    expect(leftOf(partOf(appeal, 'close'))).to.be.below(100);
    await expect(appeal).to.be.accessible();
  });
});

/** What can be pressed, and is seen. */
const targetsOf = (appeal: SupportAppealElement): HTMLElement[] =>
  insideOf(appeal).filter(
    element =>
      element.matches('button,select,input,a[href]') &&
      element.checkVisibility({checkVisibilityCSS: true}) &&
      // Chosen, "Other" is the field.
      !element.matches('[value=custom]:checked'),
  );

describe('what can be pressed at 320 × 256 with letters at twice their size', () => {
  beforeEach(async () => {
    await setViewport({width: 320, height: 256});
    document.documentElement.style.setProperty('font-size', '32px');
  });
  afterEach(async () => {
    cleanUp();
    scrollTo(0, 0);
    await setViewport({width: 800, height: 600});
  });

  for (const {format, acts} of [
    {format: 'inline', acts: []},
    {format: 'inline', acts: ['more']},
    {format: 'inline', acts: ['other']},
    {format: 'inline', acts: ['other', 'submit']},
    {format: 'inline', acts: ['later']},
    {format: 'inline', acts: ['later', 'remind']},
    {format: 'bar', acts: []},
    {format: 'bar', acts: ['expand']},
    {format: 'bar', acts: ['expand', 'other', 'submit']},
    {format: 'bar', acts: ['expand', 'submit']},
    {format: 'bar', acts: ['expand', 'submit', 'more']},
    {format: 'bar', acts: ['later']},
    {format: 'bar', acts: ['later', 'remind']},
  ] as const)
    it(`is 44 px large and is hit, as ${[format, ...acts].join(', ')}`, async function () {
      // A window of WebKitGTK's cannot be that narrow.
      if (innerWidth > 320) this.skip();
      const appeal = await showAppeal({format, manage: '/account', offer: inTwoCurrencies});
      for (const act of acts) {
        if (act === 'other') await choose(appeal, 'amount', 'custom');
        else await press(appeal, act);
      }
      await new Promise(resolve => setTimeout(resolve, 550));
      const targets = targetsOf(appeal);
      expect(targets.length).to.be.above(1);
      for (const target of targets) {
        const what = target.outerHTML.slice(0, 90);
        target.scrollIntoView({block: 'center'});
        const box = (target.closest('.field') ?? target).getBoundingClientRect();
        expect(box.width, what).to.be.at.least(44);
        expect(box.height, what).to.be.at.least(43.99);
        expect(box.left, `left of ${what}`).to.be.at.least(-0.5);
        expect(box.right, `right of ${what}`).to.be.at.most(320.5);
        // A link may be broken into lines.
        const [line = box] = target.localName === 'a' ? target.getClientRects() : [];
        const hit = elementAt((line.left + line.right) / 2, (line.top + line.bottom) / 2);
        const area = target.closest('.field') ?? target;
        expect(area.contains(hit) || hit === target, what).to.equal(true);
      }
    });
});
