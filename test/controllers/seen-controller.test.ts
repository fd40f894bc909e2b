import {expect, fixture, html} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {SeenController} from '../../src/controllers/seen-controller.js';
import {FakeTimers, nextFrames} from '../fake-timers.js';

/** A host that has nothing but controllers. */
function aHost() {
  const controllers: ReactiveController[] = [];
  const host: ReactiveControllerHost = {
    addController: controller => controllers.push(controller),
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  return {host, disconnect: () => controllers.forEach(one => one.hostDisconnected?.())};
}

async function aBox(height: number, above = 0): Promise<HTMLElement> {
  const parent = await fixture<HTMLElement>(html`<div><div></div></div>`);
  const box = parent.firstElementChild as HTMLElement;
  parent.style.paddingTop = `${above}px`;
  parent.style.paddingBottom = '3000px';
  box.style.height = `${height}px`;
  return box;
}

describe('SeenController', () => {
  let timers: FakeTimers;
  beforeEach(async () => {
    await setViewport({width: 800, height: 600});
    scrollTo(0, 0);
  });
  afterEach(() => timers.restore());

  for (const {given, height, above, seen} of [
    {given: 'a box in view', height: 200, above: 0, seen: 1},
    {given: 'a third of a box in view', height: 300, above: 500, seen: 0},
    {given: 'half of a box in view', height: 300, above: 450, seen: 1},
    {given: 'a box many windows tall that fills this one', height: 5000, above: 0, seen: 1},
    {given: 'a box below the window', height: 200, above: 900, seen: 0},
  ]) {
    it(`sees ${seen ? 'it' : 'nothing'}, given ${given}`, async () => {
      let count = 0;
      const {host} = aHost();
      const box = await aBox(height, above);
      timers = new FakeTimers();
      const controller = new SeenController(host, () => count++);
      controller.watch(box);
      await nextFrames();
      await timers.advance(999);
      expect(count).to.equal(0);
      await timers.advance(1);
      expect(count).to.equal(seen);
      await timers.advance(60_000);
      expect(count).to.equal(seen);
      controller.stop();
    });
  }

  it('starts the second anew when the box leaves the window in between', async () => {
    let count = 0;
    const {host} = aHost();
    const box = await aBox(200);
    timers = new FakeTimers();
    new SeenController(host, () => count++).watch(box);
    await nextFrames();
    await timers.advance(600);
    scrollTo(0, 2000);
    await nextFrames();
    await timers.advance(600);
    scrollTo(0, 0);
    await nextFrames();
    await timers.advance(999);
    expect(count).to.equal(0);
    await timers.advance(1);
    expect(count).to.equal(1);
  });

  it('sees no more once its host is gone', async () => {
    let count = 0;
    const {host, disconnect} = aHost();
    const box = await aBox(200);
    timers = new FakeTimers();
    new SeenController(host, () => count++).watch(box);
    await nextFrames();
    await timers.advance(999);
    disconnect();
    await timers.advance(60_000);
    expect(count).to.equal(0);
  });
});
