import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {parseHTML} from 'linkedom';
import {startDemo, type Demo} from '../../demo/server.js';

describe('the pages of the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({port: 0, host: '127.0.0.1'});
  });
  after(() => demo.stop());

  const open = async (path: string) =>
    parseHTML(await (await fetch(demo.site + path)).text()).document;

  it('say which section of the paper they are, once', async () => {
    for (const path of ['/', '/article.html', '/spa/', '/arabic.html', '/support.html']) {
      const page = await open(path);
      const current = [...page.querySelectorAll('.masthead [aria-current]')];
      assert.deepEqual(
        current.map(link => link.getAttribute('href')),
        [path],
      );
    }
    const outside = await open('/state.html');
    assert.equal(outside.querySelectorAll('.masthead [aria-current]').length, 0);
  });

  it('thank nobody who has not given', async () => {
    const page = await open('/thanks.html');
    page.querySelector('support-thanks')?.remove();
    assert.doesNotMatch(page.body.textContent, /thank you|you have just paid/i);
  });

  it('lead to one another from every story', async () => {
    for (const path of ['/article.html', '/experiment.html', '/members.html', '/gift']) {
      const page = await open(path);
      assert.ok(page.querySelector('.about-demo a[href="/state.html"]'), path);
    }
  });
});
