/** What a paywall and a meter say, in Dutch. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Nog {count} van {of} gratis artikelen {period}',
  last: 'Dit is het laatste van uw {of} gratis artikelen {period}',
  heading: 'Lees verder',
  used: 'U hebt uw {of} gratis artikelen {period} gelezen.',
  members: 'De rest van dit artikel is voor leden.',
  register: {
    one: 'Registreer u om nog {count} artikel te lezen.',
    other: 'Registreer u om nog {count} artikelen te lezen.',
  },
  button: 'Lees verder voor {amount}',
  'sign-in': 'Al lid? Inloggen',
  month: 'deze maand',
  week: 'deze week',
  day: 'vandaag',
  days: 'voorlopig',
};
