/** What do the companion's mails and pages say? The shape of a language's words. */

/** Every text, with `{site}`, `{date}` and `{minutes}` to be filled in. Plain text: it is escaped where it is put into HTML. */
export interface Words {
  /** The greeting's place is empty: we do not know the reader's name, and do not ask for it. */
  readonly confirm: Letter;
  readonly remind: Letter;
  readonly restore: Letter;
  /** Under every mail: why it came. */
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

/** A mail: what its subject, its text and its one button say. */
export interface Letter {
  readonly subject: string;
  readonly text: readonly string[];
  readonly button: string;
}

/** A page: its heading and its text. */
export interface Page {
  readonly title: string;
  readonly text: string;
}
