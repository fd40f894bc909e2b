/** Which words does a reader get, and how are they filled in? */

import {words as ar} from './ar.js';
import {words as de} from './de.js';
import {words as en} from './en.js';
import {words as es} from './es.js';
import {words as fr} from './fr.js';
import {words as ru} from './ru.js';
import type {Words} from './words.js';

const languages: Readonly<Record<string, Words>> = {ar, de, en, es, fr, ru};

/** A language, with its words. */
export interface Spoken {
  /** For `lang`, and for dates. */
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly words: Words;
}

/** The words nearest to a BCP 47 tag, or to what `Accept-Language` prefers; English when none is near. */
export function speak(wish: string | null | undefined): Spoken {
  const tags = (wish ?? '')
    .slice(0, 500)
    .split(',')
    .map(one => {
      const [tag = '', weight = ''] = one.trim().split(/;\s*q=/);
      return {language: tag.split(/[-_;]/)[0]?.toLowerCase() ?? '', weight: Number(weight || 1)};
    })
    .sort((a, b) => b.weight - a.weight);
  const language = tags.map(tag => tag.language).find(one => Object.hasOwn(languages, one)) ?? 'en';
  return {language, dir: language === 'ar' ? 'rtl' : 'ltr', words: languages[language] ?? en};
}

/** What fills the placeholders. */
export interface Filling {
  readonly site?: string;
  readonly minutes?: number;
  /** Epoch ms, and how far the reader's clock is ahead of UTC. */
  readonly date?: number;
  readonly minutesEast?: number;
}

/** Fills a text. What is put in between right-to-left words is isolated from them. */
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
