/** Does something at once when all is here (`true`), else as soon as it is; `fail` when it never will be. */
export function whenFetched(
  needs: readonly (true | Promise<void>)[],
  act: () => void | Promise<unknown>,
  fail: () => void = () => undefined,
): void | Promise<unknown> {
  return needs.every(need => need === true) ? act() : Promise.all(needs).catch(fail).then(act);
}
