/** German. */

import type {Messages} from './en.js';

export const messages: Messages = {
  region: 'Unterstützen Sie unseren Journalismus',
  close: 'Schließen',
  later: 'Später erinnern',
  already: 'Ich unterstütze Sie schon',
  never: 'Diesen Aufruf nicht mehr zeigen',
  remind: 'Wann dürfen wir wieder fragen?',
  tomorrow: 'Morgen',
  'next-week': 'Nächste Woche',
  'next-month': 'Nächsten Monat',
  'in-3-months': 'In drei Monaten',
  'after-10-more-articles': 'Nach zehn weiteren Artikeln',
  reminded: 'Wir erinnern Sie am {date}.',
  'reminded-articles': {
    one: 'Wir erinnern Sie nach einem weiteren Artikel.',
    other: 'Wir erinnern Sie nach {count} weiteren Artikeln.',
  },
  quiet: 'Vor dem {date} fragen wir nicht wieder.',
  undo: 'Rückgängig machen',
  calendar: 'In den Kalender eintragen',
  done: 'Fertig',
  back: 'Zurück',
  articles: {one: '{count} Artikel', other: '{count} Artikel'},

  frequency: 'Wie oft',
  once: 'Einmalig',
  monthly: 'Monatlich',
  annual: 'Jährlich',
  amount: 'Wie viel',
  'per-once': '{amount} einmalig',
  'per-monthly': '{amount} im Monat',
  'per-annual': '{amount} im Jahr',
  other: 'Anderer Betrag',
  range: 'Bitte geben Sie einen Betrag von {min} bis {max} ein.',
  currency: 'Währung',
  button: 'Unterstützen',
  'button-amount': 'Mit {amount} unterstützen',
  'pay-once': 'Sie zahlen {amount}.',
  pay: 'Sie zahlen {amount}, bis Sie kündigen.',
  next: 'Weiter geht es bei Stripe, unserem Zahlungsdienst.',
  busy: 'Einen Moment …',
  'new-tab': 'In neuem Tab fortfahren',

  thanks: 'Vielen Dank für Ihre Unterstützung.',
  'thanks-amount': 'Vielen Dank für {amount}.',
  unpaid: 'Ihre Zahlung wurde nicht abgeschlossen.',

  ambiguous: 'Dieser Betrag lässt sich auf zwei Arten lesen.',
  'too-precise': 'Dieser Betrag hat zu viele Nachkommastellen.',
  'offer-unavailable': 'Dieser Betrag wird nicht mehr angeboten. Bitte wählen Sie einen anderen.',
  'not-configured': 'Auf dieser Seite sind noch keine Zahlungen möglich.',
  offline: 'Sie sind offenbar offline. Bitte versuchen Sie es später noch einmal.',
  'provider-down':
    'Die Zahlungsseite ist gerade nicht erreichbar. Bitte versuchen Sie es noch einmal.',
  'script-blocked': 'Etwas in Ihrem Browser hat das Zahlungsformular blockiert.',
  'rate-limited': 'Zu viele Versuche. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  refused:
    'Die Zahlung konnte nicht beginnen. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
};
