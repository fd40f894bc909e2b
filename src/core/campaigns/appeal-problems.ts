/** Finds words at amounts that are not offered, frequencies that are not, and pictures of hosts that are not listed. */

import type {Copy, CopyTexts} from '../copy/copy-fields.js';
import type {Overrides} from '../experiments/experiment.js';
import {frequencies, type Frequency, type Offer} from '../money/offer.js';
import {ownProperties} from '../own-properties.js';
import {isImageAllowed} from './appearance.js';
import type {Fail} from './read-by-schema.js';

const isOffered = (offer: Offer, frequency: Frequency): boolean =>
  Object.keys(offer[frequency] ?? {}).length > 0;

/** Lists what a campaign or an arm says, by language, with and without a count; and its paths. */
function allTexts({copy, copies}: Overrides, path: string): [string, CopyTexts][] {
  const all: [string, Copy | undefined][] = [
    [`${path}.copy`, copy],
    ...Object.entries(copies ?? {}).map(([language, words]): [string, Copy] => [
      `${path}.copies.${language}`,
      words,
    ]),
  ];
  return all.flatMap(([place, words]) => [
    ...(words ? [[place, words] as [string, CopyTexts]] : []),
    ...(words?.withoutCount
      ? [[`${place}.withoutCount`, words.withoutCount] as [string, CopyTexts]]
      : []),
  ]);
}

function checkImage(
  src: string | undefined,
  origins: readonly string[] | undefined,
  path: string,
  fail: Fail,
): void {
  if (src === undefined || isImageAllowed(src, origins)) return;
  const [, host = src] = /^https:\/\/([^/?#]*)/i.exec(src) ?? [];
  fail(path, `${host} is not listed: add it to imageOrigins, or use a path of the site`);
}

/** Checks the words of frequencies and amounts against what is offered. */
function checkWords(texts: CopyTexts, offer: Offer, path: string, fail: Fail): void {
  for (const field of ['benefits', 'button', 'amounts'] as const) {
    for (const frequency of frequencies) {
      if (!texts[field]?.[frequency] || isOffered(offer, frequency)) continue;
      fail(`${path}.${field}.${frequency}`, `is not offered: offer ${frequency}, or take it out`);
    }
  }
  for (const frequency of frequencies) {
    if (!isOffered(offer, frequency)) continue;
    for (const [currency, byAmount] of Object.entries(texts.amounts?.[frequency] ?? {})) {
      const place = `${path}.amounts.${frequency}.${currency}`;
      const presets = offer[frequency]?.[currency]?.presets;
      if (!presets) {
        fail(place, `is not offered: offer ${currency} for ${frequency}, or take it out`);
        continue;
      }
      for (const minor of Object.keys(byAmount)) {
        if (presets.includes(Number(minor))) continue;
        fail(`${place}.${minor}`, `no such preset: use one of ${presets.join(', ')}`);
      }
    }
  }
}

function checkFrequencies(
  shown: readonly Frequency[],
  offer: Offer,
  path: string,
  fail: Fail,
): void {
  const offered = frequencies.filter(frequency => isOffered(offer, frequency));
  shown.forEach((frequency, i) => {
    const place = `${path}.frequencies[${i}]`;
    if (shown.indexOf(frequency) < i) fail(place, `${frequency} is there twice: take one out`);
    if (!offered.includes(frequency)) {
      fail(place, `${frequency} is not offered: use some of ${offered.join(', ')}`);
    }
  });
}

/**
 * Checks what a campaign or an arm says of its appeal. `offer` is what it sells, and left out where that is
 * broken; `shown` are the frequencies it shows, if they or the offer are its own.
 */
export function checkAppeal(
  appeal: Overrides,
  {
    offer,
    shown = appeal.frequencies,
    imageOrigins,
  }: {
    readonly offer: Offer | undefined;
    readonly shown?: readonly Frequency[] | undefined;
    readonly imageOrigins: readonly string[] | undefined;
  },
  path: string,
  fail: Fail,
): void {
  const {image, ...rest} = ownProperties(appeal);
  checkImage(image?.src, imageOrigins, `${path}.image.src`, fail);
  for (const [place, texts] of allTexts(rest, path)) {
    checkImage(texts.byline?.portrait, imageOrigins, `${place}.byline.portrait`, fail);
    if (offer) checkWords(texts, offer, place, fail);
  }
  if (offer && shown) checkFrequencies(shown, offer, path, fail);
}
