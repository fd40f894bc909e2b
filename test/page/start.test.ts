import {aTimeout, expect} from '@open-wc/testing';
import {enrolmentsKey} from '../../src/browser/storage/enrolments.js';
import {page} from '../../src/browser/page.js';
import {stored} from '../../src/browser/storage/stored.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import type {Campaign, CampaignsFile} from '../../src/core/campaigns/campaign.js';
import type {Experiment} from '../../src/core/experiments/experiment.js';
import {
  recordArticle,
  recordClose,
  recordView,
  writeState,
} from '../../src/core/cadence/reader-record.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import {open} from '../../src/page/open.js';
import {start, type StartOptions, type SupportSession} from '../../src/page/start.js';
import type {SupportSkippedEvent} from '../../src/events/support-skipped-event.js';

interface Shown {
  readonly element: HTMLElement;
  readonly manual: boolean;
}

const shown: Shown[] = [];

/** Stands in for the element, which has tests of its own: what it is handed is what is looked at here. */
class Appeal extends HTMLElement {
  show({manual}: {manual: boolean}): void {
    shown.push({element: this, manual});
    this.setAttribute('open', '');
  }
}
customElements.define('support-appeal', Appeal);

const copy = {heading: 'A message'};
const winter: Campaign = {id: 'winter', place: {selector: 'article'}, copy};
const spring: Campaign = {id: 'spring', place: {selector: 'article'}};

let running: SupportSession | undefined;
const skipped: SupportSkippedEvent[] = [];
const hear = (event: SupportSkippedEvent) => skipped.push(event);
const warnings: unknown[][] = [];
const {warn} = console;
const address = location.href;

const begin = (
  file: Partial<CampaignsFile> = {},
  options: StartOptions = {},
): Promise<Shown | undefined> => {
  shown.length = skipped.length = 0;
  running = start({campaigns: {campaigns: [winter], ...file}, ...options});
  return settled();
};

/** Lets a time pass in which something must not happen: no event tells that it has not. */
const letPass = (ms: number): Promise<void> => aTimeout(ms);

/** Resolves with what is shown, or with nothing once it is known that nothing is. */
async function settled(count = 1): Promise<Shown | undefined> {
  const before = skipped.length;
  for (let i = 0; i < 500 && shown.length < count && skipped.length === before; i += 1)
    await aTimeout(10);
  return shown.at(-1);
}

const propertiesOf = ({element}: Shown): Record<string, unknown> =>
  Object.fromEntries(Object.keys(element).map(name => [name, element[name as never]]));

describe('start()', () => {
  let article: HTMLElement;

  beforeEach(() => {
    localStorage.clear();
    shown.length = skipped.length = warnings.length = 0;
    article = document.createElement('article');
    for (const text of ['One', 'Two', 'Three'])
      article.append(Object.assign(document.createElement('p'), {textContent: text}));
    document.body.append(article);
    document.addEventListener('support-skipped', hear);
    console.warn = (...given: unknown[]) => void warnings.push(given);
  });
  afterEach(() => {
    running?.();
    running = undefined;
    console.warn = warn;
    document.removeEventListener('support-skipped', hear);
    for (const one of document.querySelectorAll('article, support-appeal, dialog')) one.remove();
    history.replaceState(null, '', address);
    document.documentElement.lang = '';
    document.cookie = 'support-reader=; Max-Age=0; Path=/';
    localStorage.clear();
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  });

  it('hands the appeal all that the file and the options say, and nothing that they do not', async () => {
    const most = await begin(
      {
        campaigns: [
          {
            ...winter,
            offer: {monthly: {}},
            currency: 'CHF',
            checkout: '/campaign',
            cadence: {hoursBetweenViews: 0},
            schedule: {end: '2099-01-01'},
          },
        ],
        ...{offer: {once: {}}, currency: 'EUR', checkout: '/file'},
        ...{publication: 'The Post', origins: ['https://pay.example']},
      },
      {checkout: '/options', readerId: 'r1'},
    );
    expect(propertiesOf(most!)).to.deep.equal({
      ...{campaign: 'winter', format: 'inline', offer: {monthly: {}}, currency: 'CHF', copy},
      ...{checkout: '/campaign', cadence: {hoursBetweenViews: 0}, campaignEnds: '2099-01-01'},
      ...{publication: 'The Post', origins: ['https://pay.example'], readerId: 'r1', articles: 0},
    });
    expect(most!.manual).to.equal(false);
    running!();
    const least = await begin({campaigns: [{id: 'winter', place: {selector: 'article'}}]});
    expect(propertiesOf(least!)).to.deep.equal({campaign: 'winter', format: 'inline', articles: 0});
  });

  it('takes from the file what the campaign does not say, after the options', async () => {
    const file = {offer: {once: {}}, currency: 'EUR', checkout: '/file'};
    const first = propertiesOf((await begin(file))!);
    expect(first).to.include({checkout: '/file'});
    // The file's currency comes after the reader's country.
    expect(first).not.to.have.property('currency');
    expect(page().currency).to.equal('EUR');
    running!();
    const other = propertiesOf((await begin(file, {checkout: '/options'}))!);
    expect(other).to.include({checkout: '/options'});
    expect(other['offer']).to.deep.equal({once: {}});
  });

  it('tells the appeal how many articles were read', async () => {
    let state = emptyState;
    for (const key of ['a', 'b', 'c']) state = recordArticle(state, key, Date.now());
    localStorage.setItem(storageKey, writeState(state));
    expect(propertiesOf((await begin({consent: 'full'}))!)).to.include({articles: 3});
  });

  for (const [lang, heading] of [
    ['', 'A message'],
    ['fr', 'A message'],
    ['de', 'Eine Nachricht'],
    ['de-AT', 'Eine Botschaft'],
    ['de-CH', 'Eine Nachricht'],
    ['DE', 'Eine Nachricht'],
    ['de_DE', 'Eine Nachricht'],
    ['DE_at', 'Eine Botschaft'],
    ['pt-br', 'Uma mensagem'],
    ['pt', 'A message'],
    ['constructor', 'A message'],
    ['constructor-de', 'A message'],
  ] as const)
    it(`takes the copy for the language of the page, given "${lang}"`, async () => {
      document.documentElement.lang = lang;
      const copies = {
        de: {heading: 'Eine Nachricht'},
        'de-AT': {heading: 'Eine Botschaft'},
        pt_BR: {heading: 'Uma mensagem'},
      };
      const {copy: taken} = propertiesOf((await begin({campaigns: [{...winter, copies}]}))!);
      expect(taken).to.deep.equal({heading});
    });

  it('puts the appeal after the paragraph that is named, and takes it out when it ends', async () => {
    const {element} = (await begin({
      campaigns: [{...winter, place: {selector: 'article', paragraph: 2}}],
    }))!;
    expect(element.previousElementSibling!.textContent).to.equal('Two');
    expect(element.hasAttribute('arm')).to.equal(false);
    expect(page().asked).to.equal(true);
    running!();
    expect(element.isConnected).to.equal(false);
    expect(page().asked).to.equal(false);
  });

  it('takes the appeal that a site has put there, and leaves it there', async () => {
    article.innerHTML =
      '<support-appeal campaign="spring"></support-appeal><support-appeal campaign="winter" hidden style="visibility: hidden"></support-appeal>';
    const [other, mine] = article.children as unknown as HTMLElement[];
    const {element} = (await begin({campaigns: [{id: 'winter', copy}]}))!;
    expect(element).to.equal(mine);
    expect([mine!.hidden, mine!.style.visibility]).to.deep.equal([false, '']);
    // What is not due is out of sight.
    expect(other!.style.visibility).to.equal('hidden');
    running!();
    expect(element.isConnected).to.equal(true);
  });

  for (const [given, format, wanted] of [
    ['a bar', 'bar', 'bar'],
    ['a dialog', 'dialog', 'dialog'],
    ['no format', undefined, 'inline'],
    ['one that is none', 'popup', 'inline'],
  ] as const)
    it(`reads an appeal without a file, given ${given}`, async () => {
      const appeal = document.createElement('support-appeal');
      if (format) appeal.setAttribute('format', format);
      document.body.append(appeal);
      running = start();
      // What lies over the page waits for its moment; a reader who asks does not.
      if (wanted !== 'inline') await open();
      const {element} = (await settled())!;
      expect(element).to.equal(appeal);
      expect(propertiesOf({element, manual: false})).to.include({
        campaign: 'default',
        format: wanted,
      });
    });

  it('says that it has no place, given a selector that finds nothing', async () => {
    for (const selector of ['.nothing', '<<']) {
      expect(await begin({campaigns: [{...winter, place: {selector}}]})).to.equal(undefined);
      expect(skipped.at(-1)).to.include({reason: 'no-campaign', until: Infinity});
      expect(page().asked).not.to.equal(true);
      running!();
    }
  });

  it('lets the next campaign ask where the first has no place that is displayed', async () => {
    article.insertAdjacentHTML('beforebegin', '<article id="gone" hidden><p>Gone</p></article>');
    const first: Campaign = {...winter, priority: 1, place: {selector: '#gone', paragraph: 1}};
    const {element} = (await begin({campaigns: [first, spring]}))!;
    expect(propertiesOf({element, manual: false})).to.include({campaign: 'spring'});
  });

  it('shows nothing in an element that is not ours', async () => {
    const appeal = document.createElement('support-appeal');
    Object.setPrototypeOf(appeal, HTMLElement.prototype);
    appeal.setAttribute('campaign', 'winter');
    article.append(appeal);
    running = start({campaigns: {campaigns: [winter]}});
    for (let i = 0; i < 300 && !warnings.length; i += 1) await aTimeout(10);
    expect(warnings).to.deep.equal([['reader-support: <support-appeal> is not ours']]);
    expect(page().asked).not.to.equal(true);
  });

  it('shows one of two that are due, the one of higher priority', async () => {
    const {element} = (await begin({campaigns: [spring, {...winter, priority: 1}]}))!;
    expect(propertiesOf({element, manual: false})).to.include({campaign: 'winter'});
    await letPass(50);
    expect(shown.length).to.equal(1);
  });

  it('says why it asks nothing, given a record that snoozes', async () => {
    const now = Date.now();
    const until = now + 1e8;
    const quiet = recordClose(emptyState, {campaign: 'winter', reason: 'later', until}, now);
    localStorage.setItem(storageKey, writeState(quiet));
    expect(await begin()).to.equal(undefined);
    expect(skipped.map(({reason, until: end}) => [reason, end])).to.deep.equal([
      ['snoozed', until],
    ]);
  });

  describe('an appeal that has to wait', () => {
    const bar: Campaign = {...winter, format: 'bar', trigger: {seconds: 0}};
    const close = (reason: 'later' | 'supported') => {
      const now = Date.now();
      const record = recordClose(emptyState, {campaign: 'winter', reason, until: now + 1e8}, now);
      localStorage.setItem(storageKey, writeState(record));
    };

    it('stands at the end of the page, as a bar', async () => {
      const {element} = (await begin({campaigns: [bar]}))!;
      expect(element.parentElement).to.equal(document.body);
      expect(page().busy).to.equal(true);
      running!();
      await aTimeout(0);
      expect([element.isConnected, page().busy]).to.deep.equal([false, false]);
    });

    it('waits for its seconds, in the article too', async () => {
      for (const format of ['inline', 'bar'] as const) {
        shown.length = 0;
        const before = performance.now();
        await begin({campaigns: [{...bar, format, trigger: {seconds: 0.2}}]});
        expect(shown.length, format).to.equal(1);
        expect(performance.now() - before).to.be.greaterThan(190);
        running!();
      }
    });

    it('does not come before half of the article, or ten seconds, where nothing is said', async () => {
      const {trigger, ...plain} = bar;
      expect(trigger).to.deep.equal({seconds: 0});
      document.body.style.height = '5000px';
      running = start({campaigns: {campaigns: [plain]}});
      await letPass(200);
      expect(shown.length).to.equal(0);
      scrollTo(0, 4000);
      await settled();
      document.body.style.height = '';
      expect(shown.length).to.equal(1);
    });

    it('waits until a dialog of the page is closed, and for what the file names', async () => {
      for (const format of ['inline', 'bar'] as const) {
        for (const [tag, waitFor] of [
          ['dialog', undefined],
          ['aside', 'aside'],
        ] as const) {
          shown.length = 0;
          const cover = document.createElement(tag);
          cover.textContent = 'Cookies?';
          cover.setAttribute('open', '');
          article.append(cover);
          running = start({
            campaigns: {campaigns: [{...bar, format}], ...(waitFor && {waitFor})},
          });
          await letPass(120);
          expect(shown.length, `${format} ${tag}`).to.equal(0);
          cover.remove();
          await settled();
          expect(shown.length, `${format} ${tag}`).to.equal(1);
          running();
        }
      }
    });

    it('is not shown when the reader has closed another meanwhile, and says so', async () => {
      running = start({campaigns: {campaigns: [{...bar, trigger: {seconds: 0.15}}]}});
      await aTimeout(50);
      expect(skipped).to.deep.equal([]);
      close('later');
      await settled();
      expect(shown).to.deep.equal([]);
      expect(skipped.map(({reason}) => reason)).to.deep.equal(['snoozed']);
      expect(page().busy).to.equal(false);
    });

    it('is not shown, and says nothing, once it was stopped', async () => {
      running = start({campaigns: {campaigns: [{...bar, trigger: {seconds: 0.1}}]}});
      await aTimeout(30);
      running();
      close('later');
      await letPass(200);
      expect([shown.length, skipped.length]).to.deep.equal([0, 0]);
    });

    it('lets one after the other stand over the page', async () => {
      const first = start({campaigns: {campaigns: [bar]}});
      running = start({campaigns: {campaigns: [{...bar, id: 'spring'}]}});
      await letPass(200);
      expect(shown.length).to.equal(1);
      first();
      await settled(2);
      expect(shown.map(one => propertiesOf(one)['campaign'])).to.deep.equal(['winter', 'spring']);
    });
  });

  describe('where the file has a holdback, and no experiments', () => {
    const place = (arm: string) => {
      const arms = {'holdback@500': {arm, until: Date.now() + 1e9}};
      localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points: {}, arms}));
    };

    it('shows nothing to a reader who is held back, and says why', async () => {
      place('held');
      expect(await begin({holdback: 0.05, consent: 'full'})).to.equal(undefined);
      expect(skipped.map(({reason}) => reason)).to.deep.equal(['held-back']);
      expect(skipped[0]!.trace.at(-1)).to.deep.equal({
        ...{campaign: 'winter', rule: 'experiment', input: null, outcome: 'held-back'},
      });
    });

    it('shows it to the others, and on the wish of a reader who is held back', async () => {
      place('control');
      const {element} = (await begin({holdback: 0.05, consent: 'full'}))!;
      expect(propertiesOf({element, manual: false})).not.to.have.property('attribution');
      running!();
      shown.length = 0;
      place('held');
      running = start({campaigns: {campaigns: [winter], holdback: 0.05, consent: 'full'}});
      expect(await open('winter')).to.equal(true);
      expect(shown.map(({manual}) => manual)).to.deep.equal([true]);
    });
  });

  describe('where the file has an experiment', () => {
    const experiment: Experiment = {
      ...{id: 'copy', version: 1, campaign: 'winter'},
      arms: {
        control: {weight: 0.5},
        plain: {weight: 0.5, overrides: {copy: {heading: 'You read us.'}}},
      },
    };
    const place = (arm: string, experiments: readonly Experiment[] = [experiment]) => {
      const arms = {'copy@1': {arm, exposure: 'e'.repeat(32), until: Date.now() + 1e9}};
      localStorage.setItem(enrolmentsKey, JSON.stringify({v: 1, points: {}, arms}));
      return begin({experiments, consent: 'full'});
    };

    it('shows the arm, and says on the appeal what a gift counts for', async () => {
      const {element} = (await place('plain'))!;
      const exposure = 'e'.repeat(32);
      expect(element.getAttribute('arm')).to.equal('plain');
      expect(propertiesOf({element, manual: false})).to.deep.include({
        copy: {heading: 'You read us.'},
        attribution: {experiment: 'copy@1', arm: 'plain', exposure},
        ...{experiment: 'copy@1', arm: 'plain', exposure},
      });
    });

    it('asks as seldom as the arm says', async () => {
      const viewed = recordView(emptyState, 'winter', Date.now() - 3_600_000);
      localStorage.setItem(storageKey, writeState(viewed));
      const {campaign, arms, ...rest} = experiment;
      const seldom = {weight: 0.5, overrides: {cadence: {hoursBetweenViews: 2}}};
      const file = {
        campaigns: [{...winter, cadence: {hoursBetweenViews: 0, hoursBetweenCampaigns: 0}}],
      };
      const held = JSON.stringify({
        ...{v: 1, points: {}},
        arms: {'copy@1': {arm: 'plain', until: Date.now() + 1e9}},
      });
      localStorage.setItem(enrolmentsKey, held);
      const experiments = [{...rest, campaign, arms: {...arms, plain: seldom}}];
      await begin({...file, experiments, consent: 'full'});
      expect(skipped.map(({reason}) => reason)).to.deep.equal(['seen-recently']);
      running!();
      localStorage.setItem(enrolmentsKey, held.replace('plain', 'control'));
      expect(await begin({...file, experiments, consent: 'full'})).to.be.ok;
    });

    it('shows the campaign as it is where the experiment is of another', async () => {
      const {element} = (await place('plain', [{...experiment, campaign: 'spring'}]))!;
      expect(propertiesOf({element, manual: false})['copy']).to.deep.equal(copy);
      expect(element.hasAttribute('arm')).to.equal(false);
    });
  });

  describe('on the reader’s own wish', () => {
    const quiet = () => {
      const now = Date.now();
      const until = now + 1e8;
      const state = recordClose(emptyState, {campaign: 'winter', reason: 'later', until}, now);
      localStorage.setItem(storageKey, writeState(state));
    };
    beforeEach(quiet);

    for (const [wish, campaign] of [
      ['winter', 'winter'],
      ['spring', 'spring'],
      ['autumn', 'winter'],
      ['', 'winter'],
    ] as const)
      it(`opens ${campaign}, given "${wish}", whatever the cadence says`, async () => {
        await begin({campaigns: [winter, spring]});
        expect(shown.length).to.equal(0);
        expect(await open(wish)).to.equal(true);
        expect(propertiesOf(shown[0]!)).to.include({campaign, format: 'inline'});
        expect(shown[0]!.manual).to.equal(true);
      });

    it('opens a dialog where the campaign has no place', async () => {
      await begin({campaigns: [{id: 'winter', place: {selector: '.nothing'}}]});
      expect(await open()).to.equal(true);
      expect(propertiesOf(shown[0]!)).to.include({campaign: 'winter', format: 'dialog'});
      expect(shown[0]!.element.parentElement).to.equal(document.body);
    });

    it('opens a dialog of no campaign where there is none', async () => {
      await begin({campaigns: []});
      expect(await open('winter')).to.equal(true);
      expect(propertiesOf(shown[0]!)).to.include({campaign: 'default', format: 'dialog'});
    });

    it('brings what stands in the article into view', async () => {
      const spacer = Object.assign(document.createElement('p'), {textContent: 'Far down'});
      spacer.style.height = '4000px';
      article.prepend(spacer);
      scrollTo(0, 0);
      await begin();
      await open('winter');
      for (let i = 0; i < 200 && scrollY < 1000; i += 1) await aTimeout(10);
      expect(scrollY).to.be.greaterThan(1000);
      scrollTo(0, 0);
    });

    it('says that it could not, where nothing was started or it has ended', async () => {
      expect(await open('winter')).to.equal(false);
      await begin();
      running!();
      expect(await open('winter')).to.equal(false);
      expect(shown).to.deep.equal([]);
    });

    it('opens it on a press of whatever says so, and keeps a link from being followed', async () => {
      await begin({campaigns: [winter, spring]});
      article.insertAdjacentHTML(
        'beforeend',
        '<a href="#away" data-support-open="spring"><b>Support us</b></a>',
      );
      const press = new MouseEvent('click', {bubbles: true, cancelable: true});
      article.querySelector('b')!.dispatchEvent(press);
      expect(press.defaultPrevented).to.equal(true);
      await settled();
      expect(propertiesOf(shown[0]!)).to.include({campaign: 'spring'});
      expect(shown[0]!.manual).to.equal(true);
      expect(location.hash).to.equal('');
    });

    const links: readonly {
      given: string;
      html?: string;
      press?: MouseEventInit;
      isOurs: boolean;
    }[] = [
      {given: 'a plain press', isOurs: true},
      {given: 'Ctrl', press: {ctrlKey: true}, isOurs: false},
      {given: 'Cmd', press: {metaKey: true}, isOurs: false},
      {given: 'Shift', press: {shiftKey: true}, isOurs: false},
      {given: 'Alt, which saves it', press: {altKey: true}, isOurs: false},
      {given: 'the middle button', press: {button: 1}, isOurs: false},
      {
        given: 'a link to another tab',
        html: '<a href="#away" target="_blank" data-support-open>S</a>',
        isOurs: false,
      },
      {
        given: 'a link to a file',
        html: '<a href="#away" download data-support-open>S</a>',
        isOurs: false,
      },
      {
        given: 'a link to its own tab',
        html: '<a href="#away" target="_self" data-support-open>S</a>',
        isOurs: true,
      },
      {
        given: 'a name within a link, and Ctrl',
        html: '<a href="#away"><b data-support-open>S</b></a>',
        press: {ctrlKey: true},
        isOurs: false,
      },
      {
        given: 'a button, and Shift',
        html: '<button data-support-open>S</button>',
        press: {shiftKey: true},
        isOurs: true,
      },
    ];
    for (const {given, html = '<a href="#away" data-support-open>S</a>', press, isOurs} of links)
      for (const isShadowed of [false, true])
        it(`${isOurs ? 'opens' : 'leaves'} what is pressed${isShadowed ? ' in a shadow root' : ''}, given ${given}`, async () => {
          await begin({campaigns: [{...winter, audience: {include: {path: ['/none']}}}]});
          const host = article.appendChild(document.createElement('div'));
          const root = isShadowed ? host.attachShadow({mode: 'open'}) : host;
          root.innerHTML = html;
          let isTaken: boolean | undefined;
          // Nothing is followed here: whether the press was taken is seen before.
          const stop = (event: Event) => {
            isTaken = event.defaultPrevented;
            event.preventDefault();
          };
          addEventListener('click', stop, {once: true});
          const target = root.querySelector('b,a,button')!;
          target.dispatchEvent(
            new MouseEvent('click', {bubbles: true, cancelable: true, composed: true, ...press}),
          );
          expect(isTaken).to.equal(isOurs);
          if (isOurs) await settled();
          expect(shown.map(({manual}) => manual)).to.deep.equal(isOurs ? [true] : []);
        });

    it('leaves alone a press that somebody has handled, and every other link', async () => {
      await begin();
      article.insertAdjacentHTML(
        'beforeend',
        '<button data-support-open>Support us</button><button>Share</button>',
      );
      const [support, share] = article.querySelectorAll('button');
      support!.addEventListener('click', event => event.preventDefault());
      support!.click();
      const press = new MouseEvent('click', {bubbles: true, cancelable: true});
      share!.dispatchEvent(press);
      await letPass(50);
      expect(press.defaultPrevented).to.equal(false);
      expect(shown).to.deep.equal([]);
    });

    it('follows a link after all when the appeal does not open', async () => {
      await begin({}, {load: () => Promise.reject(new Error('offline'))});
      article.insertAdjacentHTML('beforeend', '<a href="#away" data-support-open>Support us</a>');
      article.querySelector('a')!.click();
      for (let i = 0; i < 300 && !location.hash; i += 1) await aTimeout(10);
      expect(location.hash).to.equal('#away');
      expect(warnings.map(([, error]) => (error as Error).message)).to.deep.equal(['offline']);
    });
  });

  describe('its campaigns file', () => {
    const text = JSON.stringify({campaigns: [winter]});
    const {fetch: realFetch} = globalThis;
    afterEach(() => {
      globalThis.fetch = realFetch;
    });
    const answer = (body: string, status = 200) => {
      const asked: string[] = [];
      globalThis.fetch = url => {
        asked.push(url as string);
        return Promise.resolve(new Response(body, {status}));
      };
      return asked;
    };

    for (const [given, source] of [
      ['an address', '/campaigns.json'],
      ['a URL', new URL('https://files.example/campaigns.json')],
    ] as const)
      it(`is fetched, given ${given}`, async () => {
        const asked = answer(text);
        running = start({campaigns: source});
        await settled();
        expect(asked).to.deep.equal([String(source)]);
        expect(propertiesOf(shown[0]!)).to.include({campaign: 'winter'});
      });

    it('is read from the page, given the id of an element', async () => {
      const script = Object.assign(document.createElement('script'), {
        ...{type: 'application/json', id: 'campaigns', textContent: text},
      });
      article.append(script);
      running = start({campaigns: '#campaigns'});
      await settled();
      expect(propertiesOf(shown[0]!)).to.include({campaign: 'winter'});
    });

    for (const [given, body, status, warning] of [
      ['one that is not there', text, 404, '/campaigns.json: HTTP 404'],
      ['one that is no JSON', '<html>', 200, /JSON/],
    ] as const)
      it(`asks nothing and warns, given ${given}`, async () => {
        answer(body, status);
        running = start({campaigns: '/campaigns.json'});
        await settled();
        expect(shown).to.deep.equal([]);
        expect(skipped.map(({reason}) => reason)).to.deep.equal(['no-campaign']);
        expect((warnings[0]![1] as Error).message).to.match(new RegExp(warning));
      });

    for (const [given, value] of [
      ['nothing', null],
      ['a list', []],
      ['no list of campaigns', {campaigns: 'winter'}],
      ['campaigns that are none', {campaigns: [null, 5, {}, {id: 7}]}],
    ] as const)
      it(`asks nothing, given ${given}`, async () => {
        running = start({campaigns: value as never});
        await settled();
        expect(shown).to.deep.equal([]);
        expect(skipped.map(({reason}) => reason)).to.deep.equal(['no-campaign']);
        expect(warnings).to.deep.equal([]);
      });

    it('keeps the sane ones of its campaigns', async () => {
      await begin({campaigns: [null, {id: 7}, winter] as never});
      expect(propertiesOf(shown[0]!)).to.include({campaign: 'winter'});
    });
  });

  describe('over page views', () => {
    it('decides afresh, and takes out what was shown before', async () => {
      const {element} = (await begin())!;
      running!.navigate();
      expect(element.isConnected).to.equal(false);
      await settled(2);
      expect(shown.length).to.equal(2);
      expect(shown[1]!.element.isConnected).to.equal(true);
    });

    it('stops once, and then navigates no more', async () => {
      await begin();
      const other = start({campaigns: {campaigns: [spring]}});
      expect(page().directed).to.equal(2);
      running!.stop();
      running!();
      expect(page().directed).to.equal(1);
      expect(page().open).to.be.a('function');
      running!.navigate();
      await letPass(50);
      expect(shown.filter(({element}) => element.isConnected).length).to.be.lessThan(2);
      other();
      expect(page().directed).to.equal(0);
      expect(page().open).to.equal(undefined);
    });

    it('waits until a page that is prerendered is looked at', async () => {
      Object.defineProperty(document, 'prerendering', {value: true, configurable: true});
      running = start({campaigns: {campaigns: [winter]}});
      await letPass(80);
      expect(shown).to.deep.equal([]);
      Reflect.deleteProperty(document, 'prerendering');
      document.dispatchEvent(new Event('prerenderingchange'));
      await settled();
      expect(shown.length).to.equal(1);
    });

    it('asks nobody who comes back from a payment', async () => {
      history.replaceState(null, '', '?support=success');
      expect(await begin()).to.equal(undefined);
      expect(skipped.map(({reason}) => reason)).to.deep.equal(['asked-on-this-page']);
      for (let i = 0; i < 300 && !document.querySelector('support-thanks'); i += 1)
        await aTimeout(10);
      const thanks = document.querySelector('support-thanks')!;
      expect(thanks.parentElement!.style.position).to.equal('fixed');
      thanks.parentElement!.remove();
    });

    it('loads the elements once something is due, and not before', async () => {
      let loaded = 0;
      const load = () => Promise.resolve(void (loaded += 1));
      await begin({campaigns: []}, {load});
      expect(loaded).to.equal(0);
      running!();
      await begin({}, {load});
      expect(loaded).to.equal(1);
    });

    for (const [consent, full] of [
      ['minimal', false],
      ['full', true],
    ] as const)
      it(`${full ? 'keeps' : 'does not keep'} views, given the consent "${consent}"`, async () => {
        await begin({consent});
        expect(page().full).to.equal(full);
        running!();
        const other = full ? 'minimal' : 'full';
        await begin({consent: other}, {consent});
        expect(page().full, 'the option goes before the file').to.equal(full);
      });

    const visits: readonly {given: string; addresses: readonly string[]; count: number}[] = [
      {given: 'permalinks of numbers', addresses: ['/?p=1', '/?p=2', '/?p=1'], count: 2},
      {given: 'a script with an id', addresses: ['/a.php?id=1', '/a.php?id=2'], count: 2},
      {given: 'a slash at the end', addresses: ['/a', '/a/', '/a?gclid=1'], count: 1},
    ];
    for (const {given, addresses, count} of visits) {
      it(`counts ${count} read at ${addresses.join(', ')}, given ${given}`, async () => {
        for (const item of addresses) {
          const before = stored().state.read.length;
          history.replaceState(null, '', item);
          await begin({consent: 'full'});
          for (let i = 0; i < 30 && stored().state.read.length === before; i += 1)
            await aTimeout(10);
          running!();
        }
        expect(stored().state.read).to.have.length(count);
      });
    }

    it('counts the article for a reader who waits for ten more', async () => {
      const now = Date.now();
      const quiet = recordClose(
        emptyState,
        {campaign: 'winter', reason: 'later', until: now + 1e9, articles: 10},
        now,
      );
      localStorage.setItem(storageKey, writeState(quiet));
      await begin();
      const read = () => stored().state.closes[0]?.read?.length ?? 0;
      for (let i = 0; i < 300 && !read(); i += 1) await aTimeout(10);
      expect(read()).to.equal(1);
    });
  });
});
