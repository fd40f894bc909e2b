/** Lists what reader-support has stored in this browser. */

import {storedThings, type StoredThing} from '../../core/consent/stored-things.js';

/** A key or cookie, and whether it is stored now. */
export interface StorageReportLine extends StoredThing {
  /** Whether it is stored; absent where a script cannot know: the cookie is hidden, or storage is blocked. */
  readonly kept?: boolean;
}

function isKept({where, key}: StoredThing): boolean | undefined {
  try {
    if (where === 'local-storage') return localStorage.getItem(key) !== null;
    // The other cookies are hidden from scripts.
    if (/^support-(reader|hint)$/.test(key))
      return document.cookie.split('; ').some(cookie => cookie.startsWith(`${key}=`));
  } catch {
    // Storage is blocked, or this is a server.
  }
  return undefined;
}

/**
 * Lists every key and cookie of reader-support: its purpose, when it is written, whether that requires
 * consent, and how long it is kept. For a privacy page or a consent manager's banner. Changes nothing.
 */
export function storageReport(): StorageReportLine[] {
  const isSecure = !('location' in globalThis) || location.protocol === 'https:';
  return storedThings(isSecure).map(thing => {
    const kept = isKept(thing);
    return kept === undefined ? thing : {...thing, kept};
  });
}
