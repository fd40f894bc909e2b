/**
 * Russian. A date comes first in its sentence, since it ends in a full stop of its own. `few` is said as
 * `other` is, so only that is written.
 */

import type {Messages} from './en.js';

export const messages: Messages = {
  region: 'Поддержите нашу журналистику',
  close: 'Закрыть',
  later: 'Напомнить позже',
  already: 'Я уже поддерживаю вас',
  never: 'Больше не показывать',
  remind: 'Когда можно спросить снова?',
  tomorrow: 'Завтра',
  'next-week': 'Через неделю',
  'next-month': 'Через месяц',
  'in-3-months': 'Через три месяца',
  'after-10-more-articles': 'Через десять статей',
  reminded: '{date} мы вам напомним.',
  'reminded-articles': {
    one: 'Мы напомним вам через {count} статью.',
    many: 'Мы напомним вам через {count} статей.',
    other: 'Мы напомним вам через {count} статьи.',
  },
  quiet: 'До {date} мы больше не будем спрашивать.',
  undo: 'Отменить',
  calendar: 'Добавить в календарь',
  done: 'Готово',
  back: 'Назад',
  articles: {
    one: '{count} статья',
    many: '{count} статей',
    other: '{count} статьи',
  },

  frequency: 'Как часто',
  once: 'Один раз',
  monthly: 'Ежемесячно',
  annual: 'Ежегодно',
  amount: 'Сколько',
  'per-once': '{amount} один раз',
  'per-monthly': '{amount} в месяц',
  'per-annual': '{amount} в год',
  other: 'Другая сумма',
  range: 'Укажите сумму от {min} до {max}.',
  currency: 'Валюта',
  button: 'Поддержать',
  'button-amount': 'Поддержать: {amount}',
  'pay-once': 'Вы заплатите {amount}.',
  pay: 'Вы будете платить {amount}, пока не отмените.',
  next: 'Дальше: Stripe, наш платёжный сервис.',
  busy: 'Минутку…',
  'new-tab': 'Продолжить в новой вкладке',

  thanks: 'Спасибо за вашу поддержку.',
  'thanks-amount': 'Спасибо за поддержку: {amount}.',
  unpaid: 'Платёж не завершён.',

  ambiguous: 'Эту сумму можно прочитать по-разному.',
  'too-precise': 'В этой сумме лишние знаки после запятой.',
  'offer-unavailable': 'Эта сумма больше не предлагается. Выберите другую.',
  'not-configured': 'На этой странице оплата ещё не настроена.',
  offline: 'Похоже, нет связи с интернетом. Попробуйте ещё раз позже.',
  'provider-down': 'Страница оплаты сейчас недоступна. Попробуйте ещё раз.',
  'script-blocked': 'Браузер заблокировал форму оплаты.',
  'rate-limited': 'Слишком много попыток. Попробуйте ещё раз позже.',
  refused: 'Оплата не началась. Обновите страницу и попробуйте ещё раз.',
};
