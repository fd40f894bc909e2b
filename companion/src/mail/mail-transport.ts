/** Describes what sends a mail, and a mail as it is sent. */

/** A mail as a transport sends it: the shape of nodemailer's. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same for every try, so that a mailbox may know two copies for one. */
  readonly messageId: string;
}

/**
 * Something that sends mail: a nodemailer transporter fits, and so does a function around a
 * provider's HTTP interface. It rejects when it did not send.
 */
export interface MailTransport {
  sendMail(mail: OutgoingMail): Promise<unknown>;
}
