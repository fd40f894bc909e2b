import {expect, fixture, html, fixtureSync} from '@open-wc/testing';
import {emulateMedia, sendKeys, setViewport} from '@web/test-runner-commands';
import '../../src/define/support-appeal.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {SupportCheckoutFailedEvent, SupportSupportedEvent} from '../../src/events/index.js';
import {FakeTimers, nextFrames} from '../fake-timers.js';
import {waitUntil} from '../wait-until.js';

const key = 'support:reader';
const day = 86_400_000;
const page = Symbol.for('reader-support');
const formats = ['inline', 'bar', 'dialog'] as const;

interface Stored {
  views: {campaign: string}[];
  closes: {reason: string; choice?: string; undone?: true; until: number}[];
  supported?: {frequency?: string};
}

const stored = (): Stored =>
  JSON.parse(localStorage.getItem(key) ?? '{"views":[],"closes":[]}') as Stored;

/** Closes that are still in force. */
const closes = () => stored().closes.filter(one => !one.undone);

const aClose = (overrides = {}) => ({
  campaign: 'winter',
  reason: 'later',
  at: Date.now() - 1000,
  until: Date.now() + day,
  ...overrides,
});
const aState = (overrides = {}) =>
  JSON.stringify({v: 1, views: [], closes: [], read: [], ...overrides});

const shadow = (appeal: SupportAppealElement) => appeal.shadowRoot!;
const find = (appeal: SupportAppealElement, name: string) =>
  shadow(appeal).querySelector<HTMLButtonElement>(`[part~=${name}]`);
const part = (appeal: SupportAppealElement, name: string) => find(appeal, name)!;
const statusOf = (appeal: SupportAppealElement) => part(appeal, 'status').textContent.trim();
const isVisible = (element: Element | null | undefined) =>
  !!element?.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});

/** Waits for an event of ours. */
const theNext = <T extends keyof GlobalEventHandlersEventMap>(target: EventTarget, type: T) =>
  new Promise<GlobalEventHandlersEventMap[T]>(resolve =>
    target.addEventListener(type, event => resolve(event as GlobalEventHandlersEventMap[T]), {
      once: true,
    }),
  );

/** Opens what a button stands in: a bar is one line first, and two of the ways out are behind "More". */
async function reveal(appeal: SupportAppealElement, name: string) {
  for (const opener of ['expand', 'more']) {
    if (isVisible(find(appeal, name))) return;
    find(appeal, opener)?.click();
    await appeal.updateComplete;
  }
}

/** Presses a button of the appeal and waits until the reader is told something. */
async function press(appeal: SupportAppealElement, name: string) {
  await reveal(appeal, name);
  part(appeal, name).focus();
  part(appeal, name).click();
  await waitUntil(() => statusOf(appeal) !== '', 'a status');
  await appeal.updateComplete;
}

/** The reader closed something in another tab; resolves when this one has heard of it. */
async function inAnotherTab(state: string) {
  const tab = document.createElement('iframe');
  document.body.append(tab);
  const heard = new Promise(resolve => addEventListener('storage', resolve, {once: true}));
  tab.contentWindow!.localStorage.setItem(key, state);
  await heard;
  tab.remove();
}

const words = html`
  <h2 slot="heading">A message from The Harbour Post</h2>
  <p>We answer to nobody but you.</p>
  <span slot="reassurance">Stop whenever you like.</span>
  <a slot="fallback" href="https://example.org/give">Support us monthly from $2</a>
`;

/** An appeal on a page where something else decides. */
async function anAppeal(format: string, inner: unknown = words): Promise<SupportAppealElement> {
  (globalThis as {[page]?: unknown})[page] = {directed: 1};
  return fixture<SupportAppealElement>(
    html`<support-appeal campaign="winter" .format=${format} checkout="/checkout"
      >${inner}</support-appeal
    >`,
  );
}

async function aShownAppeal(
  format: (typeof formats)[number] = 'inline',
  options?: {manual: boolean},
): Promise<SupportAppealElement> {
  const appeal = await anAppeal(format);
  const shown = theNext(appeal, 'support-shown');
  expect(appeal.show(options)).to.equal(true);
  await shown;
  return appeal;
}

/** An appeal that is open in a window of its own of this size: a frame, so any size, and nothing from before. */
async function anAppealIn(
  {width, height}: {width: number; height: number},
  format: (typeof formats)[number],
  inner = '<h2 slot="heading">A message</h2><p>We answer to nobody but you.</p>',
): Promise<SupportAppealElement> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="A window"></iframe>`);
  frame.style.cssText = `border:0;width:${width}px;height:${height}px`;
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve, {once: true}));
  frame.srcdoc = '<!doctype html><html lang="en"><body style="margin:0"><p>News.</p></body></html>';
  await loaded;
  const inside = frame.contentDocument!;
  Reflect.set(frame.contentWindow!, page, {directed: 1});
  const script = inside.createElement('script');
  script.type = 'module';
  script.src = new URL('../../src/define/support-appeal.ts', import.meta.url).href;
  inside.body.append(script);
  const appeal = inside.createElement('support-appeal');
  appeal.setAttribute('format', format);
  appeal.innerHTML = inner;
  inside.body.append(appeal);
  await waitUntil(() => 'show' in appeal, 'defined');
  const shown = theNext(appeal, 'support-shown');
  expect(appeal.show()).to.equal(true);
  await shown;
  return appeal;
}

describe('<support-appeal>', () => {
  beforeEach(async () => {
    localStorage.removeItem(key);
    Reflect.deleteProperty(globalThis, page);
    await setViewport({width: 800, height: 700});
  });

  afterEach(() => {
    for (const one of document.querySelectorAll('support-appeal')) one.remove();
  });

  for (const {format, width, height} of [
    {format: 'bar', width: 320, height: 640},
    {format: 'bar', width: 900, height: 600},
    {format: 'bar', width: 1280, height: 600},
    {format: 'dialog', width: 320, height: 420},
    {format: 'dialog', width: 900, height: 420},
  ] as const) {
    it(`never has ✕ over the form: a ${format} in ${width} × ${height}`, async () => {
      const appeal = await anAppealIn({width, height}, format);
      expect(appeal).to.have.property('format', format);
      const form = () => shadow(appeal).querySelector('support-ask')!.shadowRoot!;
      const cross = part(appeal, 'close');
      const sheet = shadow(appeal).querySelector('.sheet')!;
      const steps = ['as it is', ...(format === 'bar' ? ['expand'] : [])];
      if (format === 'bar' && width < 736) steps.push('submit');
      for (const step of steps) {
        if (step === 'expand') part(appeal, step).click();
        if (step === 'submit') form().querySelector<HTMLElement>('[part=submit]')!.click();
        if (step === 'submit') await waitUntil(() => appeal.view === 'summary', 'the second step');
        await appeal.updateComplete;
        await waitUntil(() => form().querySelector('[part=submit]'), 'the form');
        for (const share of [0, 0.5, 1]) {
          sheet.scrollTop = share * (sheet.scrollHeight - sheet.clientHeight);
          const box = cross.getBoundingClientRect();
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          const what = `${step} at ${share}`;
          expect(cross.contains(shadow(appeal).elementFromPoint(x, y)), what).to.equal(true);
          // What scrolls passes under a strip, where no press reaches it.
          for (const control of form().querySelectorAll('input,select,button')) {
            const {left, right, top, bottom} = control.getBoundingClientRect();
            const isApart =
              right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom;
            expect(isApart || form().elementFromPoint(x, y) !== control, what).to.equal(true);
          }
          if (appeal.view === 'button') continue;
          // The strip is as wide as the sheet.
          const {left, right} = sheet.getBoundingClientRect();
          for (let at = left + 2; at < right - 2; at += 20) {
            const control = form().elementFromPoint(at, y)?.closest('input,select,button,label');
            expect(form().contains(control ?? null), `${what} at ${at} px`).to.equal(false);
          }
        }
      }
    });
  }

  for (const format of formats) {
    describe(`as ${format}`, () => {
      it('is accessible, open and closed', async () => {
        const appeal = await aShownAppeal(format);
        await expect(appeal).to.be.accessible();
        await press(appeal, 'later');
        await expect(appeal).to.be.accessible();
      });

      it('tells that it is about to show, and that it has', async () => {
        const appeal = await anAppeal(format);
        const heard: string[] = [];
        for (const type of ['support-show', 'support-shown']) {
          document.addEventListener(type, () => heard.push(type), {once: true});
        }
        const shown = theNext(appeal, 'support-shown');
        appeal.show();
        await shown;
        expect(heard).to.deep.equal(['support-show', 'support-shown']);
        // A bar appears within a moment.
        await waitUntil(() => isVisible(shadow(appeal).querySelector('support-ask')), 'the form');
      });

      it('stays away when a listener objects', async () => {
        const appeal = await anAppeal(format);
        appeal.addEventListener('support-show', event => event.preventDefault());
        expect(appeal.show()).to.equal(false);
        await appeal.updateComplete;
        expect(isVisible(appeal)).to.equal(false);
      });

      for (const {name, reason} of [
        {name: 'close', reason: 'close'},
        {name: 'later', reason: 'later'},
        {name: 'already', reason: 'already-supporting'},
        {name: 'never', reason: 'not-this-campaign'},
      ]) {
        it(`remembers "${reason}", says until when, and can take it back`, async () => {
          const appeal = await aShownAppeal(format);
          const closed = theNext(appeal, 'support-closed');
          await press(appeal, name);
          const event = await closed;
          expect(event.reason).to.equal(reason);
          expect(event.until).to.be.greaterThan(Date.now() + 2 * day);
          expect(closes().map(one => one.reason)).to.deep.equal([reason]);
          expect(closes()[0]!.until).to.equal(event.until);
          expect(appeal.open).to.equal(false);
          expect(statusOf(appeal)).to.contain(
            new Intl.DateTimeFormat('en', {dateStyle: 'long'}).format(event.until),
          );
          expect(
            isVisible(shadow(appeal).querySelector('support-ask')) && format !== 'inline',
          ).to.equal(false);

          part(appeal, 'undo').click();
          await appeal.updateComplete;
          expect(appeal.open).to.equal(true);
          expect(closes()).to.deep.equal([]);
          await waitUntil(() => isVisible(shadow(appeal).querySelector('support-ask')));
        });
      }

      it('remembers a close in the same task, longer than the one before, and only once', async () => {
        const before = {campaign: 'winter', reason: 'close', at: 1, until: 2};
        localStorage.setItem(key, aState({closes: [before]}));
        const appeal = await aShownAppeal(format);
        const events: number[] = [];
        appeal.addEventListener('support-closed', ({until}) => events.push(until));
        expect(appeal.close()).to.equal(true);
        // Had the reader left now, this would be all.
        const {closes} = stored();
        expect(closes).to.have.lengthOf(2);
        expect(closes[1]!.until).to.be.closeTo(Date.now() + 28 * day, 5000);
        expect(events).to.deep.equal([closes[1]!.until]);
        await nextFrames();
        expect(stored().closes).to.deep.equal(closes);
        expect(events).to.have.lengthOf(1);
      });

      it('remembers no close in the record of a newer version', async () => {
        const newer = '{"v":99,"closes":{}}';
        localStorage.setItem(key, newer);
        const appeal = await aShownAppeal(format);
        const closed = theNext(appeal, 'support-closed');
        appeal.close();
        expect(localStorage.getItem(key)).to.equal(newer);
        await closed;
        expect(localStorage.getItem(key)).to.equal(newer);
      });

      it('stays open, and remembers nothing, when a listener objects to the close', async () => {
        const appeal = await aShownAppeal(format);
        appeal.addEventListener('support-close', event => event.preventDefault());
        part(appeal, 'close').click();
        await nextFrames();
        expect(appeal.open).to.equal(true);
        expect(localStorage.getItem(key)).to.equal(null);
      });
    });
  }

  describe('after "remind me later"', () => {
    for (const choice of [
      'tomorrow',
      'next-week',
      'next-month',
      'in-3-months',
      'after-10-more-articles',
    ]) {
      it(`remembers "${choice}" in place of the three days`, async () => {
        const appeal = await aShownAppeal();
        await press(appeal, 'later');
        const reminded = theNext(appeal, 'support-reminded');
        shadow(appeal)
          .querySelector<HTMLButtonElement>(`button[part~=remind][value=${choice}]`)!
          .click();
        expect((await reminded).choice).to.equal(choice);
        expect(closes().map(one => one.choice)).to.deep.equal([choice]);
        await waitUntil(() => statusOf(appeal).includes('remind you'), 'a reminder');
        expect(find(appeal, 'remind')).to.equal(null);
        part(appeal, 'undo').click();
        await appeal.updateComplete;
        expect(closes()).to.deep.equal([]);
      });
    }

    it('keeps to the three days when a listener objects to the choice', async () => {
      const appeal = await aShownAppeal();
      appeal.addEventListener('support-remind', event => event.preventDefault());
      await press(appeal, 'later');
      part(appeal, 'remind').click();
      await nextFrames();
      expect(closes().map(one => one.choice)).to.deep.equal([undefined]);
    });

    it('moves the focus to the choices, since what had it is gone', async () => {
      const appeal = await aShownAppeal();
      await press(appeal, 'later');
      const hasFocus = (element: Element) => shadow(appeal).activeElement === element;
      expect(hasFocus(part(appeal, 'panel'))).to.equal(true);
      await sendKeys({press: 'Tab'});
      expect(hasFocus(part(appeal, 'undo'))).to.equal(true);
      await sendKeys({press: 'Tab'});
      expect((shadow(appeal).activeElement as HTMLButtonElement).value).to.equal('tomorrow');
    });

    it('offers the day that was chosen, and no other, as a calendar file, made when it is wanted', async () => {
      const appeal = await aShownAppeal();
      await press(appeal, 'later');
      expect(find(appeal, 'calendar') === null).to.equal(true);
      part(appeal, 'remind').click();
      await waitUntil(() => find(appeal, 'calendar'), 'the link');
      const link = shadow(appeal).querySelector<HTMLAnchorElement>('a[part~=calendar]')!;
      expect(link.getAttribute('href')).to.equal('#');
      // The test stays on its page.
      const stay = (event: Event) => event.preventDefault();
      addEventListener('click', stay);
      link.click();
      await waitUntil(() => link.href.startsWith('blob:'));
      removeEventListener('click', stay);
      const text = await (await fetch(link.href)).text();
      // The day begins at four in the morning, when nobody wants to hear of it.
      const until = new Date(closes()[0]!.until + 5 * 3_600_000)
        .toISOString()
        .replace(/[-:]|\.\d+/g, '');
      expect(text).to.contain('BEGIN:VCALENDAR\r\n').and.to.contain(`DTSTART:${until}`);
      expect(link.download).to.match(/\.ics$/);
    });

    it('lets a script choose at once', async () => {
      const appeal = await aShownAppeal();
      expect(appeal.remindLater('next-week')).to.equal(true);
      await waitUntil(() => closes().length > 0 && closes()[0]!.choice === 'next-week');
      expect(appeal.open).to.equal(false);
    });

    it('restores the form as the reader left it', async () => {
      const appeal = await aShownAppeal();
      const ask = shadow(appeal).querySelector('support-ask')!;
      const ten = () =>
        ask.shadowRoot!.querySelector<HTMLInputElement>('[name=amount][value="1000"]')!;
      ten().click();
      await ask.updateComplete;
      await press(appeal, 'later');
      part(appeal, 'undo').click();
      await appeal.updateComplete;
      expect(shadow(appeal).querySelector('support-ask')).to.equal(ask);
      expect(ten().checked).to.equal(true);
    });
  });

  describe('in the article', () => {
    const inArticle = () =>
      fixture<HTMLElement>(html`
        <article>
          <p class="before">Before</p>
          <support-appeal campaign="winter" checkout="/checkout">${words}</support-appeal>
          <p class="after">After</p>
          <div class="long"></div>
        </article>
      `);

    it('shrinks with the press, moves nothing above it, and stays when it has been out of view', async () => {
      (globalThis as {[page]?: unknown})[page] = {directed: 1};
      const article = await inArticle();
      const long = article.querySelector<HTMLElement>('.long')!;
      long.style.height = '3000px';
      const appeal = article.querySelector('support-appeal')!;
      const before = article.querySelector('.before')!;
      appeal.show();
      await appeal.updateComplete;
      await nextFrames();
      const above = JSON.stringify(before.getBoundingClientRect());
      const {top} = appeal.getBoundingClientRect();
      const whole = appeal.offsetHeight;
      await press(appeal, 'close');
      const slim = appeal.offsetHeight;
      expect(slim)
        .to.be.below(whole / 3)
        .and.above(44);
      expect(JSON.stringify(before.getBoundingClientRect())).to.equal(above);
      expect(appeal.getBoundingClientRect().top).to.equal(top);

      scrollTo(0, 2500);
      await nextFrames();
      scrollTo(0, 0);
      await nextFrames();
      expect(appeal.offsetHeight).to.equal(slim);
      expect(isVisible(part(appeal, 'status'))).to.equal(true);
    });

    it('moves nothing when it is not due', async () => {
      localStorage.setItem(key, aState({closes: [aClose()]}));
      const skipped = theNext(document, 'support-skipped');
      const article = await inArticle();
      const long = article.querySelector<HTMLElement>('.long')!;
      long.style.height = '3000px';
      const appeal = article.querySelector('support-appeal')!;
      const {top} = article.querySelector('.after')!.getBoundingClientRect();
      expect((await skipped).reason).to.equal('snoozed');
      await nextFrames();
      expect(article.querySelector('.after')!.getBoundingClientRect().top).to.equal(top);
      expect(isVisible(appeal)).to.equal(false);
      expect(isVisible(appeal.querySelector('a'))).to.equal(false);
      scrollTo(0, 2500);
      await waitUntil(() => appeal.offsetHeight === 0, 'no height');
      scrollTo(0, 0);
    });

    it('takes no focus and reads nothing out of turn', async () => {
      const field = await fixture<HTMLInputElement>(html`<input aria-label="Search" />`);
      field.focus();
      const appeal = await aShownAppeal('inline');
      expect(document.activeElement).to.equal(field);
      expect(statusOf(appeal)).to.equal('');
      expect(appeal.getAttribute('role')).to.equal('complementary');
      expect(appeal.hasAttribute('data-nosnippet')).to.equal(true);
    });
  });

  describe('on a page where nothing else decides', () => {
    const placed = (campaign = 'winter') =>
      html`<support-appeal campaign=${campaign} checkout="/checkout">${words}</support-appeal>`;

    it('shows itself when it is due', async () => {
      const shown = theNext(document, 'support-shown');
      await fixture(placed());
      expect((await shown).campaign).to.equal('winter');
    });

    it('shows one ask in a page view', async () => {
      const skipped = theNext(document, 'support-skipped');
      const both = fixtureSync<HTMLElement>(html`<div>${placed('one')}${placed('two')}</div>`);
      expect((await skipped).reason).to.equal('asked-on-this-page');
      await nextFrames();
      expect(both.querySelectorAll('[open]').length).to.equal(1);
    });

    for (const {given, state, reason} of [
      {
        given: 'a snooze of another campaign',
        state: {closes: [aClose({campaign: 'spring'})]},
        reason: 'snoozed',
      },
      {
        given: 'a supporter',
        state: {supported: {at: Date.now() - day, until: Date.now() + day, frequency: 'monthly'}},
        reason: 'supporter',
      },
      {
        given: 'a view an hour ago',
        state: {views: [{campaign: 'winter', at: Date.now() - 3_600_000}]},
        reason: 'seen-recently',
      },
    ]) {
      it(`stays away, and says why, given ${given}`, async () => {
        localStorage.setItem(key, aState(state));
        const skipped = theNext(document, 'support-skipped');
        const appeal = await fixture<SupportAppealElement>(placed());
        const event = await skipped;
        expect(event.reason).to.equal(reason);
        expect(event.until).to.be.greaterThan(Date.now());
        expect(appeal.open).to.equal(false);
      });
    }

    it('leaves a page alone that the site marked sensitive', async () => {
      const meta = document.createElement('meta');
      meta.name = 'support:sensitive';
      document.head.append(meta);
      const skipped = theNext(document, 'support-skipped');
      await fixture(placed());
      expect((await skipped).reason).to.equal('sensitive-page');
      meta.remove();
    });

    it('closes an appeal that a server rendered open, when it is not due', async () => {
      localStorage.setItem(key, aState({closes: [aClose()]}));
      const skipped = theNext(document, 'support-skipped');
      const appeal = await fixture<SupportAppealElement>(
        html`<support-appeal campaign="winter" open checkout="/checkout">${words}</support-appeal>`,
      );
      const before = appeal.offsetHeight;
      await skipped;
      await appeal.updateComplete;
      expect(isVisible(appeal)).to.equal(false);
      expect(appeal.offsetHeight).to.equal(before);
    });
  });

  describe('asked for by the reader as soon as it is there', () => {
    for (const format of formats) {
      it(`stays as ${format} although the reader has snoozed`, async () => {
        (globalThis as {[page]?: unknown})[page] = {};
        localStorage.setItem(key, aState({closes: [aClose()]}));
        const appeal = document.createElement('support-appeal');
        appeal.format = format;
        const place = await fixture<HTMLElement>(html`<div></div>`);
        const shown = theNext(appeal, 'support-shown');
        place.append(appeal);
        expect(appeal.show({manual: true})).to.equal(true);
        await shown;
        await new Promise(resolve => setTimeout(resolve, 300));
        expect(appeal.open).to.equal(true);
        expect(isVisible(appeal)).to.equal(true);
      });
    }
  });

  describe('being seen', () => {
    let timers: FakeTimers | undefined;
    afterEach(() => timers?.restore());

    /** Shows an appeal while time stands still. */
    const show = async (appeal: SupportAppealElement, options?: {manual: boolean}) => {
      const shown = theNext(appeal, 'support-shown');
      expect(appeal.show(options)).to.equal(true);
      await shown;
      await nextFrames();
    };

    it('counts after a second in view, once, and writes nothing without consent', async () => {
      const appeal = await anAppeal('bar');
      let count = 0;
      appeal.addEventListener('support-seen', () => count++);
      timers = new FakeTimers();
      await show(appeal);
      await timers.advance(999);
      expect(count).to.equal(0);
      await timers.advance(1);
      expect(count).to.equal(1);
      await timers.advance(60_000);
      expect(count).to.equal(1);
      expect(localStorage.getItem(key)).to.equal(null);
    });

    it('is remembered with consent', async () => {
      const appeal = await anAppeal('bar');
      (globalThis as {[page]?: unknown})[page] = {directed: 1, full: true};
      timers = new FakeTimers();
      await show(appeal);
      await timers.advance(1000);
      timers.restore();
      await waitUntil(() => stored().views.length === 1, 'a view');
      expect(stored().views[0]!.campaign).to.equal('winter');
    });

    it('does not count below the screen, nor when the reader wished for it', async () => {
      let count = 0;
      const hear = () => count++;
      document.addEventListener('support-seen', hear);
      const long = await fixture<HTMLElement>(html`<div></div>`);
      long.style.height = '3000px';
      const below = await anAppeal('inline');
      const wished = await anAppeal('bar');
      timers = new FakeTimers();
      await show(below);
      await timers.advance(60_000);
      expect(count).to.equal(0);
      await show(wished, {manual: true});
      await timers.advance(60_000);
      expect(count).to.equal(0);
      document.removeEventListener('support-seen', hear);
    });
  });

  describe('in two tabs', () => {
    it('closes after a snooze in the other, and writes nothing itself', async () => {
      const appeal = await aShownAppeal('bar');
      const closed = theNext(appeal, 'support-closed');
      const state = aState({closes: [aClose()]});
      await inAnotherTab(state);
      const event = await closed;
      expect(event.reason).to.equal('later');
      await appeal.updateComplete;
      expect(isVisible(appeal)).to.equal(false);
      expect(localStorage.getItem(key)).to.equal(state);
    });

    it('stays when the other merely saw it', async () => {
      const appeal = await aShownAppeal('bar');
      await inAnotherTab(aState({views: [{campaign: 'winter', at: Date.now()}]}));
      await nextFrames();
      expect(appeal.open).to.equal(true);
    });

    it('is gone from a page that the back-forward cache restores to a supporter', async () => {
      const appeal = await aShownAppeal('dialog');
      localStorage.setItem(key, aState({supported: {at: Date.now() - 1, until: Date.now() + day}}));
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await waitUntil(() => !appeal.open);
      await appeal.updateComplete;
      expect(document.querySelector('support-appeal[open]')).to.equal(null);
      expect(isVisible(appeal)).to.equal(false);
    });
  });

  describe('as a dialog', () => {
    it('takes the focus to its heading and gives it back', async () => {
      const field = await fixture<HTMLInputElement>(html`<input aria-label="Search" />`);
      field.focus();
      const appeal = await aShownAppeal('dialog');
      expect(shadow(appeal).activeElement).to.equal(part(appeal, 'heading'));
      await sendKeys({press: 'Escape'});
      await waitUntil(() => !appeal.open);
      await appeal.updateComplete;
      expect(document.activeElement).to.equal(field);
      await waitUntil(() => closes().length === 1);
      expect(closes()[0]!.reason).to.equal('close');
    });

    it('is a modal, and locks no scroll', async () => {
      const appeal = await aShownAppeal('dialog');
      expect(part(appeal, 'base').matches(':modal')).to.equal(true);
      expect(getComputedStyle(document.documentElement).overflow).to.equal('visible');
      expect(getComputedStyle(document.body).overflow).to.equal('visible');
      expect(document.body.className + document.documentElement.className).to.equal('');
    });

    it('closes itself when a filter hides it, so that the page stays alive', async () => {
      const appeal = await anAppeal('dialog');
      const parent = appeal.parentElement!;
      const shown = theNext(appeal, 'support-shown');
      const timers = new FakeTimers();
      try {
        appeal.show();
        await shown;
        parent.style.display = 'none';
        // No time passes: what tells of it is the size that it loses.
        await nextFrames();
      } finally {
        timers.restore();
      }
      expect(appeal.open).to.equal(false);
      const button = document.createElement('button');
      document.body.append(button);
      await appeal.updateComplete;
      button.focus();
      expect(document.activeElement).to.equal(button);
      expect(localStorage.getItem(key)).to.equal(null);
      button.remove();
    });

    it('closes itself at the next press when it is hidden later', async () => {
      const appeal = await anAppeal('dialog');
      const shown = theNext(appeal, 'support-shown');
      const timers = new FakeTimers();
      try {
        appeal.show();
        await shown;
        await nextFrames();
        // A timer of this clock never runs again: only the press is left.
        await timers.advance(3000);
      } finally {
        timers.restore();
      }
      appeal.parentElement!.style.opacity = '0';
      expect(appeal.open).to.equal(true);
      await sendKeys({press: 'Shift'});
      expect(appeal.open).to.equal(false);
      expect(localStorage.getItem(key)).to.equal(null);
    });

    it('opens over no other dialog', async () => {
      const other = document.createElement('dialog');
      document.body.append(other);
      other.showModal();
      const appeal = await anAppeal('dialog');
      appeal.show();
      await waitUntil(() => !appeal.open);
      await appeal.updateComplete;
      expect(isVisible(part(appeal, 'base'))).to.equal(false);
      other.close();
      other.remove();
      const shown = theNext(appeal, 'support-shown');
      appeal.show();
      await shown;
      expect(part(appeal, 'base').matches(':modal')).to.equal(true);
    });

    it('gives the page back when it is removed', async () => {
      const field = await fixture<HTMLInputElement>(html`<input aria-label="Search" />`);
      field.focus();
      const appeal = await aShownAppeal('dialog');
      appeal.remove();
      expect(document.activeElement).to.equal(field);
    });

    it('lies in the page in a frame too small to leave it', async () => {
      const appeal = await anAppealIn({width: 300, height: 200}, 'dialog');
      expect(appeal.format).to.equal('inline');
      expect(shadow(appeal).querySelector('dialog')).to.equal(null);
    });
  });

  describe('as a bar', () => {
    for (const size of [
      {width: 1280, height: 800},
      {width: 320, height: 640},
      {width: 640, height: 420},
    ]) {
      const {width, height} = size;
      it(`covers at most half of ${width} × ${height}, before and after a close`, async () => {
        const appeal = await anAppealIn(size, 'bar');
        await waitUntil(() => appeal.getBoundingClientRect().bottom === height, 'at the foot');
        expect(appeal.offsetHeight).to.be.at.most(height / 2);
        await press(appeal, 'later');
        expect(appeal.offsetHeight).to.be.at.most(height / 2);
      });
    }

    it('takes the whole of a window that is too low, scrolls in itself, and keeps ✕ in sight', async () => {
      const appeal = await anAppealIn({width: 320, height: 256}, 'bar');
      part(appeal, 'expand').click();
      await appeal.updateComplete;
      await waitUntil(() => appeal.getBoundingClientRect().bottom === 256, 'at the foot');
      const {top} = appeal.getBoundingClientRect();
      expect(top).to.be.at.least(0).and.at.most(16);
      const sheet = shadow(appeal).querySelector('.sheet')!;
      expect(sheet.scrollHeight).to.be.above(sheet.clientHeight);
      for (const share of [0, 0.5, 1]) {
        sheet.scrollTop = share * sheet.scrollHeight;
        const cross = part(appeal, 'close');
        const box = cross.getBoundingClientRect();
        const hit = shadow(appeal).elementFromPoint(box.left + 22, box.top + 22);
        expect(cross.contains(hit), `✕ at ${share}`).to.equal(true);
      }
    });

    it('steps aside for what the reader has focused under it, and comes back', async () => {
      const page = await fixture<HTMLElement>(html`
        <div>
          <input class="high" aria-label="High" />
          <input class="low" aria-label="Low" />
        </div>
      `);
      const low = page.querySelector<HTMLInputElement>('.low')!;
      low.style.cssText = 'position:fixed;bottom:20px';
      const appeal = await aShownAppeal('bar');
      low.focus();
      await waitUntil(() => appeal.getBoundingClientRect().top >= innerHeight, 'aside');
      page.querySelector<HTMLInputElement>('.high')!.focus();
      await waitUntil(() => appeal.getBoundingClientRect().top < innerHeight, 'back');
      low.focus();
      await waitUntil(() => appeal.getBoundingClientRect().top >= innerHeight, 'aside');
      part(appeal, 'close').focus();
      await waitUntil(() => appeal.getBoundingClientRect().top < innerHeight, 'back');
    });

    it('leaves when the reader is done with it', async () => {
      const appeal = await aShownAppeal('bar');
      await press(appeal, 'never');
      part(appeal, 'done').click();
      await appeal.updateComplete;
      expect(appeal.getBoundingClientRect().height).to.equal(0);
    });
  });

  describe('its copy', () => {
    const copy = {
      heading: 'News of *{publication}*',
      body: [
        'From **{from}** you keep us [independent](https://example.org/why).',
        '<img src=x onerror=alert(1)>',
      ],
      reassurance: 'Thank you',
    };

    it('is text, emphasis and links, with the smallest amount the form sells', async () => {
      const appeal = await anAppeal('inline', '');
      appeal.copy = copy;
      appeal.publication = '<b>The Post</b>';
      appeal.show();
      await appeal.updateComplete;
      expect(part(appeal, 'heading').textContent.trim()).to.equal('News of <b>The Post</b>');
      expect(part(appeal, 'heading').querySelector('em')).not.to.equal(null);
      const paragraphs = part(appeal, 'copy').querySelectorAll('p');
      expect(paragraphs[0]!.textContent).to.equal('From $2 you keep us independent.');
      expect(paragraphs[0]!.querySelector('a')!.rel).to.equal('noopener');
      expect(paragraphs[1]!.textContent).to.equal(copy.body[1]);
      expect(shadow(appeal).querySelector('img,b')).to.equal(null);
    });

    it('gives way to slots', async () => {
      const appeal = await anAppeal('inline');
      appeal.copy = copy;
      appeal.show();
      await appeal.updateComplete;
      const heading = shadow(appeal).querySelector<HTMLSlotElement>('slot[name=heading]')!;
      expect(heading.assignedElements()[0]!.textContent).to.equal(
        'A message from The Harbour Post',
      );
      expect(part(appeal, 'copy').querySelector('p')).to.equal(null);
    });

    it('fills what the slots leave open, white space or not', async () => {
      const appeal = await anAppeal('inline', html` <h2 slot="heading">Hello</h2> `);
      appeal.copy = copy;
      appeal.show();
      await appeal.updateComplete;
      expect(part(appeal, 'copy').textContent).to.contain('From $2');
    });

    it('wraps, whatever its length', async () => {
      const appeal = await anAppealIn(
        {width: 320, height: 640},
        'inline',
        `<h2 slot="heading">${'Wort'.repeat(1250)}</h2><p>${'👩‍👩‍👧‍👦'.repeat(200)}</p>`,
      );
      await waitUntil(() => isVisible(find(appeal, 'later')), 'the appeal');
      expect(appeal.ownerDocument.documentElement.scrollWidth).to.be.at.most(320);
      expect(shadow(appeal).querySelector('.frame')!.scrollWidth).to.be.at.most(320);
    });
  });

  describe('its fallback link', () => {
    it('is out of the way while the form works, and there when it fails', async () => {
      const appeal = await aShownAppeal();
      const link = appeal.querySelector('a');
      expect(isVisible(link)).to.equal(false);
      shadow(appeal)
        .querySelector('support-ask')!
        .dispatchEvent(new SupportCheckoutFailedEvent('network'));
      await appeal.updateComplete;
      expect(isVisible(link)).to.equal(true);
    });
  });

  it('thanks a reader whose embedded payment went through, and asks no more', async () => {
    const appeal = await aShownAppeal();
    shadow(appeal)
      .querySelector('support-ask')!
      .dispatchEvent(new SupportSupportedEvent('monthly', {minor: 500, currency: 'USD'}));
    await waitUntil(() => statusOf(appeal) !== '', 'a status');
    expect(statusOf(appeal)).to.contain('Thank you');
    expect(stored().supported?.frequency).to.equal('monthly');
    expect(find(appeal, 'undo')).to.equal(null);
  });

  it('is not printed', async function () {
    // Only Chromium's protocol can emulate it.
    if (!navigator.userAgent.includes('Chrome')) this.skip();
    const appeal = await aShownAppeal();
    await emulateMedia({media: 'print'});
    expect(isVisible(appeal)).to.equal(false);
    await emulateMedia({media: 'screen'});
  });

  it('reads from right to left where the page does', async () => {
    document.documentElement.lang = 'ar';
    document.documentElement.dir = 'rtl';
    const appeal = await aShownAppeal();
    await waitUntil(() => find(appeal, 'close') !== null, 'the appeal');
    await appeal.updateComplete;
    const close = part(appeal, 'close').getBoundingClientRect();
    const box = appeal.getBoundingClientRect();
    expect(close.left - box.left).to.be.lessThan(box.right - close.right);
    expect(part(appeal, 'later').closest('[dir]')!.getAttribute('dir')).to.equal('rtl');
    document.documentElement.lang = 'en';
    document.documentElement.dir = '';
  });

  it('survives being moved, and leaves nothing behind when removed', async () => {
    const appeal = await aShownAppeal('bar');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(appeal);
    await appeal.updateComplete;
    expect(appeal.open).to.equal(true);
    await press(appeal, 'close');
    expect(closes().length).to.equal(1);
    elsewhere.remove();
    await inAnotherTab(aState({closes: []}));
    await nextFrames();
    expect(appeal.open).to.equal(false);
  });
});
