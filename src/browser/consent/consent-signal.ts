/** Has the reader allowed more than the minimum? Silence is a no. */

import {gppAllows, tcfAllows} from '../../core/consent/consent.js';

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
    clearTimeout(late);
    if (!signal.aborted) report(isGiven);
  };
  // What was kept on earlier pages is not deleted before there is an answer, or none came.
  const late = setTimeout(tell, patience, false);
  if (typeof setting === 'function') {
    void (async () => {
      try {
        tell(await setting('views'));
      } catch {
        tell(false);
      }
    })();
    return;
  }
  if (setting === 'minimal' || setting === 'full') return tell(setting === 'full');
  const framework: unknown = Reflect.get(globalThis, setting === 'tcf' ? '__tcfapi' : '__gpp');
  // An element whose id is the framework's name is no framework.
  if (typeof framework !== 'function') return;
  const listen = framework as Framework;
  try {
    if (setting === 'tcf') {
      listen('addEventListener', 2, (data, success) => {
        if (success && hasAnswered(data)) tell(tcfAllows(data));
      });
    } else
      listen('addEventListener', (data: unknown) => {
        if (hasAnswered(data)) tell(gppAllows(data));
      });
  } catch {
    // A broken framework has said nothing.
  }
}

/** Whether the reader has decided: the frameworks also report that they are still being asked. */
function hasAnswered(data: unknown): boolean {
  const {eventStatus, pingData, signalStatus} = Object(data) as Record<string, unknown>;
  const status = signalStatus ?? (Object(pingData) as Record<string, unknown>)['signalStatus'];
  return eventStatus ? eventStatus !== 'cmpuishown' : status === 'ready';
}
