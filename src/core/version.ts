/** Says which version of the package this is. */

declare const __VERSION__: string;

/** Such as `0.1.0`; `development` where the sources run as they are. */
export const version: string = typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__;
