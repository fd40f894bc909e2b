/** What a paywall and a meter say, in Spanish. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Quedan {count} de {of} artículos gratuitos {period}',
  last: 'Este es el último de sus {of} artículos gratuitos {period}',
  heading: 'Seguir leyendo',
  used: 'Ha leído sus {of} artículos gratuitos {period}.',
  members: 'El resto de este artículo es para miembros.',
  register: {
    one: 'Regístrese para leer {count} artículo más.',
    many: 'Regístrese para leer {count} de artículos más.',
    other: 'Regístrese para leer {count} artículos más.',
  },
  button: 'Seguir leyendo por {amount}',
  'sign-in': '¿Ya es miembro? Iniciar sesión',
  month: 'este mes',
  week: 'esta semana',
  day: 'hoy',
  days: 'por ahora',
};
