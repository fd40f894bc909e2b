/** Gathers what others need to write to readers: the one door by which other rooms come in. */

export {mailboxOf, readMailAddress} from './mail-address.js';
export type {MailStore} from './mail-store.js';
export type {MailTransport} from './mail-transport.js';
export {openMailer} from './mailer.js';
export {type MailContent, linkLasts, openOutbox} from './outbox.js';
export {
  type MailLimitSettings,
  readFields,
  requireAllowedForm,
  refuseTooManyMails,
} from './reader-request.js';
export {loadNodemailer} from './smtp.js';
export {fill, speak} from './translations/index.js';
