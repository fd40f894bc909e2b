/** What a paywall and a meter say, in Russian. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'Осталось бесплатных статей {period}: {count} из {of}',
  last: 'Это последняя из {of} бесплатных статей {period}',
  heading: 'Читать дальше',
  used: 'Вы прочитали все бесплатные статьи {period}: {of}.',
  members: 'Продолжение статьи доступно участникам.',
  register: 'Зарегистрируйтесь и читайте ещё. Статей: {count}.',
  button: 'Читать дальше за {amount}',
  'sign-in': 'Уже с нами? Войти',
  month: 'в этом месяце',
  week: 'на этой неделе',
  day: 'сегодня',
  days: 'пока',
};
