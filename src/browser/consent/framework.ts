/** Finds the consent framework of a page. */

/** A framework's own function. TCF takes its version after the command. */
export type Framework = (
  command: 'addEventListener' | 'removeEventListener',
  ...rest: readonly unknown[]
) => unknown;

/** Returns the framework, or the stub that stands for it. An element with its name as an id is not it. */
export function frameworkNamed(name: '__tcfapi' | '__gpp'): Framework | undefined {
  const framework: unknown = Reflect.get(globalThis, name);
  return typeof framework === 'function' ? (framework as Framework) : undefined;
}
