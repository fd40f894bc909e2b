/** What a paywall and a meter say, in Arabic. */

import type {PaywallWords} from './en.js';

export const words: PaywallWords = {
  left: 'بقي {count} من {of} مقالات مجانية {period}',
  last: 'هذا آخر مقالاتك المجانية {period} وعددها {of}',
  heading: 'تابع القراءة',
  used: 'قرأت مقالاتك المجانية {period} وعددها {of}.',
  members: 'بقية هذا المقال للأعضاء.',
  register: 'سجّل لقراءة المزيد: {count}.',
  button: 'تابع القراءة مقابل {amount}',
  'sign-in': 'عضو بالفعل؟ سجّل الدخول',
  month: 'هذا الشهر',
  week: 'هذا الأسبوع',
  day: 'اليوم',
  days: 'حاليًا',
};
