/** Which table holds attempts? */

/** One bucket of attempts. */
export interface LimitTables {
  readonly limits: {
    /** A keyed hash: no address can be read from it. */
    readonly bucket: string;
    /** Epoch ms, oldest first, as JSON. */
    readonly times: string;
    readonly version: number;
    /** Epoch ms. */
    readonly expires: number;
  };
}
