/** Recognizes robots that identify themselves in their `User-Agent`, which is not stored. */

import {createIsbotFromList, list} from 'isbot';

/** Words of the list that also stand in the names of apps in which people read news or scan its QR codes. */
export const wordsOfApps: readonly string[] = [
  '(?:^|[^g])news(?!sapphire)',
  'feed',
  'rss\\b',
  '(?<!cam)scan',
  'grab',
  'sogou',
];

/** What the list does not know, and the robots among those that were left out. */
const further = [
  'slurp',
  'phantom(?!js)',
  'puppeteer',
  'monitoring',
  'okhttp',
  'undici',
  'axios',
  'fetcher',
  'feedburner',
  'chatgpt-user',
  'zgrab',
  '(?<!(?:cam|qr|code)[ _-]?)scan',
];

const isNamedSo = createIsbotFromList([
  ...list.filter(word => !wordsOfApps.includes(word)),
  ...further,
]);

/** The model of an Android phone: its maker's word, such as Phantom or Discovery. */
const model = /(Android [\d.]+;(?: [a-z]{2}-[a-z]{2};)? )[^;)]*/i;

/** Browsers whose whole `User-Agent` is a name and a version, as those of many robots. */
const plainBrowsers = /^(?:amaya|dillo|edbrowse|elinks|links|lynx|netsurf|url\/emacs|w3m)\b/i;

/** Whether a `User-Agent` identifies itself as a robot. A robot that poses as a reader is not recognized. */
export function isRobot(userAgent: string | null): boolean {
  const name = userAgent?.slice(0, 1000) ?? '';
  // Cubot is a phone maker, not a robot; apps repeat its name among their own words.
  const words = name.replace(model, '$1phone').replace(/cubot/gi, 'phone');
  return !/\w/.test(words) || (isNamedSo(words) && !plainBrowsers.test(words));
}
