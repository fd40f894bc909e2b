/** Notices that a consent framework shows its dialog: TCF's `cmpuishown`, GPP's display status. */

import {frameworkNamed} from '../consent/framework.js';

/** Whether the dialog of each framework is shown. The page listens to each once, for as long as it lives. */
const shown: Record<string, boolean> = {};

/** Listens to a framework once it is there; `isShown` returns nothing for what says nothing of the dialog. */
function listen(
  name: '__tcfapi' | '__gpp',
  parameters: readonly unknown[],
  isShown: (data: Readonly<Record<string, unknown>>) => boolean | undefined,
): void {
  const framework = frameworkNamed(name);
  if (name in shown || !framework) return;
  shown[name] = false;
  try {
    framework('addEventListener', ...parameters, (data: unknown) => {
      shown[name] = isShown(Object(data) as Record<string, unknown>) ?? shown[name] ?? false;
    });
  } catch {
    // A broken framework shows nothing.
  }
}

/** Whether a consent framework shows its dialog now. Finds one that comes late at the next call. */
export function isConsentDialogShown(): boolean {
  listen('__tcfapi', [2], ({eventStatus}) =>
    eventStatus === undefined ? undefined : eventStatus === 'cmpuishown',
  );
  listen('__gpp', [], ({eventName, data, pingData}) => {
    const {cmpDisplayStatus} = Object(pingData) as Record<string, unknown>;
    const status = eventName === 'cmpDisplayStatus' ? data : cmpDisplayStatus;
    return status === undefined ? undefined : status === 'visible';
  });
  return Object.values(shown).includes(true);
}
