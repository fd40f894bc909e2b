import type {Words} from './translation.js';

/** Translates the companion's mails and pages into Spanish. */
export const words: Words = {
  confirm: {
    subject: 'Confirma tu recordatorio de {site}',
    text: [
      'Alguien, esperamos que tú, ha pedido a {site} que envíe un único recordatorio a esta dirección el {date}.',
      'No se enviará nada si no lo confirmas.',
    ],
    button: 'Confirmar el recordatorio',
  },
  remind: {
    subject: 'Tu recordatorio de {site}',
    text: [
      'Nos pediste que hoy te recordáramos que {site} vive del apoyo de sus lectores.',
      'Este es ese recordatorio, y el único. Si ahora tampoco es el momento, no pasa nada.',
    ],
    button: 'Ir a {site}',
  },
  restore: {
    subject: 'Tu acceso a {site}',
    text: [
      'Alguien, esperamos que tú, quiere usar tu apoyo a {site} en otro dispositivo.',
      'Abre este enlace en ese dispositivo. Funciona una sola vez, durante {minutes} minutos.',
      'Si no has sido tú, no hagas nada: nadie entra sin este enlace.',
    ],
    button: 'Continuar en este dispositivo',
  },
  why: {
    reminder: 'Recibes este mensaje porque en {site} se pidió un recordatorio con tu dirección.',
    restore: 'Recibes este mensaje porque tu dirección se introdujo en {site}.',
  },
  stop: 'No quiero recordatorios',
  pages: {
    reminder: {
      title: 'Un recordatorio el {date}',
      text: '{site} puede escribirte una vez, ese día, y después olvida tu dirección.',
      confirm: 'Sí, recordádmelo',
      stop: 'No quiero recordatorios',
      erase: 'Borrar todo lo relativo a mi dirección',
    },
    confirmed: {
      title: 'Te lo recordaremos el {date}',
      text: 'Un solo mensaje, ese día. Aún puedes cambiar de opinión con el enlace del mensaje que ya tienes.',
    },
    stopped: {
      title: 'No se enviará ningún recordatorio',
      text: 'No guardamos tu dirección, solo una huella de ella, para que nadie pueda volver a introducirla.',
    },
    gone: {
      title: 'Ya no hay nada que confirmar',
      text: 'Este enlace ha caducado o ya se usó. No provocará ningún envío.',
    },
    enter: {
      title: 'Usar tu apoyo en este dispositivo',
      text: 'Pulsa el botón para entrar aquí. El enlace funciona una sola vez.',
      button: 'Entrar',
    },
    entered: {
      title: 'Te damos la bienvenida de nuevo',
      text: 'Este dispositivo tiene acceso desde ahora. Gracias por tu apoyo.',
      on: 'Ir a {site}',
    },
    expired: {
      title: 'Este enlace ya no funciona',
      text: 'Ha caducado o ya se usó. Puedes pedir otro.',
      again: 'Pedir un enlace nuevo',
    },
    ask: {
      title: '¿Ya nos apoyas?',
      text: 'Introduce la dirección que diste al pagar. Si la conocemos, te enviamos un enlace que da acceso a este dispositivo.',
      label: 'Correo electrónico',
      button: 'Enviadme un enlace',
    },
    asked: {
      title: 'Mira tu correo',
      text: 'Si esta dirección es de alguien que nos apoya, hay un enlace en camino. Funciona una sola vez.',
    },
    manage: {
      title: 'Tu apoyo',
      text: 'Verlo, cambiarlo o terminarlo, en Stripe, nuestro proveedor de pagos.',
      button: 'Gestionar mi apoyo',
    },
    nothing: {
      title: 'No conocemos este dispositivo',
      text: 'Puedes darle acceso con un enlace por correo.',
    },
    later: {
      title: 'No ha funcionado',
      text: 'Inténtalo de nuevo dentro de unos minutos.',
    },
  },
};
