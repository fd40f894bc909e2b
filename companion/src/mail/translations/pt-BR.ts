import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Brazilian Portuguese. */
export const words: Words = {
  confirm: {
    subject: 'Confirme o seu lembrete de {site}',
    text: [
      'Alguém, esperamos que você, pediu que {site} envie um único lembrete a este endereço em {date}.',
      'Nada será enviado sem a sua confirmação.',
    ],
    button: 'Confirmar o lembrete',
  },
  remind: {
    subject: 'O seu lembrete de {site}',
    text: [
      'Você pediu que lembrássemos você hoje de que {site} vive do apoio dos leitores.',
      'Este é o lembrete, e o único. Se agora também não for o momento, tudo bem.',
    ],
    button: 'Ir para {site}',
  },
  restore: {
    subject: 'O seu acesso a {site}',
    text: [
      'Alguém, esperamos que você, pediu para usar o seu apoio a {site} em outro aparelho.',
      'Abra este link nesse aparelho. Ele funciona uma vez, dentro de {minutes} minutos.',
      'Se não foi você, não faça nada: ninguém entra sem este link.',
    ],
    button: 'Continuar neste aparelho',
  },
  why: {
    reminder:
      'Você recebeu este e-mail porque um lembrete foi pedido com o seu endereço em {site}.',
    restore: 'Você recebeu este e-mail porque o seu endereço foi informado em {site}.',
  },
  stop: 'Não quero lembretes',
  pages: {
    reminder: {
      title: 'Um lembrete em {date}',
      text: '{site} pode escrever para você uma vez, nesse dia, e depois esquece o seu endereço.',
      confirm: 'Sim, quero o lembrete',
      stop: 'Não quero lembretes',
      erase: 'Apagar tudo sobre o meu endereço',
    },
    confirmed: {
      title: 'Vamos lembrar você em {date}',
      text: 'Um só e-mail, nesse dia. Você ainda pode mudar de ideia pelo link no e-mail que já recebeu.',
    },
    stopped: {
      title: 'Nenhum lembrete será enviado',
      text: 'Não guardamos o seu endereço, só uma impressão digital dele, para que ninguém possa informá-lo de novo.',
    },
    gone: {
      title: 'Não há mais nada a confirmar',
      text: 'Este link expirou ou já foi usado. Nada será enviado por causa dele.',
    },
    enter: {
      title: 'Usar o seu apoio neste aparelho',
      text: 'Aperte o botão para entrar aqui. O link funciona uma vez.',
      button: 'Entrar',
    },
    entered: {
      title: 'Que bom ter você de volta',
      text: 'Este aparelho tem acesso a partir de agora. Agradecemos o seu apoio.',
      on: 'Ir para {site}',
    },
    expired: {
      title: 'Este link não funciona mais',
      text: 'Ele expirou ou já foi usado. Você pode pedir outro.',
      again: 'Pedir um novo link',
    },
    ask: {
      title: 'Já apoia a gente?',
      text: 'Digite o endereço que você informou ao pagar. Se o conhecermos, enviaremos um link que dá acesso a este aparelho.',
      label: 'E-mail',
      button: 'Enviar um link',
    },
    asked: {
      title: 'Confira o seu e-mail',
      text: 'Se este endereço for de alguém que nos apoia, um link está a caminho. Ele funciona uma vez.',
    },
    manage: {
      title: 'O seu apoio',
      text: 'Veja, mude ou encerre a sua contribuição na Stripe, nossa empresa de pagamentos.',
      button: 'Gerenciar o meu apoio',
    },
    nothing: {
      title: 'Não conhecemos este aparelho',
      text: 'Você pode dar acesso a ele com um link por e-mail.',
    },
    later: {
      title: 'Não funcionou',
      text: 'Tente de novo em alguns minutos.',
    },
  },
};
