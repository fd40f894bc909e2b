import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Dutch. */
export const words: Words = {
  confirm: {
    subject: 'Bevestig uw herinnering van {site}',
    text: [
      'Iemand, hopelijk u zelf, heeft {site} gevraagd om op {date} één herinnering naar dit adres te sturen.',
      'Zonder uw bevestiging wordt er niets verstuurd.',
    ],
    button: 'Herinnering bevestigen',
  },
  remind: {
    subject: 'Uw herinnering van {site}',
    text: [
      'U vroeg ons u er vandaag aan te herinneren dat {site} leeft van de steun van lezers.',
      'Dit is die herinnering, en de enige. Komt het nu ook niet uit, dan is dat geen probleem.',
    ],
    button: 'Naar {site}',
  },
  restore: {
    subject: 'Uw toegang tot {site}',
    text: [
      'Iemand, hopelijk u zelf, wil uw steun aan {site} op een ander apparaat gebruiken.',
      'Open deze link op dat apparaat. Hij werkt één keer, binnen {minutes} minuten.',
      'Was u het niet, dan hoeft u niets te doen: zonder deze link komt niemand binnen.',
    ],
    button: 'Verder op dit apparaat',
  },
  why: {
    reminder: 'U krijgt deze e-mail omdat op {site} met uw adres om een herinnering is gevraagd.',
    restore: 'U krijgt deze e-mail omdat uw adres op {site} is ingevuld.',
  },
  stop: 'Geen herinneringen, alstublieft',
  pages: {
    reminder: {
      title: 'Een herinnering op {date}',
      text: '{site} mag u één keer schrijven, op die dag, en vergeet daarna uw adres.',
      confirm: 'Ja, herinner mij eraan',
      stop: 'Geen herinneringen, alstublieft',
      erase: 'Alles over mijn adres verwijderen',
    },
    confirmed: {
      title: 'We herinneren u op {date}',
      text: 'Eén e-mail, op die dag. Met de link in de e-mail die u al hebt, kunt u zich nog bedenken.',
    },
    stopped: {
      title: 'Er worden geen herinneringen verstuurd',
      text: 'We bewaren uw adres niet, alleen een vingerafdruk ervan, zodat niemand het opnieuw kan opgeven.',
    },
    gone: {
      title: 'Er valt niets meer te bevestigen',
      text: 'Deze link is verlopen of al gebruikt. Er wordt niets door verstuurd.',
    },
    enter: {
      title: 'Uw steun op dit apparaat gebruiken',
      text: 'Druk op de knop om hier toegang te krijgen. De link werkt één keer.',
      button: 'Geef mij toegang',
    },
    entered: {
      title: 'Welkom terug',
      text: 'Dit apparaat heeft vanaf nu toegang. Bedankt voor uw steun.',
      on: 'Naar {site}',
    },
    expired: {
      title: 'Deze link werkt niet meer',
      text: 'Hij is verlopen of al gebruikt. U kunt een nieuwe aanvragen.',
      again: 'Een nieuwe link aanvragen',
    },
    ask: {
      title: 'Steunt u ons al?',
      text: 'Vul het adres in dat u bij het betalen hebt opgegeven. Als we het kennen, sturen we een link die dit apparaat toegang geeft.',
      label: 'E-mailadres',
      button: 'Stuur mij een link',
    },
    asked: {
      title: 'Bekijk uw e-mail',
      text: 'Als dit adres van een supporter is, is er een link onderweg. Hij werkt één keer.',
    },
    manage: {
      title: 'Uw steun',
      text: 'Bekijk, wijzig of beëindig wat u geeft, bij Stripe, onze betaaldienst.',
      button: 'Mijn steun beheren',
    },
    nothing: {
      title: 'Dit apparaat is niet bekend',
      text: 'U kunt het toegang geven met een link per e-mail.',
    },
    later: {
      title: 'Dat is niet gelukt',
      text: 'Probeer het over een paar minuten opnieuw.',
    },
  },
};
