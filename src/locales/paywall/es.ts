/** What a paywall and a meter say, in Spanish. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Quedan {count} de {of} artículos gratuitos {period}',
  last: 'Este es el último de tus {of} artículos gratuitos {period}',
  heading: 'Seguir leyendo',
  used: 'Has leído tus {of} artículos gratuitos {period}.',
  members: 'El resto de este artículo es para miembros.',
  register: {
    one: 'Regístrate para leer {count} artículo más.',
    many: 'Regístrate para leer {count} de artículos más.',
    other: 'Regístrate para leer {count} artículos más.',
  },
  button: 'Seguir leyendo por {amount}',
  'sign-in': '¿Ya eres miembro? Iniciar sesión',
  month: 'este mes',
  week: 'esta semana',
  day: 'hoy',
  days: 'por ahora',
};
