import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import {requestTurn, type Turn} from '../../src/browser/overlays/turn.js';
import {nextTask} from '../fake-timers.js';

/** Asks for a turn and notes under its name when it came, or that it did not. */
function inLine(log: string[], name: string, options?: {priority?: number; timeoutMs?: number}) {
  const turn = requestTurn(options);
  void turn.then(given => log.push(given ? name : `${name} gave up`));
  return turn;
}

/** Long enough for everything that waits for nothing but promises. */
const settled = nextTask;

describe('requestTurn()', () => {
  beforeEach(() => {
    const {waiting} = page();
    waiting?.splice(0);
    page().busy = false;
  });

  it('gives one turn at a time, and the next when that is given back', async () => {
    const log: string[] = [];
    const first = inLine(log, 'first');
    void inLine(log, 'second');
    await settled();
    expect(log).to.deep.equal(['first']);
    (await first)!.release();
    await settled();
    expect(log).to.deep.equal(['first', 'second']);
  });

  it('lets a site’s own overlay go before an appeal that asked in the same task', async () => {
    const log: string[] = [];
    const turns = [
      inLine(log, 'appeal', {priority: -1}),
      inLine(log, 'newsletter'),
      inLine(log, 'alert', {priority: 5}),
      inLine(log, 'poll'),
    ];
    for (let n = 0; n < turns.length; n += 1) {
      await settled();
      expect(log).to.have.length(n + 1);
      const last = log.at(-1)!;
      (await turns[['appeal', 'newsletter', 'alert', 'poll'].indexOf(last)]!)!.release();
    }
    expect(log).to.deep.equal(['alert', 'newsletter', 'poll', 'appeal']);
  });

  it('takes no turn away from an overlay that has it, whatever the priority', async () => {
    const log: string[] = [];
    void inLine(log, 'appeal', {priority: -1});
    await settled();
    void inLine(log, 'alert', {priority: 5});
    await settled();
    expect(log).to.deep.equal(['appeal']);
  });

  it('comes to nothing when none came in time, and leaves no place in the line', async () => {
    const log: string[] = [];
    const held = await inLine(log, 'held');
    const late = inLine(log, 'late', {timeoutMs: 20});
    expect(await late).to.equal(undefined);
    const after = inLine(log, 'after');
    held!.release();
    await after;
    expect(log).to.deep.equal(['held', 'late gave up', 'after']);
    expect(page().waiting).to.be.empty;
  });

  it('can be given back twice without letting two in', async () => {
    const log: string[] = [];
    const first = (await inLine(log, 'first')) as Turn;
    void inLine(log, 'second');
    void inLine(log, 'third');
    first.release();
    first.release();
    await settled();
    expect(log).to.deep.equal(['first', 'second']);
  });

  it('is shared by every copy of the library on the page', async () => {
    const log: string[] = [];
    await inLine(log, 'ours');
    const copy = '../../src/browser/overlays/turn.ts?another-copy';
    const another = (await import(copy)) as {requestTurn: typeof requestTurn};
    expect(another.requestTurn).not.to.equal(requestTurn);
    expect(await another.requestTurn({timeoutMs: 20})).to.equal(undefined);
  });
});
