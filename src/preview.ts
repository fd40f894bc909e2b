/** How does an editor look at the versions on the live site? A small panel, and nothing is counted. */

import {storedEnrolments} from './browser/enrolments.js';
import {forcedArms} from './browser/forced-arms.js';
import {open} from './start.js';
import {page} from './browser/page.js';
import type {CampaignsFile} from './core/campaign.js';
import {assignArm, seedOf, type Experiment} from './core/experiment.js';

const styles: readonly [string, string][] = [
  ['position', 'fixed'],
  ['inset', 'auto auto 1rem 1rem'],
  ['z-index', '2147483647'],
  ['max-inline-size', '22rem'],
  ['max-block-size', '60vh'],
  ['overflow', 'auto'],
  ['padding', '0.75rem 1rem'],
  ['border', '2px solid CanvasText'],
  ['background', 'Canvas'],
  ['color', 'CanvasText'],
  ['font', '14px/1.45 system-ui, sans-serif'],
];

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

/** Why this browser is in, or out, were it not for the preview. */
function standing(experiment: Experiment): string {
  const known = storedEnrolments(Date.now());
  const seed = seedOf(experiment);
  const arm = known.arms[seed]?.arm;
  if (arm !== undefined) return `This browser is in ${arm}.`;
  const names = [seed, ...(experiment.layer ? [experiment.layer.name] : [])];
  if (names.some(name => known.points[name] === undefined)) {
    return 'This browser has not been drawn yet: that happens when the appeal is due.';
  }
  const found = assignArm(experiment, name => known.points[name]?.point ?? 0);
  return found.arm === undefined
    ? `This browser is not in it: ${reasons[found.because]}.`
    : `This browser would be in ${found.arm}.`;
}

function addressOf(id: string, arm: string): string {
  const address = new URL(location.href);
  address.searchParams.set('support-arm', `${id}:${arm}`);
  return address.href;
}

/** Shows the forced arms and the panel. */
export function preview({experiments = []}: CampaignsFile): void {
  const forced = forcedArms();
  const panel = part('div', '', part('strong', 'Preview: nothing here is counted.'));
  panel.setAttribute('role', 'region');
  panel.setAttribute('aria-label', 'Preview of experiments');
  panel.id = 'support-preview';
  for (const [name, value] of styles) panel.style.setProperty(name, value);
  for (const experiment of experiments) {
    const {id, arms} = experiment;
    const list = part('ul', '');
    for (const name of Object.keys(arms)) {
      const link = part('a', name) as HTMLAnchorElement;
      link.href = addressOf(id, name);
      if (forced.get(id) === name) link.setAttribute('aria-current', 'true');
      const mark = forced.get(id) === name ? ' ← shown' : '';
      list.append(part('li', '', link, part('span', mark)));
    }
    panel.append(part('p', `${seedOf(experiment)}, a test of ${experiment.campaign}`), list);
    panel.append(part('p', standing(experiment)));
  }
  for (const [id, arm] of forced) {
    const known = experiments.find(one => one.id === id);
    if (!known) panel.append(part('p', `There is no experiment ${id}.`));
    else if (!Object.hasOwn(known.arms, arm)) panel.append(part('p', `${id} has no arm ${arm}.`));
    else if (known.arms[arm]?.show === false) panel.append(part('p', `${arm} shows nothing.`));
  }
  document.body.append(panel);
  const shown = experiments.find(one => forced.has(one.id) && one.arms[forced.get(one.id) ?? '']);
  if (shown && !page().asked) void open(shown.campaign);
}
