/** What a paywall and a meter say, in French. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Encore {count} sur {of} articles gratuits {period}',
  last: 'Voici le dernier de vos {of} articles gratuits {period}',
  heading: 'Continuer la lecture',
  used: 'Vous avez lu vos {of} articles gratuits {period}.',
  members: 'La suite de cet article est réservée aux membres.',
  register: {
    one: 'Inscrivez-vous pour lire {count} article de plus.',
    many: 'Inscrivez-vous pour lire {count} d’articles de plus.',
    other: 'Inscrivez-vous pour lire {count} articles de plus.',
  },
  button: 'Lire la suite pour {amount}',
  'sign-in': 'Déjà membre ? Se connecter',
  month: 'ce mois-ci',
  week: 'cette semaine',
  day: 'aujourd’hui',
  days: 'pour l’instant',
};
