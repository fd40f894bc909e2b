/** What a paywall and a meter say, in German. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Noch {count} von {of} freien Artikeln {period}',
  last: 'Dies ist der letzte Ihrer {of} freien Artikel {period}',
  heading: 'Weiterlesen',
  used: 'Sie haben Ihre {of} freien Artikel {period} gelesen.',
  members: 'Der Rest dieses Artikels ist für Mitglieder.',
  register: {
    one: 'Registrieren Sie sich, um {count} weiteren Artikel zu lesen.',
    other: 'Registrieren Sie sich, um {count} weitere Artikel zu lesen.',
  },
  button: 'Weiterlesen für {amount}',
  'sign-in': 'Schon Mitglied? Anmelden',
  month: 'in diesem Monat',
  week: 'in dieser Woche',
  day: 'heute',
  days: 'fürs Erste',
};
