import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {parseHTML} from 'linkedom';
import {startDemo, type Demo} from '../../demo/server.js';
import {parseCampaigns} from '../../src/core/campaigns/parse-campaigns.js';
import type {Campaign} from '../../src/core/campaigns/campaign.js';

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

const demoFile = (path: string): string =>
  readFileSync(new URL(`../../demo/${path}`, import.meta.url), 'utf8');

function campaignsIn(name: string): readonly Campaign[] {
  const parsed = parseCampaigns(demoFile(`support/${name}`));
  assert.deepEqual(parsed.ok ? [] : parsed.problems, [], name);
  return parsed.ok ? parsed.file.campaigns : [];
}

describe('the campaigns of the demo', () => {
  it('pass the check', () => {
    for (const name of ['campaigns.json', 'experiment.json']) campaignsIn(name);
  });

  it('show every part of a letter, and a collapsed bar', () => {
    const campaigns = campaignsIn('campaigns.json');
    const letter = campaigns.find(({id}) => id === 'quay');
    const parts = ['kicker', 'highlight', 'byline', 'benefits', 'secondary', 'amounts'] as const;
    assert.deepEqual(
      parts.filter(part => !letter?.copy?.[part]),
      [],
    );
    assert.ok(letter?.image);
    const bar = campaigns.find(({format}) => format === 'bar');
    assert.ok(bar?.collapsed);
    assert.ok(bar.copy?.collapsed);
  });

  it('have pictures of the paper’s own, in the measures that the file gives', () => {
    const campaigns = campaignsIn('campaigns.json');
    const images = campaigns.flatMap(({image}) => image ?? []);
    const portraits = campaigns.flatMap(({copy, copies = {}}) =>
      [copy, ...Object.values(copies)].flatMap(words => words?.byline?.portrait ?? []),
    );
    assert.ok(images.length > 0 && portraits.length > 1);
    const measured = [
      ...images.map(({src, width, height}) => ({src, size: `width="${width}" height="${height}"`})),
      ...portraits.map(src => ({src, size: 'width="112" height="112"'})),
    ];
    for (const {src, size} of measured) {
      assert.match(src, /^\/images\/[\w-]+\.svg$/);
      const svg = demoFile(src.slice(1));
      assert.ok(svg.includes(size), `${src}: ${size}`);
      assert.doesNotMatch(svg, /href|url\(|<script|<image/, src);
    }
  });
});
