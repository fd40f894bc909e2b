/** Declares the database table of attempts. */

/** One bucket of attempts. */
export interface LimitTables {
  readonly limits: {
    /** A keyed hash that does not reveal the address. */
    readonly bucket: string;
    /** Epoch ms, oldest first, as JSON; `[time, count]` for several attempts. */
    readonly times: string;
    readonly version: number;
    /** Epoch ms. */
    readonly expires: number;
  };
}

declare module '../database/tables.js' {
  interface Tables extends LimitTables {}
}
