import {aTimeout, expect, nextFrame} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {storageKey} from '../../src/browser/storage/storage-key.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';
import {recordClose, writeState} from '../../src/core/cadence/reader-record.js';
import {emptyState} from '../../src/core/cadence/reader-state.js';
import {start, type StartOptions, type SupportSession} from '../../src/page/start.js';
import type {SupportSkippedEvent} from '../../src/events/support-skipped-event.js';
import {waitUntil} from '../wait-until.js';

const shown: HTMLElement[] = [];

/** Stands in for the element, which has tests of its own. */
class Appeal extends HTMLElement {
  show(): void {
    if (this.hasAttribute('open')) return;
    shown.push(this);
    this.setAttribute('open', '');
  }
}
customElements.define('support-appeal', Appeal);

const address = location.href;
const skips: string[] = [];
const hear = ({reason}: SupportSkippedEvent) => skips.push(reason);
let session: SupportSession | undefined;
let main: HTMLElement;

/** An appeal that an editor wrote. */
const words = (campaign = 'winter', attributes = '') =>
  `<support-appeal campaign="${campaign}" ${attributes}>` +
  '<h2 slot="heading">A word</h2><p>We have no owner.</p><a slot="fallback" href="/give">Give</a>' +
  '</support-appeal>';

const snooze = () => {
  const now = Date.now();
  const close = {campaign: 'winter', reason: 'later', until: now + 1e8} as const;
  localStorage.setItem(storageKey, writeState(recordClose(emptyState, close, now)));
};

/** Begins, and waits until the first view has decided. */
const begin = async (campaigns: readonly Campaign[] = [], options: StartOptions = {}) => {
  session = start({campaigns: {campaigns}, ...options});
  await waitUntil(() => session?.decision);
};

const appealIn = (root: ParentNode, campaign = 'winter') =>
  root.querySelector<HTMLElement>(`[campaign=${campaign}]`)!;

const isReadable = (appeal: Element) =>
  [...appeal.children].some(child => child.checkVisibility({checkVisibilityCSS: true}));

beforeEach(() => {
  localStorage.clear();
  shown.length = skips.length = 0;
  main = document.createElement('main');
  document.body.append(main);
  document.addEventListener('support-skipped', hear);
});
afterEach(() => {
  session?.stop();
  session = undefined;
  main.remove();
  for (const appeal of document.querySelectorAll('support-appeal')) appeal.remove();
  document.removeEventListener('support-skipped', hear);
  document.cookie = 'support-hint=; Max-Age=0; Path=/';
  history.replaceState(null, '', address);
  localStorage.clear();
  const shared = page();
  for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
});

describe('an appeal that comes into the page later', () => {
  const arrivals: Readonly<Record<string, () => void>> = {
    'a block that is appended': () => main.append(fragmentOf(words())),
    'HTML that is inserted': () => main.insertAdjacentHTML('beforeend', `<div>${words()}</div>`),
    'a page part that takes the place of another': () =>
      main.replaceChildren(fragmentOf(`<article><section>${words()}</section></article>`)),
    'a body’s whole content': () => {
      const next = document.createElement('main');
      next.innerHTML = `<article><p>Another page</p>${words()}</article>`;
      main.replaceWith(next);
      main = next;
    },
    'a body of its own, as Turbo puts it there': () => {
      const {body} = document;
      const next = document.createElement('body');
      next.innerHTML = `<p>Another page</p>${words()}`;
      body.replaceWith(next);
      main.remove();
      main = next.querySelector('p')!;
    },
    'the next article of an endless page': () => {
      for (let n = 0; n < 3; n += 1)
        main.append(fragmentOf(`<article><p>Story</p>${n === 2 ? words() : ''}</article>`));
    },
    'a tree that was built apart': () => {
      const section = document.createElement('section');
      const appeal = document.createElement('support-appeal');
      appeal.setAttribute('campaign', 'winter');
      appeal.innerHTML = '<p>We have no owner.</p>';
      section.append(appeal);
      main.append(section);
    },
    'a copy that was open when it was kept': () =>
      main.append(fragmentOf(`<div>${words('winter', 'open closing role="complementary"')}</div>`)),
    'an appeal that is put there empty and filled after': () => {
      main.append(fragmentOf(words()));
      const appeal = appealIn(main);
      const parts = [...appeal.childNodes];
      appeal.replaceChildren();
      appeal.append(...parts);
    },
    'a form whose fields have the names of our tools, and the appeal after it': () =>
      main.append(
        fragmentOf(
          `<form><input name="matches"><input name="nodeType"><i></i></form><div>${words()}</div>`,
        ),
      ),
  };

  const fragmentOf = (html: string) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    return document.importNode(template.content, true);
  };

  const readers: Readonly<Record<string, readonly [() => void, string]>> = {
    'has snoozed': [snooze, 'snoozed'],
    supports: [() => (document.cookie = 'support-hint=1; Path=/'), 'supporter'],
  };

  for (const [reader, [prepare, reason]] of Object.entries(readers))
    for (const [what, arrive] of Object.entries(arrivals))
      it(`is never painted for a reader who ${reader}, given ${what}`, async () => {
        prepare();
        await begin([{id: 'winter'}]);
        arrive();
        // A frame's callbacks run before it is painted.
        await nextFrame();
        const appeal = document.querySelector<HTMLElement>('[campaign=winter]')!;
        expect([isReadable(appeal), appeal.hasAttribute('open')]).to.deep.equal([false, false]);
        await aTimeout(150);
        expect([shown.length, isReadable(appeal)]).to.deep.equal([0, false]);
        expect(skips.at(-1)).to.equal(reason);
      });

  for (const [what, arrive] of Object.entries(arrivals))
    it(`is shown once where nothing was asked yet, given ${what}`, async () => {
      await begin();
      arrive();
      await waitUntil(() => shown.length);
      await aTimeout(50);
      expect(shown).to.deep.equal([document.querySelector('[campaign=winter]')]);
      expect([isReadable(shown[0]!), page().asked]).to.deep.equal([true, true]);
    });

  it('is withdrawn in a view that has asked, however many come', async () => {
    main.innerHTML = words('spring');
    await begin();
    await waitUntil(() => shown.length);
    for (let n = 0; n < 5; n += 1) {
      main.append(fragmentOf(`<article>${words()}</article>`));
      await nextFrame();
    }
    const [first, ...others] = document.querySelectorAll('support-appeal');
    expect(shown).to.deep.equal([first]);
    expect(others.map(isReadable)).to.deep.equal([false, false, false, false, false]);
    expect(isReadable(first!)).to.equal(true);
    expect(skips).to.deep.equal([]);
  });

  it('is decided anew where the ask has left with its part of the page, unseen', async () => {
    main.innerHTML = words();
    await begin();
    await waitUntil(() => shown.length);
    main.innerHTML = `<p>The same page, fresh</p>${words()}`;
    await waitUntil(() => shown.length === 2);
    expect(shown[1]).to.equal(appealIn(main));
  });

  it('yields to a bar that waits for its moment, and asks before it where the file says so', async () => {
    const bar: Campaign = {id: 'bar', format: 'bar', trigger: {seconds: 0.4}};
    await begin([{id: 'first'}, bar]);
    main.innerHTML = words('last');
    await nextFrame();
    expect(isReadable(main.firstElementChild!)).to.equal(false);
    main.append(fragmentOf(words('first')));
    await waitUntil(() => shown.length);
    await aTimeout(600);
    expect(shown).to.deep.equal([appealIn(main, 'first')]);
    expect(isReadable(appealIn(main, 'last'))).to.equal(false);
  });

  it('begins nothing twice while the interface is still on its way', async () => {
    let loads = 0;
    let arrive: (() => void) | undefined;
    const load = () => {
      loads += 1;
      return new Promise<void>(resolve => (arrive = resolve));
    };
    await begin([], {load});
    for (let n = 0; n < 3; n += 1) {
      main.append(fragmentOf(words()));
      await nextFrame();
    }
    await waitUntil(() => arrive);
    arrive!();
    await waitUntil(() => shown.length);
    await aTimeout(50);
    expect([loads, shown.length]).to.deep.equal([1, 1]);
    expect([...main.children].map(isReadable)).to.deep.equal([true, false, false]);
  });

  it('stays as it is when a framework moves it about', async () => {
    main.innerHTML = `<div>${words()}</div><div></div>`;
    await begin();
    await waitUntil(() => shown.length);
    main.lastElementChild!.append(appealIn(main));
    await nextFrame();
    expect([shown.length, isReadable(appealIn(main))]).to.deep.equal([1, true]);
    expect(appealIn(main).hasAttribute('open')).to.equal(true);
  });

  it('is none of ours once the session has ended', async () => {
    snooze();
    await begin();
    session!.stop();
    main.innerHTML = words();
    await nextFrame();
    expect(isReadable(appealIn(main))).to.equal(true);
  });

  it('leaves an appeal alone that the session has put there itself', async () => {
    await begin([{id: 'winter', place: {selector: 'main'}, copy: {heading: 'A message'}}]);
    await waitUntil(() => shown.length);
    await nextFrame();
    expect([shown[0]!.style.visibility, shown[0]!.hasAttribute('open')]).to.deep.equal(['', true]);
  });

  it('says why it is not shown once, however many come', async () => {
    snooze();
    await begin();
    expect(skips).to.deep.equal(['no-campaign']);
    for (let n = 0; n < 4; n += 1) {
      main.append(fragmentOf(words()));
      await nextFrame();
    }
    await waitUntil(() => skips.length > 1);
    await aTimeout(150);
    expect(skips).to.deep.equal(['no-campaign', 'snoozed']);
  });
});

describe('a session on a page with routes', () => {
  /** Begins with nothing to show, so that each view says once that there is nothing. */
  const views = () => skips.length;
  const rest = () => aTimeout(250);

  const changes: Readonly<Record<string, readonly [number, () => unknown]>> = {
    'another path': [1, () => history.pushState(null, '', '/news/one')],
    'another query': [1, () => history.pushState(null, '', '?p=17')],
    'a path that replaces the other': [1, () => history.replaceState(null, '', '/news/two')],
    'two steps to one path': [
      1,
      () => {
        history.pushState(null, '', '/news/');
        history.replaceState(null, '', '/news/three');
      },
    ],
    'a redirect a moment later': [
      1,
      async () => {
        history.pushState(null, '', '/old');
        await aTimeout(50);
        history.replaceState(null, '', '/new');
      },
    ],
    'a path and back before anything was shown': [
      0,
      () => {
        const {href} = location;
        history.pushState(null, '', '/news/four');
        history.pushState(null, '', href);
      },
    ],
    'an address without the parameters that tracked the reader': [
      1,
      async () => {
        history.pushState(null, '', '/news/eight?utm_source=mail&fbclid=1');
        await aTimeout(250);
        history.replaceState(null, '', '/news/eight');
      },
    ],
    'the next part of an article that has a name': [
      1,
      async () => {
        const name = Object.assign(document.createElement('meta'), {
          name: 'support:article',
          content: 'harbour-fire',
        });
        document.head.append(name);
        history.pushState(null, '', '/news/nine');
        await aTimeout(250);
        history.pushState(null, '', '/news/nine/2');
        await aTimeout(250);
        name.remove();
      },
    ],
    'a state alone': [0, () => history.replaceState({scrollY}, '')],
    'states that save where the reader has scrolled': [
      0,
      async () => {
        for (let y = 0; y < 10; y += 1) {
          history.replaceState({y}, '');
          await aTimeout(20);
        }
      },
    ],
    'a hash': [0, () => history.pushState(null, '', '#comments')],
    'a hash that a link leads to': [0, () => (location.hash = 'top')],
    'nodes that come and go': [0, () => main.append('A line')],
    'navigate()': [
      1,
      () => {
        history.pushState(null, '', '/news/five');
        session!.navigate();
      },
    ],
    'navigate() from an effect': [
      1,
      async () => {
        history.pushState(null, '', '/news/six');
        await nextFrame();
        session!.navigate();
      },
    ],
    'navigate() long after, once the article was fetched': [
      1,
      async () => {
        history.pushState(null, '', '/news/seven');
        await aTimeout(250);
        session!.navigate();
      },
    ],
    'navigate() without a change of address': [1, () => session!.navigate()],
  };

  for (const [what, [count, change]] of Object.entries(changes))
    it(`begins ${count ? 'one view' : 'no view'}, given ${what}`, async () => {
      await begin();
      await change();
      await rest();
      expect(views()).to.equal(1 + count);
    });

  it('begins a view for each step back and forth', async () => {
    await begin();
    history.pushState(null, '', '/a');
    await rest();
    history.back();
    await rest();
    history.forward();
    await rest();
    expect(views()).to.equal(4);
  });

  it('leaves the routes to a site that has called navigate(), for good', async () => {
    await begin();
    history.pushState(null, '', '/a');
    session!.navigate();
    await rest();
    history.pushState(null, '', '/b');
    await rest();
    expect(views()).to.equal(2);
    session!.navigate();
    await rest();
    expect(views()).to.equal(3);
  });

  it('begins none once it has ended', async () => {
    await begin();
    history.pushState(null, '', '/a');
    session!.stop();
    await rest();
    history.pushState(null, '', '/b');
    await rest();
    expect(views()).to.equal(1);
  });

  it('begins none when the page comes back from the back-forward cache after a route', async () => {
    main.innerHTML = words();
    await begin();
    await waitUntil(() => shown.length);
    history.pushState(null, '', '/a');
    main.innerHTML = words('spring');
    await waitUntil(() => shown.length === 2);
    const decided = session!.decision;
    for (const type of ['pagehide', 'pageshow'])
      dispatchEvent(new PageTransitionEvent(type, {persisted: true}));
    await rest();
    expect([shown.length, session!.decision]).to.deep.equal([2, decided]);
    expect([skips, isReadable(appealIn(main, 'spring'))]).to.deep.equal([[], true]);
  });

  it('waits for a router that fetches the article before it is there', async () => {
    await begin();
    let arrive: (() => void) | undefined;
    navigation.addEventListener(
      'navigate',
      event =>
        event.intercept({
          handler: () => new Promise<void>(resolve => (arrive = resolve)),
        }),
      {once: true},
    );
    void navigation.navigate('/slow').finished?.catch(() => {});
    await rest();
    expect(views()).to.equal(1);
    arrive!();
    await rest();
    expect(views()).to.equal(2);
  });

  it('looks for the place of a campaign when a site says that the article has come', async () => {
    await begin([{id: 'winter', place: {selector: '.story'}}]);
    history.pushState(null, '', '/slow');
    await rest();
    expect(views()).to.equal(2);
    main.innerHTML = '<article class="story"><p>Here it is.</p></article>';
    session!.navigate();
    await waitUntil(() => shown.length);
    expect([main.contains(shown[0]!), views()]).to.deep.equal([true, 2]);
  });

  it('holds an appeal back while the address changes, and asks with it in the view it belongs to', async () => {
    main.innerHTML = words('old');
    await begin();
    await waitUntil(() => shown.length);
    history.pushState(null, '', '/next');
    main.innerHTML = words('new');
    await nextFrame();
    expect(isReadable(appealIn(main, 'new'))).to.equal(false);
    await waitUntil(() => shown.length === 2);
    expect(shown[1]).to.equal(appealIn(main, 'new'));
    expect(isReadable(shown[1]!)).to.equal(true);
  });

  it('decides about what it has held back, given a change that is no route', async () => {
    await begin();
    history.replaceState({scrollY: 1}, '');
    main.innerHTML = words();
    await waitUntil(() => shown.length);
    expect(shown).to.deep.equal([appealIn(main)]);
  });

  describe('where the browser lacks the Navigation API', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'navigation')!;
    before(() =>
      Object.defineProperty(globalThis, 'navigation', {value: undefined, configurable: true}),
    );
    after(() => Object.defineProperty(globalThis, 'navigation', own));

    for (const [what, change] of Object.entries({
      'an article that comes after its address': () => {
        history.pushState(null, '', '/a');
        main.textContent = 'Another';
      },
      'a title that comes after its address': () => {
        history.pushState(null, '', '/b');
        document.title = 'Another';
      },
      'a step back to another article': async () => {
        history.replaceState(null, '', '/c');
        history.pushState(null, '', address);
        history.back();
        await waitUntil(() => location.pathname === '/c');
        main.textContent = 'Before';
      },
    }))
      it(`begins a view, given ${what}`, async () => {
        await begin();
        await change();
        await rest();
        expect(views()).to.equal(2);
      });

    it('begins none, given a state, a hash or a node', async () => {
      await begin();
      history.replaceState({scrollY: 1}, '');
      history.pushState(null, '', '#comments');
      main.append('A line');
      await rest();
      expect(views()).to.equal(1);
    });
  });
});

describe('a thousand changes of route', () => {
  /** Counts what is added and not taken away: listeners, timers, observers. */
  const count = () => {
    const {addEventListener, removeEventListener} = EventTarget.prototype;
    const {setTimeout, clearTimeout, setInterval, clearInterval} = globalThis;
    const {MutationObserver, IntersectionObserver} = globalThis;
    const listeners: {
      target: EventTarget;
      type: string;
      listener: unknown;
      signal?: AbortSignal;
    }[] = [];
    const timers = new Set<unknown>();
    const observers = new Set<unknown>();
    const forget = (target: EventTarget, type: string, listener: unknown) => {
      const at = listeners.findIndex(
        one => one.target === target && one.type === type && one.listener === listener,
      );
      if (at >= 0) listeners.splice(at, 1);
    };
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const {signal, once} = Object(options) as AddEventListenerOptions;
      listeners.push({target: this, type, listener, ...(signal && {signal})});
      if (once) addEventListener.call(this, type, () => forget(this, type, listener), options);
      addEventListener.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      forget(this, type, listener);
      removeEventListener.call(this, type, listener, options);
    };
    const timed =
      (real: typeof setTimeout) =>
      (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
        const timer: unknown = real(() => {
          timers.delete(timer);
          run(...given);
        }, ms);
        timers.add(timer);
        return timer;
      };
    const untimed = (real: typeof clearTimeout) => (timer: number) => {
      timers.delete(timer);
      real(timer);
    };
    const observed = <
      T extends new (...given: never[]) => {observe(...given: never[]): void; disconnect(): void},
    >(
      Real: T,
    ) =>
      class extends (Real as unknown as new (...given: unknown[]) => {
        observe(...given: unknown[]): void;
        disconnect(): void;
      }) {
        override observe(...given: unknown[]) {
          observers.add(this);
          super.observe(...given);
        }
        override disconnect() {
          observers.delete(this);
          super.disconnect();
        }
      };
    Object.assign(globalThis, {
      setTimeout: timed(setTimeout),
      clearTimeout: untimed(clearTimeout),
      setInterval: timed(setInterval as typeof setTimeout),
      clearInterval: untimed(clearInterval),
      MutationObserver: observed(MutationObserver),
      IntersectionObserver: observed(IntersectionObserver),
    });
    return {
      kept: () => ({
        listeners: listeners.filter(
          ({target, signal}) =>
            !signal?.aborted && !(target instanceof AbortSignal && target.aborted),
        ).length,
        timers: timers.size,
        observers: observers.size,
      }),
      restore() {
        Object.assign(EventTarget.prototype, {addEventListener, removeEventListener});
        Object.assign(globalThis, {setTimeout, clearTimeout, setInterval, clearInterval});
        Object.assign(globalThis, {MutationObserver, IntersectionObserver});
      },
    };
  };

  const framework = (
    command: string,
    _version: number,
    listener: (...given: unknown[]) => void,
  ) => {
    if (command !== 'addEventListener') return;
    const purpose = {consents: {1: true}};
    listener({eventStatus: 'tcloaded', purpose, listenerId: 1}, true);
  };

  const kinds: Readonly<Record<string, readonly [StartOptions, readonly Campaign[], string]>> = {
    'nothing to ask': [{}, [], ''],
    'an appeal in each article': [{}, [{id: 'winter', place: {selector: 'main'}}], ''],
    'a bar that waits for its moment': [{}, [{id: 'winter', format: 'bar'}], ''],
    'an appeal of the page’s own that has been snoozed': [{}, [], words()],
    'a consent framework': [{consent: 'tcf'}, [], ''],
    'a consent framework that never comes': [{consent: 'gpp'}, [], ''],
    'a callback': [{consent: () => Promise.resolve(true)}, [], ''],
  };

  for (const [what, [options, campaigns, html]] of Object.entries(kinds))
    it(`leaves listeners, timers and observers as they were, given ${what}`, async () => {
      if (html) snooze();
      main.innerHTML = `<p>Story</p>${html}`;
      Object.assign(globalThis, {__tcfapi: framework});
      const counter = count();
      try {
        await begin(campaigns, options);
        const go = async (n: number) => {
          history.replaceState(null, '', `/news/${n % 50}`);
          session!.navigate();
          // A view's promises, and what it imports.
          for (let step = 0; step < 20; step += 1) await Promise.resolve();
        };
        for (let n = 0; n < 20; n += 1) await go(n);
        await page().answered;
        await aTimeout(300);
        const before = counter.kept();
        for (let n = 0; n < 1000; n += 1) await go(n);
        await aTimeout(2500);
        const after = counter.kept();
        for (const name of ['listeners', 'timers', 'observers'] as const)
          expect(after[name], name).to.be.most(before[name] + 2);
      } finally {
        counter.restore();
        Reflect.deleteProperty(globalThis, '__tcfapi');
      }
    });
});
