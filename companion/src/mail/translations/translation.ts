/** Declares the texts that every language of the companion's mails and pages provides. */

/** Every text, with the placeholders `{site}`, `{date}` and `{minutes}`. Plain text, which is escaped in HTML. */
export interface Words {
  /** Without a greeting: the kit neither knows nor asks for the reader's name. */
  readonly confirm: Letter;
  readonly remind: Letter;
  readonly restore: Letter;
  /** The footer of every mail, which says why the reader gets it. */
  readonly why: {readonly reminder: string; readonly restore: string};
  readonly stop: string;
  readonly pages: {
    readonly reminder: Page & {
      readonly confirm: string;
      readonly stop: string;
      readonly erase: string;
    };
    readonly confirmed: Page;
    readonly stopped: Page;
    readonly gone: Page;
    readonly enter: Page & {readonly button: string};
    readonly entered: Page & {readonly on: string};
    readonly expired: Page & {readonly again: string};
    readonly ask: Page & {readonly label: string; readonly button: string};
    readonly asked: Page;
    readonly manage: Page & {readonly button: string};
    readonly nothing: Page;
    readonly later: Page;
  };
}

/** A mail: its subject, text and button label. */
export interface Letter {
  readonly subject: string;
  readonly text: readonly string[];
  readonly button: string;
}

/** A page: its heading and text. */
export interface Page {
  readonly title: string;
  readonly text: string;
}
