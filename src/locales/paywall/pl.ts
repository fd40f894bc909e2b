/** What a paywall and a meter say, in Polish. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Bezpłatne artykuły {period}: pozostało {count} z {of}',
  last: 'To ostatni z {of} bezpłatnych artykułów {period}',
  heading: 'Czytaj dalej',
  used: 'Limit bezpłatnych artykułów {period} został wykorzystany: {of}.',
  members: 'Dalszy ciąg artykułu jest dostępny dla członków.',
  register: {
    one: 'Zarejestruj się, aby przeczytać jeszcze {count} artykuł.',
    few: 'Zarejestruj się, aby przeczytać jeszcze {count} artykuły.',
    many: 'Zarejestruj się, aby przeczytać jeszcze {count} artykułów.',
    other: 'Zarejestruj się, aby przeczytać jeszcze {count} artykułu.',
  },
  button: 'Czytaj dalej za {amount}',
  'sign-in': 'Jesteś już z nami? Zaloguj się',
  month: 'w tym miesiącu',
  week: 'w tym tygodniu',
  day: 'dzisiaj',
  days: 'na razie',
};
