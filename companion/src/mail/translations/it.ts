import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Italian. */
export const words: Words = {
  confirm: {
    subject: 'Conferma il tuo promemoria di {site}',
    text: [
      'Qualcuno, speriamo tu, ha chiesto a {site} di inviare un solo promemoria a questo indirizzo in data {date}.',
      'Senza la tua conferma non invieremo nulla.',
    ],
    button: 'Conferma il promemoria',
  },
  remind: {
    subject: 'Il tuo promemoria di {site}',
    text: [
      'Ci hai chiesto di ricordarti oggi che {site} vive del sostegno dei suoi lettori.',
      'Questo è il promemoria, e non ce ne saranno altri. Se non è il momento nemmeno adesso, va bene così.',
    ],
    button: 'Vai a {site}',
  },
  restore: {
    subject: 'Il tuo accesso a {site}',
    text: [
      'Qualcuno, speriamo tu, ha chiesto di usare il tuo sostegno a {site} su un altro dispositivo.',
      'Apri questo link su quel dispositivo. Funziona una sola volta, entro {minutes} minuti.',
      'Se la richiesta non è tua, non fare nulla: nessuno entra senza questo link.',
    ],
    button: 'Continua su questo dispositivo',
  },
  why: {
    reminder:
      'Ricevi questa e-mail perché su {site} è stato chiesto un promemoria con il tuo indirizzo.',
    restore: 'Ricevi questa e-mail perché il tuo indirizzo è stato inserito su {site}.',
  },
  stop: 'Nessun promemoria, grazie',
  pages: {
    reminder: {
      title: 'Un promemoria in data {date}',
      text: '{site} può scriverti una sola volta, quel giorno, e poi dimentica il tuo indirizzo.',
      confirm: 'Sì, ricordamelo',
      stop: 'Nessun promemoria, grazie',
      erase: 'Cancella tutto ciò che riguarda il mio indirizzo',
    },
    confirmed: {
      title: 'Riceverai il promemoria in data {date}',
      text: 'Una sola e-mail, quel giorno. Puoi ancora cambiare idea con il link nell’e-mail che hai già.',
    },
    stopped: {
      title: 'Non invieremo nessun promemoria',
      text: 'Non conserviamo il tuo indirizzo, solo una sua impronta, perché nessuno possa inserirlo di nuovo.',
    },
    gone: {
      title: 'Non c’è più nulla da confermare',
      text: 'Questo link è scaduto o è già stato usato. Non farà partire nessun invio.',
    },
    enter: {
      title: 'Usa il tuo sostegno su questo dispositivo',
      text: 'Premi il pulsante per entrare qui. Il link funziona una sola volta.',
      button: 'Entra',
    },
    entered: {
      title: 'Ci fa piacere ritrovarti',
      text: 'Da ora questo dispositivo ha accesso. Grazie per il tuo sostegno.',
      on: 'Vai a {site}',
    },
    expired: {
      title: 'Questo link non funziona più',
      text: 'È scaduto o è già stato usato. Puoi chiederne un altro.',
      again: 'Chiedi un nuovo link',
    },
    ask: {
      title: 'Ci sostieni già?',
      text: 'Inserisci l’indirizzo che hai indicato per il pagamento. Se lo conosciamo, inviamo un link che dà accesso a questo dispositivo.',
      label: 'Indirizzo e-mail',
      button: 'Inviami un link',
    },
    asked: {
      title: 'Controlla la posta',
      text: 'Se questo indirizzo è di chi ci sostiene, un link è in arrivo. Funziona una sola volta.',
    },
    manage: {
      title: 'Il tuo sostegno',
      text: 'Puoi vederlo, modificarlo o interromperlo su Stripe, il nostro servizio di pagamento.',
      button: 'Gestisci il mio sostegno',
    },
    nothing: {
      title: 'Non conosciamo questo dispositivo',
      text: 'Puoi dargli accesso con un link via e-mail.',
    },
    later: {
      title: 'Non ha funzionato',
      text: 'Riprova tra qualche minuto.',
    },
  },
};
