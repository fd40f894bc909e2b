/** Refuses to start beside another version of `reader-support`, whose rules may differ. */

import {version as rulesVersion} from 'reader-support/core';

declare const __VERSION__: string;

/** The version of this package; `development` where it runs from its sources. */
export const companionVersion: string =
  typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__;

/**
 * Throws where the rules are of another version than the companion: both decide about the same
 * amounts, campaigns and records. The message names both versions and the cure.
 */
export function requireSameVersion(
  own: string = companionVersion,
  rules: string = rulesVersion,
): void {
  if (own === rules) return;
  throw new TypeError(
    `reader-support-companion ${own} needs reader-support ${own} but found ${rules}: npm install reader-support@${own} reader-support-companion@${own}`,
  );
}
