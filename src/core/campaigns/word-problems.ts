/** Finds problems in the words of a campaigns file, beyond its schema: marks, promises, claims and lengths. */

import {
  longestCollapsed,
  textsOf,
  plainFields,
  type Copy,
  type PlacedText,
} from '../copy/copy-fields.js';
import {copyProblems, copyText, parseCopy, type CopyNode} from '../copy/copy.js';
import {findClaim} from '../copy/find-claims.js';
import {applyArm, type Overrides} from '../experiments/experiment.js';
import {offerSold} from '../money/checkout-setting.js';
import {defaultOffer} from '../money/offer.js';
import {ownProperties} from '../own-properties.js';
import type {Campaign, CampaignProblem, CampaignsFile} from './campaign.js';
import {promiseProblems} from './promise-problems.js';

/** Stand for what is not known here, and are no words of a claim or a price. */
const someValues = {publication: 'x', from: 'x', articles: 'x', amount: 'x'};

const linksIn = (nodes: readonly CopyNode[]): number =>
  nodes.reduce(
    (sum, node) =>
      sum + (node.type === 'link' ? 1 : node.type === 'text' ? 0 : linksIn(node.children)),
    0,
  );

/** Finds what is wrong with the marks and placeholders of a text, and with its length. */
function textProblems({path, field, text}: PlacedText, publication: string): CampaignProblem[] {
  // Only a button is pressed for one amount.
  const known = field === 'button' ? ['amount'] : [];
  const problems: CampaignProblem[] = copyProblems(text, known).map(({at, problem}) => ({
    path: `${path} (character ${at + 1})`,
    problem: problem.endsWith(' {amount}') ? '{amount} is known on a button only' : problem,
  }));
  const nodes = parseCopy(text, {publication, from: '$10', articles: '10', amount: '$10'});
  if (plainFields.includes(field) && nodes.some(({type}) => type !== 'text')) {
    problems.push({path, problem: 'is plain text: take out its marks and links'});
  }
  if (field === 'secondary' && linksIn(nodes) !== 1) {
    problems.push({path, problem: 'must have one link: [words](https://…)'});
  }
  const length = Array.from(copyText(nodes)).length;
  if (field === 'collapsed' && length > longestCollapsed) {
    const problem = `has ${length} characters, and a collapsed bar has room for ${longestCollapsed}: shorten it`;
    problems.push({path, problem, warning: true});
  }
  return problems;
}

type Words = readonly [path: string, copy: Copy, language?: string];

/** Lists the copy of a campaign or an arm: in general, and by language. */
const wordsOf = ({copy, copies}: Overrides, path: string): Words[] => [
  ...(copy ? [[`${path}.copy`, copy] as const] : []),
  ...Object.entries(copies ?? {}).map(
    ([language, words]) => [`${path}.copies.${language}`, words, language] as const,
  ),
];

/** Finds claims that nobody has reviewed. */
function claimProblems(appeal: Overrides, path: string): CampaignProblem[] {
  if (appeal.claims) return [];
  return wordsOf(appeal, path).flatMap(([place, copy, language]) =>
    textsOf(copy, place).flatMap(text => {
      // The form words this pill, and shows it only where gifts prove it.
      if (text.path.endsWith('.pill') && text.text === 'popular') return [];
      const claim = findClaim(copyText(parseCopy(text.text, someValues)), language);
      const problem = `claims "${claim}": say it in other words, or prove it and write "claims": "reviewed" beside the copy`;
      return claim === undefined ? [] : [{path: text.path, problem}];
    }),
  );
}

/** Finds problems in what a reader sees of a campaign, as it is or with an arm. */
function shownProblems(campaign: Campaign, file: CampaignsFile, path: string): CampaignProblem[] {
  const offered = campaign.offer ?? file.offer;
  const offer = offerSold(campaign.checkout ?? file.checkout, offered) ?? defaultOffer;
  return wordsOf(campaign, path).flatMap(([place, copy]) => {
    const isTall =
      campaign.image &&
      copy.byline &&
      Object.values(copy.benefits ?? {}).some(benefits => benefits.length > 0);
    const problem =
      'an image, benefits and a byline in one appeal are taller than a screen: leave one of them out';
    return [
      ...textsOf(copy, place).flatMap(text => textProblems(text, file.publication ?? '')),
      ...promiseProblems(copy, offer, place),
      ...(isTall ? [{path: place, problem, warning: true} as const] : []),
    ];
  });
}

/**
 * Finds problems in the words of a file that the parser accepts: marks and placeholders, prices that are not
 * offered, claims that nobody has reviewed; and as warnings what is too long.
 */
export function wordProblems(given: CampaignsFile): CampaignProblem[] {
  const file = ownProperties(given);
  const problems = file.campaigns.flatMap((campaign, i) => [
    ...shownProblems(campaign, file, `campaigns[${i}]`),
    ...claimProblems(campaign, `campaigns[${i}]`),
  ]);
  file.experiments?.forEach(({campaign: id, arms}, i) => {
    const at = file.campaigns.findIndex(candidate => candidate.id === id);
    const campaign = file.campaigns[at];
    for (const [name, {overrides}] of Object.entries(arms)) {
      const path = `experiments[${i}].arms.${name}.overrides`;
      const shown = campaign && overrides && applyArm(campaign, {weight: 1, overrides});
      if (!shown) continue;
      // The copy of the arm, or the campaign's copy with the arm's offer: what the campaign has said is said.
      const isNew = (found: CampaignProblem) => {
        const place = `campaigns[${at}]${found.path.slice(path.length)}`;
        return !problems.some(
          earlier => earlier.path === place && earlier.problem === found.problem,
        );
      };
      problems.push(...shownProblems(shown, file, path).filter(isNew));
      problems.push(...claimProblems(overrides, path));
    }
  });
  return problems;
}
