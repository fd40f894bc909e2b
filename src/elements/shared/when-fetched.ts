/** Does something at once when all is here (`true`), else as soon as it is; `fail` when it never will be. */
export function whenFetched(
  needs: readonly (true | Promise<void>)[],
  act: () => void,
  fail: () => void = () => undefined,
): Promise<unknown> | undefined {
  const missing = needs.filter(need => need !== true);
  if (missing.length > 0) return Promise.all(missing).catch(fail).then(act);
  act();
  return undefined;
}
