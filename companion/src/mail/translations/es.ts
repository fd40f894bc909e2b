import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Spanish. */
export const words: Words = {
  confirm: {
    subject: 'Confirme su recordatorio de {site}',
    text: [
      'Alguien, esperamos que usted, ha pedido a {site} que envíe un único recordatorio a esta dirección el {date}.',
      'No se enviará nada si no lo confirma.',
    ],
    button: 'Confirmar el recordatorio',
  },
  remind: {
    subject: 'Su recordatorio de {site}',
    text: [
      'Nos pidió que hoy le recordáramos que {site} vive del apoyo de sus lectores.',
      'Este es ese recordatorio, y el único. Si ahora tampoco es el momento, no pasa nada.',
    ],
    button: 'Ir a {site}',
  },
  restore: {
    subject: 'Su acceso a {site}',
    text: [
      'Alguien, esperamos que usted, quiere usar su apoyo a {site} en otro dispositivo.',
      'Abra este enlace en ese dispositivo. Funciona una sola vez, durante {minutes} minutos.',
      'Si no ha sido usted, no haga nada: nadie entra sin este enlace.',
    ],
    button: 'Continuar en este dispositivo',
  },
  why: {
    reminder: 'Recibe este mensaje porque en {site} se pidió un recordatorio con su dirección.',
    restore: 'Recibe este mensaje porque su dirección se introdujo en {site}.',
  },
  stop: 'No quiero recordatorios',
  pages: {
    reminder: {
      title: 'Un recordatorio el {date}',
      text: '{site} puede escribirle una vez, ese día, y después olvida su dirección.',
      confirm: 'Sí, recuérdenmelo',
      stop: 'No quiero recordatorios',
      erase: 'Borrar todo lo relativo a mi dirección',
    },
    confirmed: {
      title: 'Se lo recordaremos el {date}',
      text: 'Un solo mensaje, ese día. Aún puede cambiar de opinión con el enlace del mensaje que ya tiene.',
    },
    stopped: {
      title: 'No se enviará ningún recordatorio',
      text: 'No guardamos su dirección, solo una huella de ella, para que nadie pueda volver a introducirla.',
    },
    gone: {
      title: 'Ya no hay nada que confirmar',
      text: 'Este enlace ha caducado o ya se usó. No provocará ningún envío.',
    },
    enter: {
      title: 'Usar su apoyo en este dispositivo',
      text: 'Pulse el botón para entrar aquí. El enlace funciona una sola vez.',
      button: 'Entrar',
    },
    entered: {
      title: 'Le damos la bienvenida de nuevo',
      text: 'Este dispositivo tiene acceso desde ahora. Gracias por su apoyo.',
      on: 'Ir a {site}',
    },
    expired: {
      title: 'Este enlace ya no funciona',
      text: 'Ha caducado o ya se usó. Puede pedir otro.',
      again: 'Pedir un enlace nuevo',
    },
    ask: {
      title: '¿Ya nos apoya?',
      text: 'Introduzca la dirección que dio al pagar. Si la conocemos, le enviamos un enlace que da acceso a este dispositivo.',
      label: 'Correo electrónico',
      button: 'Envíenme un enlace',
    },
    asked: {
      title: 'Mire su correo',
      text: 'Si esta dirección es de alguien que nos apoya, hay un enlace en camino. Funciona una sola vez.',
    },
    manage: {
      title: 'Su apoyo',
      text: 'Verlo, cambiarlo o terminarlo, en Stripe, nuestro proveedor de pagos.',
      button: 'Gestionar mi apoyo',
    },
    nothing: {
      title: 'No conocemos este dispositivo',
      text: 'Puede darle acceso con un enlace por correo.',
    },
    later: {
      title: 'No ha funcionado',
      text: 'Inténtelo de nuevo dentro de unos minutos.',
    },
  },
};
