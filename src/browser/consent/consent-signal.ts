/** Watches whether the reader has allowed more than the minimum. No answer counts as no. */

import {gppAllows, tcfAllows} from '../../core/consent/consent.js';
import {frameworkNamed, type Framework} from './framework.js';

/** The site's setting, or how to find out. A callback is called with the purpose `'views'`. */
export type ConsentSetting =
  'minimal' | 'full' | 'tcf' | 'gpp' | ((purpose: 'views') => boolean | Promise<boolean>);

const timeoutMs = 3000;

/** Tag managers load consent frameworks late: looks 10 times a second, and after the timeout once. */
const lookEveryMs = 100;
const lookEveryLateMs = 1000;

/** After this time the page has no framework. */
const lookForMs = 60_000;

/**
 * Reports yes or no, now and on every change, until the signal is aborted. While there is no answer
 * after three seconds, it counts as no; a later answer counts from then on.
 */
export function watchConsent(
  setting: ConsentSetting,
  report: (isGiven: boolean) => void,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const answer = (isGiven: boolean) => {
    clearTimeout(timeout);
    if (!signal.aborted) report(isGiven);
  };
  // Data from earlier pages is kept until there is an answer or the time is up.
  const timeout = setTimeout(answer, timeoutMs, false);
  signal.addEventListener('abort', () => clearTimeout(timeout));
  if (typeof setting === 'function') {
    void (async () => {
      try {
        answer(await setting('views'));
      } catch {
        answer(false);
      }
    })();
  } else if (setting === 'minimal' || setting === 'full') answer(setting === 'full');
  else watchFramework(setting, answer, signal);
}

/** Finds the framework, however late it comes, and listens to it until the signal is aborted. */
function watchFramework(
  setting: 'tcf' | 'gpp',
  answer: (isGiven: boolean) => void,
  signal: AbortSignal,
): void {
  const isTcf = setting === 'tcf';
  let listenerId: unknown;
  let elapsedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const call = (
    command: Parameters<Framework>[0],
    listener: (data: unknown, success?: unknown) => void,
    parameter?: unknown,
  ) => {
    // Found each time: the framework replaces its stub.
    const framework = frameworkNamed(isTcf ? '__tcfapi' : '__gpp');
    if (!framework) return false;
    try {
      framework(command, ...(isTcf ? [2] : []), listener, parameter);
    } catch {
      // A broken framework gives no answer.
    }
    return true;
  };

  const listen = (data: unknown, success?: unknown) => {
    listenerId = (Object(data) as {listenerId?: unknown}).listenerId ?? listenerId;
    if (signal.aborted) stop();
    else if (isTcf ? success && hasAnswered(data) : hasAnswered(data)) {
      answer(isTcf ? tcfAllows(data) : gppAllows(data));
    }
  };

  const stop = () => {
    clearTimeout(timer);
    // A stub tells the id with its first answer; until then there is nothing to remove.
    if (listenerId !== undefined) call('removeEventListener', () => undefined, listenerId);
    listenerId = undefined;
  };

  const look = () => {
    if (call('addEventListener', listen) || elapsedMs >= lookForMs) return;
    const waitMs = elapsedMs < timeoutMs ? lookEveryMs : lookEveryLateMs;
    elapsedMs += waitMs;
    timer = setTimeout(look, waitMs);
  };

  signal.addEventListener('abort', stop);
  look();
}

/** Whether the reader has decided: frameworks also report while they are still asking. */
function hasAnswered(data: unknown): boolean {
  const {eventStatus, pingData, signalStatus} = Object(data) as Record<string, unknown>;
  const status = signalStatus ?? (Object(pingData) as Record<string, unknown>)['signalStatus'];
  return eventStatus ? eventStatus !== 'cmpuishown' : status === 'ready';
}
