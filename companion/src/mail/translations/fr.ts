import type {Words} from './translation.js';

/** Translates the companion's mails and pages into French. */
export const words: Words = {
  confirm: {
    subject: 'Confirmez votre rappel de {site}',
    text: [
      'Quelqu’un, vous-même nous l’espérons, a demandé à {site} d’envoyer un seul rappel à cette adresse le {date}.',
      'Rien ne sera envoyé sans votre confirmation.',
    ],
    button: 'Confirmer le rappel',
  },
  remind: {
    subject: 'Votre rappel de {site}',
    text: [
      'Vous nous avez demandé de vous rappeler aujourd’hui que {site} vit du soutien de ses lecteurs.',
      'Voici ce rappel, et il n’y en aura pas d’autre. Si ce n’est toujours pas le moment, ce n’est pas grave.',
    ],
    button: 'Aller sur {site}',
  },
  restore: {
    subject: 'Votre accès à {site}',
    text: [
      'Quelqu’un, vous-même nous l’espérons, souhaite utiliser votre soutien à {site} sur un autre appareil.',
      'Ouvrez ce lien sur cet appareil. Il fonctionne une seule fois, pendant {minutes} minutes.',
      'Si ce n’était pas vous, ne faites rien : personne n’entre sans ce lien.',
    ],
    button: 'Continuer sur cet appareil',
  },
  why: {
    reminder:
      'Vous recevez ce message parce qu’un rappel a été demandé avec votre adresse sur {site}.',
    restore: 'Vous recevez ce message parce que votre adresse a été saisie sur {site}.',
  },
  stop: 'Pas de rappel, merci',
  pages: {
    reminder: {
      title: 'Un rappel le {date}',
      text: '{site} peut vous écrire une fois, ce jour-là, puis oublie votre adresse.',
      confirm: 'Oui, rappelez-le-moi',
      stop: 'Pas de rappel, merci',
      erase: 'Effacer tout ce qui concerne mon adresse',
    },
    confirmed: {
      title: 'Nous vous le rappellerons le {date}',
      text: 'Un seul message, ce jour-là. Vous pouvez encore changer d’avis avec le lien du message déjà reçu.',
    },
    stopped: {
      title: 'Aucun rappel ne sera envoyé',
      text: 'Nous ne gardons pas votre adresse, seulement son empreinte, pour que personne ne puisse la saisir à nouveau.',
    },
    gone: {
      title: 'Il n’y a plus rien à confirmer',
      text: 'Ce lien a expiré ou a déjà servi. Il ne déclenchera aucun envoi.',
    },
    enter: {
      title: 'Utiliser votre soutien sur cet appareil',
      text: 'Appuyez sur le bouton pour entrer. Le lien fonctionne une seule fois.',
      button: 'Entrer',
    },
    entered: {
      title: 'Heureux de vous retrouver',
      text: 'Cet appareil a désormais accès. Merci pour votre soutien.',
      on: 'Aller sur {site}',
    },
    expired: {
      title: 'Ce lien ne fonctionne plus',
      text: 'Il a expiré ou a déjà servi. Vous pouvez en demander un autre.',
      again: 'Demander un nouveau lien',
    },
    ask: {
      title: 'Vous nous soutenez déjà ?',
      text: 'Saisissez l’adresse indiquée lors du paiement. Si nous la connaissons, nous envoyons un lien qui donne accès à cet appareil.',
      label: 'Adresse e-mail',
      button: 'Envoyez-moi un lien',
    },
    asked: {
      title: 'Consultez votre messagerie',
      text: 'Si cette adresse est celle d’un soutien, un lien est en route. Il fonctionne une seule fois.',
    },
    manage: {
      title: 'Votre soutien',
      text: 'Le consulter, le modifier ou l’arrêter, chez Stripe, notre prestataire de paiement.',
      button: 'Gérer mon soutien',
    },
    nothing: {
      title: 'Cet appareil n’est pas reconnu',
      text: 'Un lien par e-mail lui donnera accès.',
    },
    later: {
      title: 'Cela n’a pas fonctionné',
      text: 'Veuillez réessayer dans quelques minutes.',
    },
  },
};
