import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {readerStore} from '../../src/browser/storage/reader-store.js';
import {registerLocale} from '../../src/controllers/locale-controller.js';
import type {AccessProvider} from '../../src/controllers/paywall-controller.js';
import {recordSupported} from '../../src/core/cadence/reader-record.js';
import {articleKeyOf} from '../../src/core/meter/article-key.js';
import type {Meter} from '../../src/core/meter/meter.js';
import '../../src/define/support-paywall.js';
import type {SupportPaywallElement} from '../../src/elements/paywall/support-paywall.js';
import {words as german} from '../../src/locales/paywall/de.js';
import {words as english} from '../../src/locales/paywall/en.js';
import {words as spanish} from '../../src/locales/paywall/es.js';
import {words as french} from '../../src/locales/paywall/fr.js';
import type {SupportAccessEvent} from '../../src/events/support-access-event.js';

const home = location.pathname + location.search;

/** Opens another article. */
const goTo = (path: string) => history.replaceState(null, '', path);

const frame = () => new Promise(resolve => requestAnimationFrame(resolve));

async function until(test: () => unknown): Promise<void> {
  for (let n = 0; n < 400 && !test(); n += 1) await frame();
  expect(test()).to.be.ok;
}

const text = Array.from({length: 6}, (_, n) => `<p>Paragraph ${n + 1}</p>`).join('');

/** A page with an article and its paywall; resolves at once. */
function aPage(changes: Partial<SupportPaywallElement> = {}): SupportPaywallElement {
  const holder = document.createElement('main');
  holder.innerHTML = `<article><h1>Tide</h1><div id="article-body">${text}</div></article>`;
  const paywall = document.createElement('support-paywall');
  Object.assign(paywall, {for: 'article-body', ...changes});
  holder.querySelector('article')!.append(paywall);
  document.body.append(holder);
  return paywall;
}

const shown = (): number => document.querySelectorAll('#article-body > p').length;

const stateOf = async (paywall: SupportPaywallElement): Promise<string> => {
  await until(() => paywall.verdict.access && paywall.verdict.access !== 'pending');
  await paywall.updateComplete;
  return paywall.state;
};

/** Reads so many articles before. */
async function readBefore(count: number, free = 5): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    goTo(`/before-${n}`);
    expect(await stateOf(aPage({free}))).to.equal('metered');
    document.querySelector('main')!.remove();
  }
  goTo('/now');
}

describe('<support-paywall>', () => {
  beforeEach(() => {
    localStorage.clear();
    goTo('/now');
  });
  afterEach(() => {
    for (const holder of document.querySelectorAll('main')) holder.remove();
    localStorage.clear();
    const shared = page();
    delete shared.memory;
    delete shared.asked;
    document.cookie = 'support-hint=; Max-Age=0; Path=/';
  });
  after(() => goTo(home));

  it('opens what is free, and says how many are left', async () => {
    const paywall = aPage();
    expect(await stateOf(paywall)).to.equal('metered');
    expect(paywall).to.have.attribute('state', 'metered');
    const meter = paywall.shadowRoot!.querySelector('support-meter')!;
    await meter.updateComplete;
    expect(meter.shadowRoot!.textContent).to.contain('4 of 5 free articles left this month');
    expect(shown()).to.equal(6);
  });

  const visits: readonly {given: string; addresses: readonly string[]; count: number}[] = [
    {given: 'permalinks of numbers', addresses: ['/?p=1', '/?p=2', '/?p=3', '/?p=2'], count: 3},
    {given: 'a script with an id', addresses: ['/a.php?id=1', '/a.php?id=2'], count: 2},
    {given: 'tracking parameters', addresses: ['/a?utm_source=x', '/a', '/a?fbclid=1'], count: 1},
    {given: 'a slash at the end', addresses: ['/a/', '/a', '/a/'], count: 1},
  ];
  for (const {given, addresses, count} of visits) {
    it(`counts ${count} at ${addresses.join(', ')}, given ${given}`, async () => {
      for (const address of addresses) {
        goTo(address);
        expect(await stateOf(aPage())).to.equal('metered');
        document.querySelector('main')!.remove();
      }
      expect(readerStore().read().meter).to.have.length(count);
    });
  }

  it('counts the same article once, given its name in the page', async () => {
    const meta = Object.assign(document.createElement('meta'), {name: 'support:article'});
    document.head.append(meta);
    for (const [address, name] of [
      ['/a', '/a/'],
      ['/a/amp/', '/a/'],
      ['/a/2/', '/a'],
      ['/b', '42'],
      ['/?p=9', '42'],
    ] as const) {
      goTo(address);
      meta.content = name;
      await stateOf(aPage());
      document.querySelector('main')!.remove();
    }
    meta.remove();
    expect(readerStore().read().meter).to.have.length(2);
  });

  it('counts an article under the key that its path had before', async () => {
    await readBefore(1);
    expect(readerStore().read().meter[0]).to.match(new RegExp(` ${articleKeyOf('/before-0')}$`));
  });

  it('says of the last one that it is the last', async () => {
    await readBefore(1, 2);
    const paywall = aPage({free: 2});
    await stateOf(paywall);
    const meter = paywall.shadowRoot!.querySelector('support-meter')!;
    await meter.updateComplete;
    expect(meter.shadowRoot!.textContent).to.contain('the last of your 2 free articles');
  });

  for (const [lang, heading] of [
    ['DE', german.heading],
    ['de_CH', german.heading],
    ['FR-ca', french.heading],
    ['es_MX.UTF-8', spanish.heading],
    ['tlh', english.heading],
  ] as const)
    it(`speaks the language of a page that spells it "${lang}"`, async () => {
      const paywall = aPage({free: 0, lang});
      await stateOf(paywall);
      const wall = () => paywall.shadowRoot!.querySelector('[part=heading]')?.textContent;
      await until(() => wall() === heading);
    });

  it('speaks its own words of a language to which a site has added words for one region', async () => {
    registerLocale('de_LI', {later: 'Speter'});
    const paywall = aPage({free: 0, lang: 'de-li'});
    await stateOf(paywall);
    const wall = () => paywall.shadowRoot!.querySelector('[part=heading]')?.textContent;
    await until(() => wall() === german.heading);
  });

  it('takes the rest out of the page for everybody alike, and stands directly behind the preview', async () => {
    await readBefore(1, 1);
    const paywall = aPage({free: 1, signIn: '/in'});
    expect(await stateOf(paywall)).to.equal('locked');
    expect(shown()).to.equal(3);
    expect(document.querySelector('main')!.textContent).not.to.contain('Paragraph 4');
    expect(document.getElementById('article-body')!.nextElementSibling).to.equal(paywall);
    expect(paywall.shadowRoot!.querySelector('support-ask')).to.exist;
    expect(paywall.shadowRoot!.querySelector('a[part~=sign-in]')).to.have.attribute('href', '/in');
    expect(document.activeElement).to.equal(document.body);
  });

  it('puts the text back as it was when the reader gives', async () => {
    await readBefore(1, 1);
    const paywall = aPage({free: 1});
    await stateOf(paywall);
    const before = document.querySelector('#article-body > p')!.getBoundingClientRect().top;
    const year = 365 * 86_400_000;
    readerStore().update((state, now) =>
      recordSupported(state, {at: now, until: now + year, frequency: 'monthly'}),
    );
    dispatchEvent(new CustomEvent('support-supported'));
    await until(() => paywall.state === 'open');
    expect(document.getElementById('article-body')!.innerHTML).to.equal(text);
    expect(document.querySelector('#article-body > p')!.getBoundingClientRect().top).to.equal(
      before,
    );
  });

  it('tells the page what was decided, and why', async () => {
    const heard: unknown[] = [];
    const hear = (event: SupportAccessEvent) =>
      heard.push([event.verdict.access, event.verdict.reason]);
    document.addEventListener('support-access', hear);
    await readBefore(1, 1);
    await stateOf(aPage({free: 1}));
    document.removeEventListener('support-access', hear);
    expect(heard.filter(one => (one as string[])[0] !== 'pending')).to.deep.equal([
      ['metered', 'last-free-article'],
      ['locked', 'limit-reached'],
    ]);
  });

  it('takes over what a server has decided, and takes nothing out', async () => {
    const holder = document.createElement('main');
    holder.innerHTML = `<div id="article-body">${text}</div><support-paywall for="article-body" server state="locked" because="meter-used" left="0" of="5"></support-paywall>`;
    document.body.append(holder);
    const paywall = holder.querySelector('support-paywall')!;
    expect(await stateOf(paywall)).to.equal('locked');
    expect(paywall.shadowRoot!.textContent).to.contain('your 5 free articles this month');
    expect(shown()).to.equal(6);
    expect(localStorage.getItem('support:reader')).to.equal(null);
  });

  describe('access providers', () => {
    const rows: readonly {
      given: string;
      way: AccessProvider;
      free?: number;
      state: string;
      reason: string;
    }[] = [
      {given: 'a right', way: {id: 'library', ask: () => true}, state: 'open', reason: 'entitled'},
      {
        given: 'a right that has ended',
        way: {id: 'library', ask: () => ({state: 'yes', until: 5})},
        state: 'locked',
        reason: 'limit-reached',
      },
      {
        given: 'a right in its days of grace',
        way: {id: 'shop', ask: () => ({state: 'yes', until: Date.now() - 5, renewalFailed: true})},
        state: 'open',
        reason: 'grace',
      },
      {
        given: 'a newsletter',
        way: {id: 'post', ask: () => 'newsletter'},
        state: 'open',
        reason: 'newsletter',
      },
      {
        given: 'a shared link',
        way: {id: 'link', ask: async () => Promise.resolve('share-link' as const)},
        state: 'open',
        reason: 'share-link',
      },
      {given: 'a gift', way: {id: 'link', ask: () => 'gift'}, state: 'open', reason: 'gift'},
      {
        given: 'a registration',
        way: {id: 'account', ask: () => 'registered'},
        state: 'metered',
        reason: 'free-article',
      },
      {
        given: 'no',
        way: {id: 'account', ask: () => false},
        state: 'locked',
        reason: 'limit-reached',
      },
      {
        given: 'nothing',
        way: {id: 'account', ask: () => undefined},
        state: 'locked',
        reason: 'limit-reached',
      },
      {
        given: 'a failure',
        way: {id: 'shop', ask: () => Promise.reject(new Error('down'))},
        state: 'locked',
        reason: 'limit-reached',
      },
      {
        given: 'a failure that is stated to be a yes',
        way: {
          id: 'shop',
          onTimeout: 'yes',
          ask: () => {
            throw new Error('down');
          },
        },
        state: 'open',
        reason: 'provider-silent',
      },
    ];
    for (const {given, way, state, reason} of rows) {
      it(`given ${given}`, async () => {
        await readBefore(1, 1);
        const paywall = aPage({free: 1, registered: 3, accessProviders: [way]});
        expect(await stateOf(paywall)).to.equal(state);
        expect(paywall.verdict.reason).to.equal(reason);
        expect(shown()).to.equal(state === 'locked' ? 3 : 6);
      });
    }

    it('shows neither a wall nor an appeal while one is asked, and then what is stated', async () => {
      await readBefore(1, 1);
      const silent: AccessProvider = {id: 'shop', ask: () => new Promise(() => undefined)};
      const started = performance.now();
      const paywall = aPage({free: 1, accessProviders: [silent]});
      await until(() => paywall.verdict.access === 'pending');
      await paywall.updateComplete;
      expect(paywall.state).to.equal('pending');
      expect(paywall.shadowRoot!.querySelector('section, support-ask')).to.equal(null);
      expect(getComputedStyle(paywall).visibility).to.equal('hidden');
      expect(shown()).to.equal(6);
      expect(await stateOf(paywall)).to.equal('locked');
      expect(performance.now() - started).to.be.greaterThan(2900);
    });

    it('keeps the wall while it asks again', async () => {
      await readBefore(1, 1);
      let answer: (value: boolean) => void = () => undefined;
      let asked = 0;
      const way: AccessProvider = {
        id: 'shop',
        ask: () => (asked++ === 0 ? false : new Promise<boolean>(resolve => (answer = resolve))),
      };
      const paywall = aPage({free: 1, accessProviders: [way]});
      expect(await stateOf(paywall)).to.equal('locked');
      paywall.refresh();
      await until(() => asked === 2);
      expect([paywall.state, shown()]).to.deep.equal(['locked', 3]);
      answer(true);
      await until(() => paywall.state === 'open');
      expect(shown()).to.equal(6);
    });
  });

  it('shuts nobody out, and hides no preview, for a number that is none', async () => {
    const paywall = aPage();
    paywall.setAttribute('free', 'five');
    expect(await stateOf(paywall)).to.equal('metered');
    document.querySelector('main')!.remove();
    goTo('/other');
    const locked = aPage({free: 0});
    locked.setAttribute('preview', 'three');
    expect(await stateOf(locked)).to.equal('locked');
    expect(shown()).to.equal(3);
  });

  it('takes all of it from attributes too', async () => {
    const paywall = document.createElement('support-paywall');
    for (const [given, period] of [
      ['week', 'week'],
      ['month', 'month'],
      ['a while', 'month'],
    ] as const) {
      paywall.setAttribute('period', given);
      expect(paywall.period).to.equal(period);
    }
    const holder = document.createElement('main');
    holder.innerHTML = `<article><div id="article-body">${text}</div>
      <support-paywall for="article-body" free="4" registered="7" preview="2" period="7" signed-in
        sign-in="/in"></support-paywall></article>`;
    document.body.append(holder);
    const written = holder.querySelector('support-paywall')!;
    expect(await stateOf(written)).to.equal('metered');
    expect(written).to.include({free: 4, registered: 7, preview: 2, signedIn: true, signIn: '/in'});
    expect(written.period).to.deep.equal({days: 7});
    expect(written.verdict.left).to.equal(6);
  });

  it('gives more to readers who sign in on the page', async () => {
    await readBefore(1, 1);
    const paywall = aPage({free: 1, registered: 3});
    expect(await stateOf(paywall)).to.equal('locked');
    expect(paywall.shadowRoot!.textContent).to.contain('Register to read 2 more articles.');
    paywall.signedIn = true;
    await until(() => paywall.state === 'metered');
    expect(shown()).to.equal(6);
  });

  it('counts nothing on a page that says why', async () => {
    const meta = Object.assign(document.createElement('meta'), {
      name: 'support:free',
      content: 'live',
    });
    document.head.append(meta);
    const paywall = aPage({free: 0});
    expect(await stateOf(paywall)).to.equal('open');
    meta.remove();
    expect(localStorage.getItem('support:reader')).to.equal(null);
  });

  describe('rules for sections', () => {
    const rules: Meter = {
      free: 5,
      sections: {Obituaries: 'free', Cooking: 'locked', Sport: {free: 1}},
    };
    const tag = (attribute: 'name' | 'property', name: string, content: string) => {
      const element = document.createElement('meta');
      element.setAttribute(attribute, name);
      element.content = content;
      document.head.append(element);
      element.className = 'of-the-test';
    };
    afterEach(() => {
      for (const element of document.querySelectorAll('.of-the-test')) element.remove();
    });

    for (const {given, section, state, because, left} of [
      {given: 'no section', state: 'metered', because: 'free-article', left: 4},
      {given: 'a section without a rule', section: 'Local', state: 'metered', left: 4},
      {given: 'a free section', section: 'obituaries', state: 'open', because: 'free-section'},
      {given: 'a locked section', section: 'Cooking', state: 'locked', because: 'members-only'},
      {given: 'a small allowance', section: 'Sport', state: 'metered', left: 0},
    ] as const)
      it(`hold for the section that the page names, given ${given}`, async () => {
        if (section) tag('property', 'article:section', section);
        const paywall = aPage({meter: rules});
        expect(await stateOf(paywall)).to.equal(state);
        if (because) expect(paywall.verdict.reason).to.equal(because);
        if (left !== undefined) expect(paywall.verdict.left).to.equal(left);
        expect(shown()).to.equal(state === 'locked' ? 3 : 6);
      });

    it('hold where the tag has a name rather than a property', async () => {
      tag('name', 'article:section', 'Cooking');
      expect(await stateOf(aPage({meter: rules}))).to.equal('locked');
    });

    it('are spent section by section', async () => {
      tag('property', 'article:section', 'Sport');
      expect(await stateOf(aPage({meter: rules}))).to.equal('metered');
      document.querySelector('main')!.remove();
      goTo('/other');
      const paywall = aPage({meter: rules});
      expect(await stateOf(paywall)).to.equal('locked');
      expect(paywall.verdict.reason).to.equal('section-used');
    });
  });

  describe('the meter’s steps', () => {
    const steps = async (of: number, left: number) => {
      const meter = document.createElement('support-meter');
      Object.assign(meter, {server: true, of, left});
      const holder = document.createElement('main');
      holder.append(meter);
      document.body.append(holder);
      await meter.updateComplete;
      return meter.shadowRoot!.querySelector('[part=bar]');
    };
    for (const [of, left, read] of [
      [5, 4, 1],
      [5, 0, 5],
      [10, 3, 7],
      [1, 0, 1],
    ] as const)
      it(`show ${read} of ${of} as read with ${left} left`, async () => {
        const bar = await steps(of, left);
        expect(bar!.children).to.have.length(of);
        expect(bar!.querySelectorAll('.read')).to.have.length(read);
        expect(bar).to.have.attribute('aria-hidden', 'true');
      });
    it('are one bar where there are more than ten', async () => {
      const bar = await steps(30, 12);
      expect(bar).to.be.instanceOf(HTMLProgressElement);
      expect(bar).to.have.property('max', 30);
      expect(bar).to.have.property('value', 18);
    });
    it('are not there where nothing is counted', async () => {
      expect(await steps(Infinity, Infinity)).to.equal(null);
    });
  });

  for (const [lang, words] of [
    ['en', 'Read on for $5 a month'],
    ['de', 'Weiterlesen für 5 $ im Monat'],
    ['fr', 'Lire la suite pour'],
    ['es', 'Seguir leyendo por'],
    ['ru', 'Читать дальше за'],
    ['ar', 'تابع القراءة مقابل'],
  ] as const)
    it(`says what the button brings, in ${lang}`, async () => {
      const paywall = aPage({free: 0, lang, currency: 'USD'});
      await stateOf(paywall);
      const button = () =>
        paywall
          .shadowRoot!.querySelector('support-ask')
          ?.shadowRoot?.querySelector('[part=submit]')
          ?.textContent.replaceAll(/\s+/g, ' ');
      await until(() => button()?.includes(words));
    });

  it('gives its form the site’s words, ways to pay and page to cancel', async () => {
    const paywall = aPage({
      free: 0,
      copy: {button: {monthly: 'Join for {amount}'}},
      methods: ['Card', 'Link'],
      manage: 'https://example.org/manage',
    });
    await stateOf(paywall);
    const ask = paywall.shadowRoot!.querySelector('support-ask')!;
    const find = (selector: string) => ask.shadowRoot?.querySelector(selector);
    await until(() => find('[part=submit]'));
    expect(find('[part=submit]')!.textContent.trim()).to.equal('Join for $5');
    expect(find('[part=trust] a')).to.have.attribute('href', 'https://example.org/manage');
    expect(ask.textContent).to.contain('Card, Link');
  });

  describe('the fade over the preview', () => {
    const fadeOf = async (paywall: SupportPaywallElement) => {
      await stateOf(paywall);
      await until(() => paywall.shadowRoot!.querySelector('.fade'));
      await frame();
      const {top, bottom} = paywall.shadowRoot!.querySelector('.fade')!.getBoundingClientRect();
      return {top, bottom, height: bottom - top};
    };
    const lastParagraph = () =>
      document.querySelector('#article-body > p:last-of-type')!.getBoundingClientRect();

    it('lies over the last paragraph and ends at the wall, and touches nothing of the page’s', async () => {
      const paywall = aPage({free: 0});
      const {top, bottom, height} = await fadeOf(paywall);
      expect(top).to.be.closeTo(lastParagraph().top, 1);
      expect(bottom).to.be.closeTo(paywall.getBoundingClientRect().top, 1);
      expect(height).to.be.greaterThan(10);
      for (const element of document.querySelectorAll('#article-body, #article-body *')) {
        expect(element).not.to.have.attribute('style');
        expect(element).not.to.have.attribute('class');
      }
    });

    it('lets a press through to the words under it', async () => {
      await fadeOf(aPage({free: 0}));
      const {left, bottom} = lastParagraph();
      const hit = document.elementFromPoint(left + 5, bottom - 5);
      expect(hit?.closest('#article-body')).not.to.equal(null);
    });

    it('covers no more than a few lines of a long paragraph', async () => {
      const paywall = aPage({free: 0, preview: 1});
      document.querySelector('#article-body > p')!.textContent = 'A long sentence. '.repeat(200);
      const {height} = await fadeOf(paywall);
      expect(height).to.be.lessThan(130);
    });

    for (const [given, style, isShown] of [
      ['a page of one colour', 'background: rgb(250, 248, 240)', true],
      ['a dark one', 'background: #111; color-scheme: dark', true],
      ['a gradient', 'background: linear-gradient(red, blue)', false],
      ['a picture', 'background-image: url("data:image/svg+xml,")', false],
      ['paper that can be seen through', 'background: rgb(0 0 0 / 0.1)', false],
      ['paper that is seen through as a whole', 'background: #fff; opacity: 0.9', false],
    ] as const)
      it(`is ${isShown ? '' : 'not '}there on ${given}`, async () => {
        const paywall = aPage({free: 0});
        document.querySelector('main')!.style.cssText = style;
        const {height} = await fadeOf(paywall);
        expect(height > 0).to.equal(isShown);
      });

    it('is not there where something stands between text and wall', async () => {
      const paywall = aPage({free: 0});
      const banner = document.createElement('div');
      banner.style.height = '200px';
      await stateOf(paywall);
      paywall.before(banner);
      await fadeOf(paywall);
      dispatchEvent(new Event('resize'));
      expect((await fadeOf(paywall)).height).to.equal(0);
    });

    it('follows the page when that changes its colours', async () => {
      const paywall = aPage({free: 0});
      const main = document.querySelector('main')!;
      main.style.backgroundColor = 'rgb(255, 255, 255)';
      await fadeOf(paywall);
      main.style.backgroundColor = 'rgb(1, 2, 3)';
      document.documentElement.dataset['theme'] = 'night';
      await frame();
      await frame();
      delete document.documentElement.dataset['theme'];
      expect(
        getComputedStyle(paywall.shadowRoot!.querySelector('.fade')!).backgroundImage,
      ).to.contain('rgb(1, 2, 3)');
    });
  });

  it('sets its own heading, on a page without one too', async () => {
    const paywall = aPage({free: 0});
    document.querySelector('h1')!.remove();
    await stateOf(paywall);
    const heading = paywall.shadowRoot!.querySelector('h2')!;
    expect(parseFloat(getComputedStyle(heading).fontSize)).to.be.greaterThan(20);
    expect(getComputedStyle(heading).fontWeight).to.equal('700');
    await expect(paywall).to.be.accessible();
  });

  it('moves nothing below it when it opens or shows its line', async () => {
    for (const free of [1, Infinity]) {
      const meta = Object.assign(document.createElement('meta'), {
        name: 'support:free',
        content: free === 1 ? '' : 'live',
      });
      document.head.append(meta);
      const paywall = aPage({free: 1});
      const below = document.createElement('footer');
      document.querySelector('main')!.append(below);
      const before = below.getBoundingClientRect().top;
      await stateOf(paywall);
      await frame();
      expect(below.getBoundingClientRect().top).to.be.closeTo(before, 0.5);
      document.querySelector('main')!.remove();
      meta.remove();
    }
  });
});
