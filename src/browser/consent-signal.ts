/** Has the reader allowed more than the minimum? Silence is a no. */

import {gppAllows, tcfAllows} from '../core/consent.js';

/** What the site says, or how to find out. A callback is asked for the purpose `'views'`. */
export type ConsentSetting =
  'minimal' | 'full' | 'tcf' | 'gpp' | ((purpose: 'views') => boolean | Promise<boolean>);

type Framework = (
  command: 'addEventListener',
  listenerOrVersion: unknown,
  listener?: (data: never, success?: boolean) => void,
) => void;

const patience = 3000;

/**
 * Reports yes or no, now and whenever the reader changes their mind, until the signal is aborted.
 * An answer that does not come within three seconds counts as a no until it comes.
 */
export function watchConsent(
  setting: ConsentSetting,
  report: (isGiven: boolean) => void,
  signal: AbortSignal,
): void {
  const tell = (isGiven: boolean) => {
    if (!signal.aborted) report(isGiven);
  };
  if (typeof setting === 'function') {
    const late = setTimeout(tell, patience, false);
    void (async () => {
      try {
        tell(await setting('views'));
      } catch {
        tell(false);
      }
      clearTimeout(late);
    })();
    return;
  }
  tell(setting === 'full');
  // An element whose id is the framework's name is no framework.
  const framework =
    (globalThis as {[name: string]: unknown})[`__${setting}api`] ??
    (globalThis as {[name: string]: unknown})[`__${setting}`];
  if (typeof framework !== 'function') return;
  try {
    if (setting === 'tcf') {
      (framework as Framework)('addEventListener', 2, (data, success) => {
        if (success) tell(tcfAllows(data));
      });
    } else if (setting === 'gpp') {
      (framework as Framework)('addEventListener', (data: never) => tell(gppAllows(data)));
    }
  } catch {
    // A broken framework has said nothing.
  }
}
