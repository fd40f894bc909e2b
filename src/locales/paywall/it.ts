/** What a paywall and a meter say, in Italian. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: {
    one: 'Ti resta {count} di {of} articoli gratuiti {period}',
    many: 'Ti restano {count} di {of} articoli gratuiti {period}',
    other: 'Ti restano {count} di {of} articoli gratuiti {period}',
  },
  last: 'Questo è l’ultimo dei tuoi {of} articoli gratuiti {period}',
  heading: 'Continua a leggere',
  used: 'Hai letto i tuoi {of} articoli gratuiti {period}.',
  members: 'Il resto di questo articolo è riservato ai membri.',
  register: {
    one: 'Registrati per leggere ancora {count} articolo.',
    many: 'Registrati per leggere ancora {count} di articoli.',
    other: 'Registrati per leggere ancora {count} articoli.',
  },
  button: 'Continua a leggere con {amount}',
  'sign-in': 'Sei già membro? Accedi',
  month: 'questo mese',
  week: 'questa settimana',
  day: 'oggi',
  days: 'per ora',
};
