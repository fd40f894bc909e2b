/** Notices that a consent framework shows its dialog: TCF's `cmpuishown`, GPP's display status. */

type Framework = (command: 'addEventListener', ...rest: readonly unknown[]) => unknown;

/** Whether the dialog of each framework is shown. The page listens to each once, for as long as it lives. */
const shown: Record<string, boolean> = {};

/** Listens to a framework once it is there; `isShown` returns nothing for what says nothing of the dialog. */
function listen(
  name: string,
  parameters: readonly unknown[],
  isShown: (data: Readonly<Record<string, unknown>>) => boolean | undefined,
): void {
  // An element with the framework's name as its id is not the framework.
  const framework: unknown = Reflect.get(globalThis, name);
  if (name in shown || typeof framework !== 'function') return;
  shown[name] = false;
  try {
    (framework as Framework)('addEventListener', ...parameters, (data: unknown) => {
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
