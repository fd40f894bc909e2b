/** Reads Global Privacy Control: https://w3c.github.io/gpc/ */

/** Whether the reader's browser sends an opt-out signal. */
export const isOptedOut = (): boolean =>
  (navigator as {globalPrivacyControl?: boolean}).globalPrivacyControl === true;
