/** What a paywall and a meter say, in Turkish. A period always begins its sentence. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: '{period} {of} ücretsiz yazıdan {count} yazı kaldı',
  last: '{period} okuyabileceğiniz {of} ücretsiz yazının sonuncusu bu',
  heading: 'Okumaya devam edin',
  used: '{period} {of} ücretsiz yazınızı okudunuz.',
  members: 'Yazının devamı üyelere açıktır.',
  register: '{count} yazı daha okumak için kaydolun.',
  button: 'Okumaya devam edin: {amount}',
  'sign-in': 'Zaten üye misiniz? Giriş yapın',
  month: 'Bu ay',
  week: 'Bu hafta',
  day: 'Bugün',
  days: 'Şimdilik',
};
