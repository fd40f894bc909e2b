import {aTimeout, expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {stored} from '../../src/browser/storage/stored.js';
import {start, type SupportSession} from '../../src/page/start.js';
import {waitUntil} from '../wait-until.js';

type Listener = (data: unknown, success: boolean) => void;

const answers = {
  tcf: {eventStatus: 'tcloaded', purpose: {consents: {1: true}}},
  gpp: {pingData: {signalStatus: 'ready', parsedSections: {}}},
};

const address = location.href;

describe('consent over the routes of a session', () => {
  const commands: string[] = [];
  const listeners = new Map<number, Listener>();
  let article: HTMLElement;
  let session: SupportSession | undefined;
  let skips = 0;
  const countSkip = () => (skips += 1);

  beforeEach(() => {
    localStorage.clear();
    commands.length = skips = 0;
    listeners.clear();
    article = document.createElement('article');
    document.body.append(article);
    document.addEventListener('support-skipped', countSkip);
  });
  afterEach(() => {
    session?.stop();
    article.remove();
    document.removeEventListener('support-skipped', countSkip);
    history.replaceState(null, '', address);
    localStorage.clear();
    for (const name of ['__tcfapi', '__gpp']) Reflect.deleteProperty(globalThis, name);
    const shared = page();
    for (const name of Object.keys(shared)) Reflect.deleteProperty(shared, name);
  });

  const install = (setting: 'tcf' | 'gpp') => {
    const api = (command: string, ...rest: unknown[]) => {
      commands.push(command);
      const [listener, parameter] = (setting === 'tcf' ? rest.slice(1) : rest) as [
        Listener,
        number,
      ];
      if (command === 'removeEventListener') listeners.delete(parameter);
      if (command !== 'addEventListener') return;
      const listenerId = commands.length;
      listeners.set(listenerId, listener);
      listener({...answers[setting], listenerId}, true);
    };
    Object.assign(globalThis, {[setting === 'tcf' ? '__tcfapi' : '__gpp']: api});
  };

  /** Goes to another article, as an app does that calls `navigate()`. */
  const visit = async (path: string) => {
    const before = skips;
    history.pushState(null, '', path);
    session!.navigate();
    await waitUntil(() => skips > before);
  };

  const begin = async (consent: 'tcf' | 'gpp' | (() => boolean | Promise<boolean>)) => {
    session = start({campaigns: {campaigns: []}, consent});
    await waitUntil(() => skips > 0);
  };

  const articles = () => stored().state.read.length;

  for (const setting of ['tcf', 'gpp'] as const)
    it(`asks ${setting} once in twenty routes, counts each article, and ends with the session`, async () => {
      install(setting);
      await begin(setting);
      await waitUntil(() => articles() === 1);
      for (let route = 1; route <= 20; route += 1) {
        await visit(`/news/${route}`);
        await waitUntil(() => articles() === route + 1, `article ${route}`);
      }
      expect([commands, listeners.size]).to.deep.equal([['addEventListener'], 1]);
      expect(page().full).to.equal(true);
      session!.stop();
      expect(commands).to.deep.equal(['addEventListener', 'removeEventListener']);
      expect(listeners.size).to.equal(0);
    });

  it('hears a change of mind routes later, once', async () => {
    install('tcf');
    await begin('tcf');
    for (const [before, path] of ['/a', '/b', '/c'].entries()) {
      await visit(path);
      // It is counted once what writes the record has been fetched, at the address that the page has then.
      await waitUntil(() => articles() === before + 2, `an article at ${path}`);
    }
    const refusal = {eventStatus: 'useractioncomplete', purpose: {consents: {}}};
    for (const [listenerId, listener] of listeners) listener({...refusal, listenerId}, true);
    expect([articles(), page().full]).to.deep.equal([0, false]);
    await visit('/d');
    await aTimeout(50);
    expect([articles(), page().full]).to.deep.equal([0, false]);
  });

  it('asks a callback on each view', async () => {
    let isGiven = true;
    let questions = 0;
    await begin(() => {
      questions += 1;
      return Promise.resolve(isGiven);
    });
    await waitUntil(() => articles() === 1);
    await visit('/a');
    await waitUntil(() => articles() === 2);
    isGiven = false;
    await visit('/b');
    await waitUntil(() => articles() === 0);
    expect([questions, page().full]).to.deep.equal([3, false]);
  });

  it('goes by the view’s own answer, given a callback that answers the view before last', async () => {
    const pending: ((isGiven: boolean) => void)[] = [];
    await begin(() => new Promise(resolve => pending.push(resolve)));
    await waitUntil(() => pending.length === 1);
    await visit('/a');
    await waitUntil(() => pending.length === 2);
    pending[1]!(false);
    pending[0]!(true);
    await aTimeout(50);
    expect([articles(), page().full]).to.deep.equal([0, false]);
  });

  it('leaves what is kept alone while a callback is asked again', async () => {
    let answer: boolean | Promise<boolean> = true;
    await begin(() => answer);
    await waitUntil(() => articles() === 1);
    answer = new Promise(() => {});
    await visit('/a');
    await aTimeout(50);
    expect([articles(), page().full]).to.deep.equal([1, true]);
  });
});
