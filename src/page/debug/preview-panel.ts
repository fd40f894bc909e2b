/** Shows an editor the versions of an experiment on the live site, in a small panel that counts nothing. */

import {storedEnrolments} from '../../browser/storage/enrolments.js';
import {forcedArms} from '../../browser/forced-arms.js';
import {page} from '../../browser/page.js';
import type {CampaignsFile} from '../../core/campaigns/campaign.js';
import {
  assignArm,
  everyCampaign,
  holdbackOf,
  experimentKey,
  type Experiment,
} from '../../core/experiments/experiment.js';
import {hash} from '../../core/experiments/hash.js';
import type {StartOptions} from '../page-view.js';

/** On the element itself, because a page's policy may forbid a style sheet. */
const styles: readonly [string, string][] = [
  ['position', 'fixed'],
  ['inset', 'auto auto 1rem 1rem'],
  ['z-index', '2147483647'],
  ['box-sizing', 'border-box'],
  ['max-inline-size', 'min(24rem, calc(100vw - 2rem))'],
  ['max-block-size', '60vh'],
  ['overflow', 'auto'],
  ['padding', '0.75rem 1rem'],
  ['border', '2px solid CanvasText'],
  ['background', 'Canvas'],
  ['color', 'CanvasText'],
  ['font', '14px/1.45 system-ui, sans-serif'],
  ['text-align', 'start'],
];

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

function part(name: string, text: string, ...inner: HTMLElement[]): HTMLElement {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  element.append(...inner);
  return element;
}

const reasons = {
  off: 'the experiment has ended',
  'outside-layer': 'the reader is in another slice of the layer',
  'not-covered': 'the reader does not take part',
};

/** Why this reader is in, or out, were it not for the preview. */
function standing(experiment: Experiment, {readerId, assign}: StartOptions): string {
  const known = storedEnrolments(Date.now());
  const seed = experimentKey(experiment);
  const {on = true, layer} = experiment;
  const arm = known.arms[seed]?.arm;
  if (!on) return `Nobody is in it: ${reasons.off}.`;
  if (assign && experiment.campaign !== everyCampaign) {
    return `An outside system puts readers into it${arm === undefined ? '' : `: this one was put into ${arm}`}.`;
  }
  if (arm !== undefined) return `This browser is in ${arm}: it was counted there.`;
  const names = [seed, ...(layer ? [layer.name] : [])];
  if (readerId === undefined && names.some(name => known.points[name] === undefined)) {
    return 'This browser has not been drawn yet: that happens when the appeal is due.';
  }
  const found = assignArm(experiment, name =>
    readerId === undefined ? (known.points[name]?.point ?? 0) : hash(name, readerId),
  );
  const who = readerId === undefined ? 'This browser' : 'This reader, by the site’s own id,';
  return found.arm === undefined
    ? `${who} is not in it: ${reasons[found.reason]}.`
    : `${who} would be in ${found.arm}.`;
}

function addressOf(id: string, arm: string): string {
  const address = new URL(location.href);
  address.searchParams.set('support-arm', `${id}:${arm}`);
  return address.href;
}

/** Shows the forced arms and the panel, which folds up. */
export function preview(file: CampaignsFile, options: StartOptions = {}): void {
  const {experiments = [], holdback = 0} = file;
  const forced = forcedArms();
  const all = part('details', '', part('summary', 'Preview: nothing here is counted'));
  all.setAttribute('open', '');
  const panel = part('section', '', all);
  panel.setAttribute('aria-label', 'Preview of experiments');
  panel.id = 'support-preview';
  for (const [name, value] of styles) panel.style.setProperty(name, value);
  const addParagraph = (text: string) => all.append(part('p', text));
  /** Says it where whoever mistyped the address looks: in the panel and in the console. */
  const complain = (text: string) => {
    addParagraph(text);
    console.warn(`reader-support: ?support-arm: ${text}`);
  };
  for (const experiment of experiments) {
    const {id, arms} = experiment;
    const list = part('ul', '');
    for (const [name, {weight}] of Object.entries(arms)) {
      const link = part('a', name) as HTMLAnchorElement;
      link.href = addressOf(id, name);
      if (forced.get(id) === name) link.setAttribute('aria-current', 'true');
      const mark = forced.get(id) === name ? ' ← shown' : '';
      list.append(part('li', '', link, part('span', `, ${percent(weight)}${mark}`)));
    }
    all.append(part('p', `${experimentKey(experiment)}, a test of ${experiment.campaign}`), list);
    addParagraph(standing(experiment, options));
  }
  if (experiments.length === 0) addParagraph('The file has no experiments.');
  if (holdback > 0)
    addParagraph(`Holdback, ${percent(holdback)}: ${standing(holdbackOf(holdback), options)}`);
  if ((options.consent ?? file.consent ?? 'minimal') === 'minimal') {
    addParagraph('Without consent nobody is known again: readers are drawn anew on each page.');
  }
  for (const [id, arm] of forced) {
    const known = experiments.find(one => one.id === id);
    // `?support-arm` alone asks for the panel.
    if (!id) continue;
    if (!known) {
      const names = experiments.map(experiment => experiment.id).join(', ');
      complain(
        `There is no experiment ${id}. ${names ? `There are: ${names}.` : 'There are none.'}`,
      );
    } else if (!Object.hasOwn(known.arms, arm)) {
      const names = Object.keys(known.arms).join(', ');
      complain(`${id} has no arm ${arm || 'without a name'}. Its arms are: ${names}.`);
    }
    if (known?.arms[arm]?.enabled === false) addParagraph(`${arm} shows nothing.`);
  }
  for (const text of panel.querySelectorAll<HTMLElement>('p, ul, li')) {
    text.style.setProperty('margin-block', '0.35em');
    text.style.setProperty('font', 'inherit');
  }
  document.body.append(panel);
  const shown = experiments.find(one => one.arms[forced.get(one.id) ?? '']);
  if (shown && !page().asked) void page().open?.(shown.campaign);
}
