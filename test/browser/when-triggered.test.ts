import {aTimeout, expect} from '@open-wc/testing';
import {whenTriggered} from '../../src/browser/placement/when-triggered.js';

const tall = '<div style="height:4000px"></div>';
const full = 'height:100vh;overflow-y:auto';

describe('whenTriggered()', () => {
  let style: HTMLStyleElement;
  let holder: HTMLElement;
  let trigger: AbortController;
  beforeEach(() => {
    trigger = new AbortController();
    style = document.head.appendChild(document.createElement('style'));
    holder = document.body.appendChild(document.createElement('div'));
  });
  afterEach(() => {
    trigger.abort();
    style.remove();
    holder.remove();
    scrollTo(0, 0);
  });

  /** Starts to wait; returns whether the trigger has come. */
  function wait(scroll = 50): () => Promise<boolean> {
    let isDue = false;
    void whenTriggered({scroll}, trigger.signal).then(() => {
      isDue = true;
    });
    return async () => {
      // A scroll event comes with the next frame.
      await new Promise(resolve => requestAnimationFrame(resolve));
      await aTimeout(20);
      return isDue;
    };
  }

  const rows: readonly {given: string; css?: string; html: string; scroller: () => Element}[] = [
    {
      given: 'the document',
      html: `<article>${tall}</article>`,
      scroller: () => document.documentElement,
    },
    {
      given: '<main>',
      html: `<main style="${full}"><article>${tall}</article></main>`,
      scroller: () => holder.querySelector('main')!,
    },
    {
      given: 'the article itself',
      html: `<article style="${full}">${tall}</article>`,
      scroller: () => holder.firstElementChild!,
    },
    {
      given: '<body>',
      css: `html{height:100%;overflow:hidden} body{height:100%;margin:0;overflow:auto}`,
      html: `<article>${tall}</article>`,
      scroller: () => document.body,
    },
    {
      given: 'the document, with overflow on <body>',
      css: 'html,body{height:100%} body{overflow:auto}',
      html: `<article>${tall}</article>`,
      scroller: () => document.documentElement,
    },
    {
      given: 'a box without an article or <main>',
      html: `<div style="${full}">${tall}</div>`,
      scroller: () => holder.firstElementChild!,
    },
    {
      given: 'a box beside one that scrolls as well',
      html: `<aside style="height:90px;overflow:auto">${tall}</aside><main style="height:400px;overflow:scroll">${tall}</main>`,
      scroller: () => holder.querySelector('main')!,
    },
  ];
  for (const {given, css = '', html, scroller} of rows) {
    it(`comes at half of what scrolls, given ${given}`, async () => {
      style.textContent = css;
      holder.innerHTML = html;
      const isDue = wait();
      expect(await isDue(), 'at the top').to.equal(false);
      const element = scroller();
      const height = element.scrollHeight - element.clientHeight;
      expect(height).to.be.above(1000);
      element.scrollTop = height * 0.4;
      expect(await isDue(), 'at 40 %').to.equal(false);
      element.scrollTop = height * 0.6;
      expect(await isDue(), 'at 60 %').to.equal(true);
    });
  }

  it('comes at half of a box in a shadow root that scrolls an article', async () => {
    holder.innerHTML = `<article>${tall}</article>`;
    const root = holder.attachShadow({mode: 'open'});
    root.innerHTML = `<div style="${full}"><slot></slot></div>`;
    const isDue = wait();
    expect(await isDue()).to.equal(false);
    root.querySelector('div')!.scrollTop = 4000;
    expect(await isDue()).to.equal(true);
  });

  it('does not come when a box beside the article scrolls', async () => {
    holder.innerHTML = `<div id="side" style="height:90px;overflow:auto">${tall}</div><article>${tall}</article>`;
    const isDue = wait();
    holder.querySelector('#side')!.scrollTop = 4000;
    expect(await isDue()).to.equal(false);
  });

  const short: readonly {given: string; css?: string; html: string}[] = [
    {given: 'a page shorter than the window', html: '<article><p>Short</p></article>'},
    {given: 'a page without an article', html: '<p>Short</p>'},
    {given: 'a box that could scroll', html: `<main style="${full}"><p>Short</p></main>`},
    {
      given: 'a clipped article',
      html: `<article style="max-height:100px;overflow:hidden">${tall}</article>`,
    },
  ];
  for (const {given, html} of short) {
    it(`comes at once, given ${given}, which is wholly in view`, async () => {
      style.textContent = 'body{margin:0}';
      holder.innerHTML = html;
      expect(await wait(100)()).to.equal(true);
    });
  }
});
