/** What a paywall and a meter say, in Brazilian Portuguese. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: {
    one: 'Resta {count} de {of} matérias gratuitas {period}',
    many: 'Restam {count} de {of} matérias gratuitas {period}',
    other: 'Restam {count} de {of} matérias gratuitas {period}',
  },
  last: 'Esta é a última das suas {of} matérias gratuitas {period}',
  heading: 'Continue lendo',
  used: 'Você leu as suas {of} matérias gratuitas {period}.',
  members: 'O restante desta matéria é exclusivo para membros.',
  register: {
    one: 'Cadastre-se para ler mais {count} matéria.',
    many: 'Cadastre-se para ler mais {count} de matérias.',
    other: 'Cadastre-se para ler mais {count} matérias.',
  },
  button: 'Continuar lendo por {amount}',
  'sign-in': 'Já é membro? Entrar',
  month: 'neste mês',
  week: 'nesta semana',
  day: 'hoje',
  days: 'por enquanto',
};
