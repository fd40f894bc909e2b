import {expect} from '@open-wc/testing';
import {watchConsent, type ConsentSetting} from '../../src/browser/consent/consent-signal.js';

type Listener = (data: unknown, success: boolean) => void;
type Call = readonly [command: string, ...rest: unknown[]];

const yes = {
  tcf: {eventStatus: 'tcloaded', purpose: {consents: {1: true}}},
  gpp: {pingData: {signalStatus: 'ready', parsedSections: {}}},
};
const no = {
  tcf: {eventStatus: 'useractioncomplete', purpose: {consents: {}}},
  gpp: {pingData: {signalStatus: 'ready', parsedSections: {usnat: {SaleOptOut: 1}}}},
};
const asking = {
  tcf: {eventStatus: 'cmpuishown', purpose: {consents: {}}},
  gpp: {pingData: {signalStatus: 'not ready', parsedSections: {}}},
};

const names = {tcf: '__tcfapi', gpp: '__gpp'} as const;

for (const setting of ['tcf', 'gpp'] as const)
  describe(`watchConsent() with ${setting}`, () => {
    const calls: Call[] = [];
    const listeners = new Map<number, Listener>();
    const reports: boolean[] = [];
    const timers: {readonly at: number; readonly run: () => void}[] = [];
    const {setTimeout: realSetTimeout, clearTimeout: realClearTimeout} = globalThis;
    let now = 0;
    let session: AbortController;

    /** The framework, which answers a new listener at once if it has something to say. */
    const install = (first?: object) => {
      const api = (command: string, ...rest: unknown[]) => {
        calls.push([command, ...rest]);
        const [listener, parameter] = (setting === 'tcf' ? rest.slice(1) : rest) as [
          Listener,
          number,
        ];
        if (command === 'removeEventListener') listener(listeners.delete(parameter), true);
        if (command !== 'addEventListener') return;
        const listenerId = calls.length + 40;
        listeners.set(listenerId, listener);
        if (first) listener({...first, listenerId}, true);
      };
      Object.assign(globalThis, {[names[setting]]: api});
    };
    const say = (data: object) => {
      for (const [listenerId, listener] of listeners) listener({...data, listenerId}, true);
    };
    const added = () => calls.filter(([command]) => command === 'addEventListener').length;

    /** Lets so many ms pass, for timers too. */
    const pass = (ms: number) => {
      const end = now + ms;
      for (;;) {
        const next = timers.reduce((a, b) => (b.at < a.at ? b : a), {at: Infinity, run() {}});
        if (next.at > end) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = end;
    };

    beforeEach(() => {
      calls.length = reports.length = timers.length = now = 0;
      listeners.clear();
      session = new AbortController();
      globalThis.setTimeout = ((run: (...given: unknown[]) => void, ms: number, ...given: []) => {
        const timer = {at: now + ms, run: () => run(...given)};
        timers.push(timer);
        return timer;
      }) as unknown as typeof setTimeout;
      globalThis.clearTimeout = ((timer: (typeof timers)[number]) => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      }) as unknown as typeof clearTimeout;
    });
    afterEach(() => {
      session.abort();
      globalThis.setTimeout = realSetTimeout;
      globalThis.clearTimeout = realClearTimeout;
      Reflect.deleteProperty(globalThis, names[setting]);
    });

    const watch = (given: ConsentSetting = setting) =>
      watchConsent(given, isGiven => reports.push(isGiven), session.signal);

    for (const ms of [0, 90, 400, 1250, 2850])
      it(`asks a framework that comes after ${ms} ms, once, and hears a yes before the time is up`, () => {
        watch();
        pass(ms);
        install(yes[setting]);
        pass(100);
        expect(reports).to.deep.equal([true]);
        pass(100_000);
        expect([reports, added(), timers.length]).to.deep.equal([[true], 1, 0]);
      });

    for (const ms of [3500, 12_000, 59_000])
      it(`counts a yes from then on, given a framework that comes after ${ms} ms`, () => {
        watch();
        pass(ms);
        expect(reports).to.deep.equal([false]);
        install(asking[setting]);
        pass(1000);
        expect([reports, added()]).to.deep.equal([[false], 1]);
        say(yes[setting]);
        expect(reports).to.deep.equal([false, true]);
      });

    it('hears an answer that comes minutes after the question, and each change of mind', () => {
      install(asking[setting]);
      watch();
      pass(240_000);
      expect(reports).to.deep.equal([false]);
      for (const answer of [yes, no, yes]) say(answer[setting]);
      expect([reports, added()]).to.deep.equal([[false, true, false, true], 1]);
    });

    it('looks no longer than a minute for a framework, and then leaves no timer', () => {
      watch();
      pass(62_000);
      expect([reports, timers.length]).to.deep.equal([[false], 0]);
      install(yes[setting]);
      pass(100_000);
      expect(added()).to.equal(0);
    });

    it('leaves nothing behind when it ends: no listener of the framework, no timer', () => {
      install(yes[setting]);
      watch();
      expect(listeners.size).to.equal(1);
      session.abort();
      expect([listeners.size, timers.length]).to.deep.equal([0, 0]);
      say(no[setting]);
      expect(reports).to.deep.equal([true]);
    });

    it('takes its listener from a stub that answers only after the end', () => {
      const waiting: Listener[] = [];
      const stub = (command: string, ...rest: unknown[]) => {
        calls.push([command, ...rest]);
        if (command === 'addEventListener') waiting.push(rest[setting === 'tcf' ? 1 : 0] as never);
      };
      Object.assign(globalThis, {[names[setting]]: stub});
      watch();
      session.abort();
      expect(calls.length).to.equal(1);
      waiting[0]!({...yes[setting], listenerId: 7}, true);
      expect(calls[1]![0]).to.equal('removeEventListener');
      expect(calls[1]!.at(-1)).to.equal(7);
      expect(reports).to.deep.equal([]);
    });

    it('looks no more for a framework once it has ended', () => {
      watch();
      pass(500);
      session.abort();
      install(yes[setting]);
      pass(10_000);
      expect([added(), reports, timers.length]).to.deep.equal([0, [], 0]);
    });

    it('asks nothing, given a signal that is aborted already', () => {
      install(yes[setting]);
      session.abort();
      watch();
      expect([added(), timers.length]).to.deep.equal([0, 0]);
    });

    it('asks once, given a framework that throws', () => {
      const throwing = () => {
        calls.push(['addEventListener']);
        throw new Error('broken');
      };
      Object.assign(globalThis, {[names[setting]]: throwing});
      watch();
      pass(100_000);
      expect([added(), reports]).to.deep.equal([1, [false]]);
    });
  });
