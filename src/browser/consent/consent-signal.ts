/** Watches whether the reader has allowed more than the minimum. No answer counts as no. */

import {gppAllows, tcfAllows} from '../../core/consent/consent.js';

/** The site's setting, or how to find out. A callback is called with the purpose `'views'`. */
export type ConsentSetting =
  'minimal' | 'full' | 'tcf' | 'gpp' | ((purpose: 'views') => boolean | Promise<boolean>);

type Framework = (
  command: 'addEventListener',
  listenerOrVersion: unknown,
  listener?: (data: never, success?: boolean) => void,
) => void;

const timeoutMs = 3000;

/**
 * Reports yes or no, now and on every change, until the signal is aborted. While there is no answer
 * after three seconds, it counts as no.
 */
export function watchConsent(
  setting: ConsentSetting,
  report: (isGiven: boolean) => void,
  signal: AbortSignal,
): void {
  const answer = (isGiven: boolean) => {
    clearTimeout(timeout);
    if (!signal.aborted) report(isGiven);
  };
  // Data from earlier pages is kept until there is an answer or the time is up.
  const timeout = setTimeout(answer, timeoutMs, false);
  if (typeof setting === 'function') {
    void (async () => {
      try {
        answer(await setting('views'));
      } catch {
        answer(false);
      }
    })();
    return;
  }
  if (setting === 'minimal' || setting === 'full') return answer(setting === 'full');
  const framework: unknown = Reflect.get(globalThis, setting === 'tcf' ? '__tcfapi' : '__gpp');
  // An element with the framework's name as its id is not the framework.
  if (typeof framework !== 'function') return;
  const listen = framework as Framework;
  try {
    if (setting === 'tcf') {
      listen('addEventListener', 2, (data, success) => {
        if (success && hasAnswered(data)) answer(tcfAllows(data));
      });
    } else
      listen('addEventListener', (data: unknown) => {
        if (hasAnswered(data)) answer(gppAllows(data));
      });
  } catch {
    // A broken framework gives no answer.
  }
}

/** Whether the reader has decided: frameworks also report while they are still asking. */
function hasAnswered(data: unknown): boolean {
  const {eventStatus, pingData, signalStatus} = Object(data) as Record<string, unknown>;
  const status = signalStatus ?? (Object(pingData) as Record<string, unknown>)['signalStatus'];
  return eventStatus ? eventStatus !== 'cmpuishown' : status === 'ready';
}
