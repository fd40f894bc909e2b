/** Lists the page views to compare. */

import {readIntegrity} from './sizes.js';

/** A kind of page view of the article. */
export interface Scenario {
  readonly id: string;
  readonly name: string;
  /** The markup in the page's `<head>`. */
  readonly head: string;
  /** The markup after the fifth paragraph. */
  readonly appeal: string;
  /** Whether a form is expected to appear. */
  readonly shows: boolean;
  /** Whether the reader has closed an appeal recently. */
  readonly snoozed: boolean;
}

const words = `
  <h2 slot="heading">A message from The Harbour Post</h2>
  <p>The Harbour Post has no owner but its readers. Their support, <strong>monthly from $2</strong>,
  pays for mornings spent counting passengers and evenings spent reading bylaws.</p>
  <p>If that seems worth having, join them. If not today, read on; the story is free either way.</p>`;

const byHand = `<support-appeal campaign="bench" currency="USD" checkout="/checkout">${words}
  <span slot="reassurance">Change it or stop it whenever you like.</span></support-appeal>`;

const tag = '<script type="module" src="/js/reader-support.js"></script>';
const withFile =
  '<script type="module" src="/js/reader-support.js" data-campaigns="/campaigns.json"></script>';

/** The line that fetches the campaigns file beside the loader. */
const fileLine = '<link rel="preload" href="/campaigns.json" as="fetch" crossorigin>';

/** The tag that fetches the interface beside the campaigns file. */
const withPreload = withFile.replace('></script>', ' data-preload></script>');

/** A campaigns file with the same copy, and where its one campaign stands. */
const fileWith = (place: object): string =>
  JSON.stringify({
    publication: 'The Harbour Post',
    currency: 'USD',
    checkout: '/checkout',
    campaigns: [
      {
        id: 'bench',
        ...place,
        copy: {
          heading: 'A message from {publication}',
          body: [
            '{publication} has no owner but its readers. Their support, **monthly from {from}**, pays for mornings spent counting passengers and evenings spent reading bylaws.',
            'If that seems worth having, join them. If not today, read on; the story is free either way.',
          ],
          reassurance: 'Change it or stop it whenever you like.',
        },
      },
    ],
  });

const inArticle = {place: {selector: '.story', paragraph: 5}};

/** The campaigns file that the page names. */
export const campaigns: string = fileWith(inArticle);

/** The script tag with its campaigns in the page, which costs no request. */
const withInline = (place: object): string =>
  `<script type="application/json" id="campaigns">${fileWith(place)}</script>` +
  '<script type="module" src="/js/reader-support.js" data-campaigns="#campaigns"></script>';

const atOnce = {trigger: {seconds: 0}};

/** The same for a bar that is due at once, opened, so that the same form is compared. */
export const barCampaigns: string = fileWith({format: 'bar', collapsed: false, ...atOnce});

/** The same for pages of another section: the loader finds that out when the file is here. */
export const campaignsElsewhere: string = fileWith({
  ...inArticle,
  audience: {include: {section: ['Sport']}},
});

/** Returns every page view, the baselines first. */
export function scenarios(): Scenario[] {
  const preload = readIntegrity().preload.map(
    file => `<link rel="modulepreload" href="/js/${file}" />`,
  );
  const shown = {shows: true, snoozed: false};
  const quiet = {shows: false, snoozed: true};
  const undue = {shows: false, snoozed: false};
  return [
    {id: 'article', name: 'article alone', head: '', appeal: '', shows: false, snoozed: false},
    {
      id: 'vanilla',
      name: 'hand-written form',
      head: '<script type="module" src="/vanilla-form.js"></script>',
      appeal: `<vanilla-form>${words}</vanilla-form>`,
      ...shown,
    },
    {id: 'appeal', name: 'appeal', head: tag, appeal: byHand, ...shown},
    {
      id: 'preload',
      name: 'appeal, modulepreload',
      head: preload.join('') + tag,
      appeal: byHand,
      ...shown,
    },
    {id: 'file', name: 'appeal, campaigns file', head: withFile, appeal: '', ...shown},
    {
      id: 'file-beside',
      name: 'appeal, campaigns file, data-preload',
      head: withPreload,
      appeal: '',
      ...shown,
    },
    {
      id: 'file-line',
      name: 'appeal, campaigns file preloaded',
      head: fileLine + withFile,
      appeal: '',
      ...shown,
    },
    {
      id: 'file-preload',
      name: 'appeal, campaigns file, both preloaded',
      head: preload.join('') + fileLine + withFile,
      appeal: '',
      ...shown,
    },
    {
      id: 'inline',
      name: 'appeal, campaigns in the page',
      head: withInline(inArticle),
      appeal: '',
      ...shown,
    },
    {
      id: 'bar',
      name: 'bar at once, campaigns file',
      head: withFile.replace('/campaigns.json', '/bar.json'),
      appeal: '',
      ...shown,
    },
    {
      id: 'bar-beside',
      name: 'bar at once, campaigns file, data-preload',
      head: withPreload.replace('/campaigns.json', '/bar.json'),
      appeal: '',
      ...shown,
    },
    {
      id: 'dialog',
      name: 'dialog at once, campaigns in the page',
      head: withInline({format: 'dialog', ...atOnce}),
      appeal: '',
      ...shown,
    },
    {id: 'quiet', name: 'nothing due', head: tag, appeal: byHand, ...quiet},
    {
      id: 'quiet-file',
      name: 'nothing due, campaigns file',
      head: withFile,
      appeal: '',
      ...quiet,
    },
    {
      id: 'quiet-beside',
      name: 'nothing due, campaigns file, data-preload',
      head: withPreload,
      appeal: '',
      ...quiet,
    },
    {
      id: 'elsewhere',
      name: 'another section, campaigns file',
      head: withFile.replace('/campaigns.json', '/elsewhere.json'),
      appeal: '',
      ...undue,
    },
    {
      id: 'elsewhere-beside',
      name: 'another section, campaigns file, data-preload',
      head: withPreload.replace('/campaigns.json', '/elsewhere.json'),
      appeal: '',
      ...undue,
    },
  ];
}
