/** Stands in for Stripe as it was when 0.1.0 was switched off. */

import {fixtureValue} from './fixtures.js';
import type {StripeFetch} from './subject-companion.js';

/** What narrows an answer down, whatever its length and its expansions. */
function wanted({searchParams}: URL): string {
  return Array.from(searchParams)
    .filter(([name]) => !/^(expand|limit)/.test(name))
    .map(pair => pair.join('='))
    .sort()
    .join('&');
}

/** Answers as Stripe did then. Lists that nobody had asked for are empty. */
export function stripeThen(flavour: string): StripeFetch {
  const recorded = fixtureValue(`companion/${flavour}-stripe.json`) as Readonly<
    Record<string, object>
  >;
  const nameOf = (url: URL) => `${url.pathname}?${wanted(url)}`;
  const answers = new Map(
    Object.entries(recorded).map(([path, answer]) => [
      nameOf(new URL(path, 'https://api.stripe.com')),
      answer,
    ]),
  );
  return (input, init) => {
    const url = new URL(new Request(input, init).url);
    const emptyList = {object: 'list', data: [], has_more: false, url: url.pathname};
    return Promise.resolve(Response.json(answers.get(nameOf(url)) ?? emptyList));
  };
}
