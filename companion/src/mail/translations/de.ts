import type {Words} from './translation.js';

/** Translates the companion's mails and pages into German. */
export const words: Words = {
  confirm: {
    subject: 'Bitte bestätigen Sie Ihre Erinnerung von {site}',
    text: [
      'Jemand, hoffentlich Sie selbst, hat {site} gebeten, am {date} eine Erinnerung an diese Adresse zu schicken.',
      'Ohne Ihre Bestätigung wird nichts verschickt.',
    ],
    button: 'Erinnerung bestätigen',
  },
  remind: {
    subject: 'Ihre Erinnerung von {site}',
    text: [
      'Sie haben uns gebeten, Sie heute daran zu erinnern, dass {site} von der Unterstützung der Leserinnen und Leser lebt.',
      'Das ist diese Erinnerung, und die einzige. Wenn es auch jetzt nicht passt, ist das in Ordnung.',
    ],
    button: 'Zu {site}',
  },
  restore: {
    subject: 'Ihr Zugang zu {site}',
    text: [
      'Jemand, hoffentlich Sie selbst, möchte Ihre Unterstützung für {site} auf einem weiteren Gerät nutzen.',
      'Öffnen Sie diesen Link auf diesem Gerät. Er gilt einmal und {minutes} Minuten lang.',
      'Waren Sie es nicht, müssen Sie nichts tun: Ohne diesen Link kommt niemand hinein.',
    ],
    button: 'Auf diesem Gerät weiter',
  },
  why: {
    reminder:
      'Sie erhalten diese Mail, weil auf {site} mit Ihrer Adresse eine Erinnerung bestellt wurde.',
    restore: 'Sie erhalten diese Mail, weil Ihre Adresse auf {site} eingegeben wurde.',
  },
  stop: 'Bitte keine Erinnerungen',
  pages: {
    reminder: {
      title: 'Eine Erinnerung am {date}',
      text: '{site} schreibt Ihnen an diesem Tag einmal und vergisst danach Ihre Adresse.',
      confirm: 'Ja, erinnern Sie mich',
      stop: 'Bitte keine Erinnerungen',
      erase: 'Alles zu meiner Adresse löschen',
    },
    confirmed: {
      title: 'Wir erinnern Sie am {date}',
      text: 'Eine Mail, an diesem Tag. Mit dem Link in der Mail, die Sie schon haben, können Sie es sich noch anders überlegen.',
    },
    stopped: {
      title: 'Es wird keine Erinnerung verschickt',
      text: 'Wir bewahren keine Adresse auf, nur einen Fingerabdruck davon, damit niemand sie noch einmal eintragen kann.',
    },
    gone: {
      title: 'Hier ist nichts mehr zu bestätigen',
      text: 'Dieser Link ist abgelaufen oder schon benutzt. Er löst keine Mail mehr aus.',
    },
    enter: {
      title: 'Ihre Unterstützung auf diesem Gerät nutzen',
      text: 'Drücken Sie den Knopf, um hier Zugang zu bekommen. Der Link gilt einmal.',
      button: 'Zugang öffnen',
    },
    entered: {
      title: 'Willkommen zurück',
      text: 'Dieses Gerät hat ab jetzt Zugang. Danke für Ihre Unterstützung.',
      on: 'Zu {site}',
    },
    expired: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Er ist abgelaufen oder schon benutzt. Sie können einen neuen anfordern.',
      again: 'Neuen Link anfordern',
    },
    ask: {
      title: 'Sie unterstützen uns schon?',
      text: 'Geben Sie die Adresse ein, mit der Sie bezahlt haben. Wenn wir sie kennen, schicken wir einen Link, der diesem Gerät Zugang gibt.',
      label: 'E-Mail-Adresse',
      button: 'Link schicken',
    },
    asked: {
      title: 'Bitte sehen Sie in Ihre Mails',
      text: 'Wenn diese Adresse zu einer Unterstützung gehört, ist ein Link unterwegs. Er gilt einmal.',
    },
    manage: {
      title: 'Ihre Unterstützung',
      text: 'Ansehen, ändern oder beenden, bei Stripe, unserem Zahlungsdienst.',
      button: 'Unterstützung verwalten',
    },
    nothing: {
      title: 'Dieses Gerät ist nicht bekannt',
      text: 'Mit einem Link per E-Mail geben Sie ihm Zugang.',
    },
    later: {
      title: 'Das hat nicht geklappt',
      text: 'Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    },
  },
};
