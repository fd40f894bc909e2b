/** What a paywall and a meter say, in Ukrainian. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Залишилося безплатних матеріалів {period}: {count} із {of}',
  last: 'Це останній із {of} безплатних матеріалів {period}',
  heading: 'Читати далі',
  used: 'Ви прочитали всі безплатні матеріали {period}: {of}.',
  members: 'Продовження матеріалу доступне учасникам спільноти.',
  register: {
    one: 'Зареєструйтеся, щоб прочитати ще {count} матеріал.',
    few: 'Зареєструйтеся, щоб прочитати ще {count} матеріали.',
    many: 'Зареєструйтеся, щоб прочитати ще {count} матеріалів.',
    other: 'Зареєструйтеся, щоб прочитати ще {count} матеріалу.',
  },
  button: 'Читати далі за {amount}',
  'sign-in': 'Уже з нами? Увійти',
  month: 'цього місяця',
  week: 'цього тижня',
  day: 'сьогодні',
  days: 'наразі',
};
