/** Finds copy that counts a reader's articles and says nothing to a reader for whom they are not counted. */

import type {CampaignProblem} from '../campaigns/campaign.js';
import {isCount} from './count-copy.js';
import type {Copy} from '../experiments/experiment.js';

const counts = (text: string | readonly string[] | undefined): boolean =>
  [text].flat().some(isCount);

/** Finds the fields with `{articles}` that `withoutCount` does not cover, or covers with another count. */
export function countProblems(copy: Copy | undefined, path: string): CampaignProblem[] {
  const {withoutCount = {}, ...texts} = copy ?? {};
  const fields = ['heading', 'body', 'reassurance', 'fallback'] as const;
  return fields.flatMap(field => {
    if (counts(withoutCount[field]))
      return [{path: `${path}.withoutCount.${field}`, problem: 'must not count {articles}'}];
    return counts(texts[field]) && withoutCount[field] === undefined
      ? [
          {
            path: `${path}.${field}`,
            problem: `counts {articles}: withoutCount.${field} must say what is shown without a count`,
          },
        ]
      : [];
  });
}
