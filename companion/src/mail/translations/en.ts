import type {Words} from './translation.js';

/** Holds the English texts of the companion's mails and pages. */
export const words: Words = {
  confirm: {
    subject: 'Please confirm your reminder from {site}',
    text: [
      'Somebody, we hope it was you, asked {site} to send one reminder to this address on {date}.',
      'Nothing will be sent unless you confirm it.',
    ],
    button: 'Confirm the reminder',
  },
  remind: {
    subject: 'Your reminder from {site}',
    text: [
      'You asked us to remind you today that {site} lives on its readers’ support.',
      'This is that reminder, and the only one. If now is not the time either, that is fine.',
    ],
    button: 'Go to {site}',
  },
  restore: {
    subject: 'Your way back in to {site}',
    text: [
      'Somebody, we hope it was you, asked to use your support of {site} on another device.',
      'Open this link on that device. It works once, within {minutes} minutes.',
      'If it was not you, do nothing: nobody gets in without this link.',
    ],
    button: 'Continue on this device',
  },
  why: {
    reminder: 'You get this mail because a reminder was asked for with your address on {site}.',
    restore: 'You get this mail because your address was entered on {site}.',
  },
  stop: 'No reminders, please',
  pages: {
    reminder: {
      title: 'A reminder on {date}',
      text: '{site} can write to you once, on that day, and then forgets your address.',
      confirm: 'Yes, remind me',
      stop: 'No reminders, please',
      erase: 'Delete everything about my address',
    },
    confirmed: {
      title: 'We will remind you on {date}',
      text: 'One mail, that day. You can still change your mind with the link in the mail you have.',
    },
    stopped: {
      title: 'No reminders will be sent',
      text: 'We keep no address of yours, only a fingerprint of it, so that nobody can ask again.',
    },
    gone: {
      title: 'There is nothing left to confirm',
      text: 'This link has run out or was used before. Nothing will be sent because of it.',
    },
    enter: {
      title: 'Use your support on this device',
      text: 'Press the button to be let in here. The link works once.',
      button: 'Let me in',
    },
    entered: {
      title: 'Welcome back',
      text: 'This device is let in from now on. Thank you for your support.',
      on: 'Go to {site}',
    },
    expired: {
      title: 'This link does not work any more',
      text: 'It has run out or was used before. You can ask for another.',
      again: 'Ask for a new link',
    },
    ask: {
      title: 'Already a supporter?',
      text: 'Enter the address you gave when you paid. If we know it, we send a link that lets this device in.',
      label: 'E-mail address',
      button: 'Send me a link',
    },
    asked: {
      title: 'Please look at your mail',
      text: 'If this address belongs to a supporter, a link is on its way. It works once.',
    },
    manage: {
      title: 'Your support',
      text: 'See, change or end what you give, at Stripe, our payment provider.',
      button: 'Manage my support',
    },
    nothing: {
      title: 'This device is not known',
      text: 'You can let it in with a link by e-mail.',
    },
    later: {
      title: 'That did not work',
      text: 'Please try again in a few minutes.',
    },
  },
};
