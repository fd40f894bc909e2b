/** Finds copy that counts a reader's articles and says nothing to a reader for whom they are not counted. */

import type {CampaignProblem} from '../campaigns/campaign.js';
import {textsOf, type Copy, type CopyTexts} from './copy-fields.js';
import {isCount} from './count-copy.js';
import {ownProperties} from '../own-properties.js';

const counting = (texts: CopyTexts): Set<keyof CopyTexts> =>
  new Set(textsOf(texts, '').flatMap(({field, text}) => (isCount(text) ? [field] : [])));

/** Finds the fields with `{articles}` that `withoutCount` does not cover, or covers with another count. */
export function countProblems(copy: Copy | undefined, path: string): CampaignProblem[] {
  const {withoutCount = ownProperties<CopyTexts>({}), ...texts} = ownProperties<Copy>({...copy});
  const uncovered = [...counting(texts)].filter(field => withoutCount[field] === undefined);
  return [
    ...[...counting(withoutCount)].map(field => ({
      path: `${path}.withoutCount.${field}`,
      problem: 'must not count {articles}',
    })),
    ...uncovered.map(field => ({
      path: `${path}.${field}`,
      problem: `counts {articles}: withoutCount.${field} must say what is shown without a count`,
    })),
  ];
}
