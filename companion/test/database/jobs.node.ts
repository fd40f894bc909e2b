import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runJobs, type Turn} from '../../src/companion.js';
import {testLimit} from '../../../test/time-limit.js';
import {setImmediate as nextTurn} from 'node:timers/promises';

const hour = 3_600_000;

describe('runJobs()', {timeout: testLimit}, () => {
  it('runs a job at once, and again after its interval', async () => {
    let turns = 0;
    await new Promise<void>(resolve => {
      const run = () => {
        turns += 1;
        if (turns === 3) resolve();
        return Promise.resolve(turns);
      };
      const jobs = runJobs([{name: 'often', every: 1, run}], ({done}) => {
        if (done === 3) void jobs.stop();
      });
    });
    assert.equal(turns, 3);
  });

  it('stops while it waits for the next run', async () => {
    const heard: Turn[] = [];
    const run = () => Promise.resolve(0);
    const jobs = await new Promise<ReturnType<typeof runJobs>>(resolve => {
      const started = runJobs([{name: 'seldom', every: hour, run}], turn => {
        heard.push(turn);
        void nextTurn().then(() => resolve(started));
      });
    });
    await jobs.stop();
    assert.deepEqual(heard, [{job: 'seldom', done: 0}]);
  });

  it('lets the current run end on stop(), and starts no other', async () => {
    let end = () => {};
    const ended = new Promise<void>(resolve => (end = resolve));
    let turns = 0;
    const run = async () => {
      turns += 1;
      await ended;
      return 1;
    };
    const jobs = runJobs([{name: 'long', every: hour, run}]);
    let hasStopped = false;
    const stopped = jobs.stop().then(() => (hasStopped = true));
    await nextTurn();
    assert.equal(hasStopped, false);
    end();
    await stopped;
    assert.equal(turns, 1);
  });

  it('reports a failed run without the error’s message, and continues', async () => {
    const heard: Turn[] = [];
    await new Promise<void>(resolve => {
      const run = () => Promise.reject(new RangeError('reader@example.com'));
      const jobs = runJobs([{name: 'bad', every: 1, run}], turn => {
        heard.push(turn);
        if (heard.length === 2) void jobs.stop().then(resolve);
      });
    });
    assert.deepEqual(heard, Array(2).fill({job: 'bad', failed: 'RangeError'}));
  });
});
