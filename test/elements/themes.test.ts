import {expect} from '@open-wc/testing';
import {page} from '../../src/browser/page.js';
import type {CampaignsFile} from '../../src/core/campaigns/campaign.js';
import '../../src/define/support-appeal.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {start} from '../../src/page/start.js';
import {broadsheet} from '../../src/themes/broadsheet.js';
import {gazette} from '../../src/themes/gazette.js';
import {review} from '../../src/themes/review.js';
import {waitUntil} from '../wait-until.js';

type Color = readonly [number, number, number, number];

/** Any CSS colour, as a browser computes it, in sRGB. */
function parts(color: string): Color {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

/** A colour as it is seen over others, the lowest last. */
const seen = ([top, ...below]: readonly string[]): Color => {
  const [red, green, blue, alpha] = parts(top!);
  if (alpha === 1 || below.length === 0) return [red, green, blue, 1];
  const under = seen(below);
  const mix = (at: 0 | 1 | 2) => [red, green, blue][at]! * alpha + under[at] * (1 - alpha);
  return [mix(0), mix(1), mix(2), 1];
};

const luminance = (color: Color) => {
  const [red = 0, green = 0, blue = 0] = color.slice(0, 3).map(part => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (front: readonly string[], back: readonly string[]) => {
  const [a, b] = [luminance(seen(front)), luminance(seen(back))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

const fetchedThemes = () =>
  performance.getEntriesByType('resource').filter(({name}) => name.includes('/themes/'));

const copy = {
  kicker: 'From the desk',
  heading: 'A letter',
  body: ['Words'],
  highlight: 'This stands out.',
};

async function anAppeal(props: Partial<SupportAppealElement>): Promise<SupportAppealElement> {
  const appeal = document.createElement('support-appeal');
  Object.assign(appeal, {copy, ...props});
  document.body.append(appeal);
  appeal.show({manual: true});
  await appeal.updateComplete;
  const ask = appeal.shadowRoot!.querySelector('support-ask')!;
  await waitUntil(() => ask.shadowRoot?.querySelector('[part=submit]'));
  return appeal;
}

const inks = (appeal: SupportAppealElement) => {
  const root = appeal.shadowRoot!;
  const ask = root.querySelector('support-ask')!.shadowRoot!;
  const style = (element: Element | null) => getComputedStyle(element!);
  return {
    sheet: style(appeal).backgroundColor,
    text: style(root.querySelector('h2')).color,
    kicker: style(root.querySelector('[part=kicker]')).color,
    highlight: style(root.querySelector('mark')).backgroundColor,
    muted: style(ask.querySelector('[part=trust]')).color,
    error: style(ask.querySelector('[part=error]')).color,
    button: style(ask.querySelector('[part=submit]')).backgroundColor,
    onButton: style(ask.querySelector('[part=submit]')).color,
    edge: style(ask.querySelector('[part=submit]')).borderTopColor,
    border: style(ask.querySelector('.tile > :not(:checked) + span')).borderTopColor,
    field: style(ask.querySelector('.tile > :not(:checked) + span')).backgroundColor,
    tint: style(ask.querySelector('.tile > :checked + span')).backgroundColor,
    chosen: style(ask.querySelector('.tile > :checked + span')).color,
  };
};

const schemes = ['light', 'dark'] as const;

describe('the themes of <support-appeal>', () => {
  afterEach(() => {
    for (const appeal of document.querySelectorAll('support-appeal')) appeal.remove();
    document.documentElement.style.colorScheme = '';
    document.getElementById('of-the-page')?.remove();
    localStorage.clear();
    sessionStorage.clear();
    const shared = page();
    delete shared.memory;
    delete shared.asked;
  });

  // The first of this file: what is fetched once stays.
  for (const theme of [undefined, 'default', 'constructor', 'Gazette', ''])
    it(`fetch nothing where the theme is ${JSON.stringify(theme)}, which is our own`, async () => {
      const before = fetchedThemes().length;
      const appeal = await anAppeal({theme: theme as 'default'});
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(fetchedThemes()).to.have.length(before);
      const ask = appeal.shadowRoot!.querySelector('support-ask')!.shadowRoot!;
      expect(getComputedStyle(ask.querySelector('[part=submit]')!).backgroundColor).to.equal(
        'rgb(255, 190, 46)',
      );
    });

  const themes = {broadsheet, gazette, review};
  for (const [name, declarations] of Object.entries(themes))
    for (const scheme of schemes)
      it(`give ${name} its own colours on a ${scheme} page before the first paint`, async () => {
        document.documentElement.style.colorScheme = scheme;
        const appeal = await anAppeal({theme: name as keyof typeof themes});
        const declared = (property: string) => {
          const pattern = new RegExp(`--support-${property}: light-dark\\((.+?), (.+?)\\)`);
          return seen([pattern.exec(declarations)![schemes.indexOf(scheme) + 1]!]);
        };
        const computed = inks(appeal);
        expect(appeal).to.have.attribute('theme', name);
        expect(seen([computed.sheet])).to.deep.equal(declared('background'));
        expect(seen([computed.text])).to.deep.equal(declared('text'));
        expect(seen([computed.muted])).to.deep.equal(declared('muted'));
        expect(seen([computed.kicker])).to.deep.equal(declared('kicker'));
        expect(seen([computed.button])).to.deep.equal(declared('accent'));
        expect(seen([computed.onButton])).to.deep.equal(declared('on-accent'));
        expect(seen([computed.tint])).to.deep.equal(declared('tint'));
        expect(seen([computed.highlight])).to.deep.equal(declared('highlight'));
      });

  for (const name of ['default', ...Object.keys(themes)])
    for (const scheme of schemes)
      it(`are legible, given ${name} on a ${scheme} page`, async () => {
        document.documentElement.style.colorScheme = scheme;
        const appeal = await anAppeal({theme: name as keyof typeof themes});
        const {sheet, ...ink} = inks(appeal);
        const paper = [sheet, scheme === 'dark' ? '#000' : '#fff'];
        const over = (color: string) => [color, ...paper];
        const pairs: readonly [string, number, number][] = [
          ['text on the sheet', contrast(over(ink.text), paper), 4.5],
          ['muted text', contrast(over(ink.muted), paper), 4.5],
          ['the kicker', contrast(over(ink.kicker), paper), 4.5],
          ['an error', contrast(over(ink.error), paper), 4.5],
          ['highlighted words', contrast(over(ink.text), over(ink.highlight)), 4.5],
          ['the button', contrast([ink.onButton], [ink.button]), 4.5],
          ['words on a tile', contrast(over(ink.text), over(ink.field)), 4.5],
          ['words on the chosen tile', contrast(over(ink.chosen), over(ink.tint)), 4.5],
          ['the edge of a tile', contrast(over(ink.border), paper), 3],
          ['the edge of the button', contrast(over(ink.edge), paper), 3],
        ];
        const illegible = pairs.filter(([, ratio, least]) => ratio < least);
        expect(illegible).to.deep.equal([]);
      });

  for (const selector of ['support-appeal', '[theme]', '*'])
    it(`yield to what the page says on ${selector}`, async () => {
      const style = Object.assign(document.createElement('style'), {
        id: 'of-the-page',
        textContent: `${selector} {--support-background: rgb(1, 2, 3); --support-radius: 9px}`,
      });
      document.head.append(style);
      const appeal = await anAppeal({theme: 'review'});
      expect(inks(appeal).sheet).to.equal('rgb(1, 2, 3)');
    });

  it('yield to an accent', async () => {
    const appeal = await anAppeal({theme: 'gazette', accent: '#123456'});
    expect(inks(appeal).button).to.equal('rgb(18, 52, 86)');
  });

  it('change with the attribute', async () => {
    const appeal = await anAppeal({});
    for (const theme of ['gazette', 'review', 'default'] as const) {
      const before = inks(appeal).sheet;
      appeal.theme = theme;
      await appeal.updateComplete;
      expect(inks(appeal).sheet, theme).not.to.equal(before);
    }
  });

  for (const format of ['bar', 'dialog'] as const)
    it(`dress a ${format} too`, async () => {
      document.documentElement.style.colorScheme = 'light';
      const appeal = await anAppeal({theme: 'gazette', format, collapsed: false});
      const sheet = appeal.shadowRoot!.querySelector<HTMLElement>(
        format === 'dialog' ? 'dialog' : '.frame',
      )!;
      const painted = format === 'dialog' ? sheet : appeal;
      expect(getComputedStyle(painted).backgroundColor).to.equal('rgb(252, 239, 223)');
      if (format === 'dialog') appeal.close();
    });

  const files: readonly [string, CampaignsFile, string][] = [
    ['a campaign', {campaigns: [{id: 'winter', theme: 'broadsheet', copy}]}, 'broadsheet'],
    [
      'an arm over its campaign',
      {
        campaigns: [{id: 'winter', theme: 'broadsheet', copy}],
        experiments: [
          {
            id: 'look',
            version: 1,
            campaign: 'winter',
            arms: {control: {weight: 0}, b: {weight: 1, overrides: {theme: 'review'}}},
          },
        ],
      },
      'review',
    ],
  ];
  for (const [given, file, theme] of files)
    it(`come from the campaigns file, given ${given}`, async () => {
      const before = location.href;
      if (file.experiments) history.replaceState(null, '', '?support-arm=look:b');
      const place = document.createElement('p');
      place.id = 'place';
      place.textContent = 'A paragraph of the article, long enough to be one.';
      document.body.append(place);
      const stop = start({
        campaigns: {
          ...file,
          campaigns: file.campaigns.map(campaign => ({
            ...campaign,
            place: {selector: '#place'},
          })),
        },
      });
      try {
        await waitUntil(() => document.querySelector('support-appeal[open]'));
        const appeal = document.querySelector('support-appeal')!;
        await appeal.updateComplete;
        expect(appeal).to.have.attribute('theme', theme);
      } finally {
        stop();
        place.remove();
        history.replaceState(null, '', before);
      }
    });
});
