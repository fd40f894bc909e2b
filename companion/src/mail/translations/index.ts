/** Chooses the language of the companion's mails and pages, and fills in their placeholders. */

import {words as ar} from './ar.js';
import {words as de} from './de.js';
import {words as en} from './en.js';
import {words as es} from './es.js';
import {words as fr} from './fr.js';
import {words as it} from './it.js';
import {words as nl} from './nl.js';
import {words as pl} from './pl.js';
import {words as ptBR} from './pt-BR.js';
import {words as ru} from './ru.js';
import {words as tr} from './tr.js';
import {words as uk} from './uk.js';
import type {Words} from './translation.js';

const languages: Readonly<Record<string, Words>> = {
  ...{ar, de, en, es, fr, it, nl, pl, ru, tr, uk},
  'pt-BR': ptBR,
};

/** The tags of the languages by what they begin with: all Portuguese is Brazil's. */
const tagOf = new Map(Object.keys(languages).map(tag => [tag.slice(0, 2), tag]));

/** A language and its texts. */
export interface Spoken {
  /** The language tag, for `lang` attributes and dates. */
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly words: Words;
}

/** Returns the closest language for a BCP 47 tag or an `Accept-Language` header; English by default. */
export function speak(wish: string | null | undefined): Spoken {
  const tags = (wish ?? '')
    .slice(0, 500)
    .split(',')
    .map(one => {
      const [tag = '', weight = ''] = one.trim().split(/;\s*q=/);
      return {language: tag.split(/[-_;]/)[0]?.toLowerCase() ?? '', weight: Number(weight || 1)};
    })
    .sort((a, b) => b.weight - a.weight);
  const language = tags.map(tag => tagOf.get(tag.language)).find(Boolean) ?? 'en';
  return {language, dir: language === 'ar' ? 'rtl' : 'ltr', words: languages[language] ?? en};
}

/** The values of the placeholders. */
export interface Filling {
  readonly site?: string;
  readonly minutes?: number;
  /** Epoch ms. */
  readonly date?: number;
  readonly minutesEast?: number;
}

/** Fills in the placeholders of a text. In right-to-left texts, values are isolated (bidi). */
export function fill(text: string, {language, dir}: Spoken, filling: Filling): string {
  const {site = '', minutes = 0, date = 0, minutesEast = 0} = filling;
  const day = new Intl.DateTimeFormat(language, {dateStyle: 'long', timeZone: 'UTC'});
  const values: Readonly<Record<string, string>> = {
    site,
    minutes: minutes.toLocaleString(language),
    date: day.format(date + minutesEast * 60_000),
  };
  return text.replaceAll(/\{(\w+)\}/g, (all, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : all;
    return dir === 'rtl' ? `\u2068${value}\u2069` : value;
  });
}
