/** What does this browser keep of its reader, on a site with reader-support? */

import {storedThings, type StoredThing} from '../../core/consent/stored-things.js';

/** One key or cookie, and whether it is there now. */
export interface StorageReportLine extends StoredThing {
  /** Absent where a script cannot know: the browser hides the cookie, or storage is blocked. */
  readonly kept?: boolean;
}

function isKept({where, key}: StoredThing): boolean | undefined {
  try {
    if (where === 'local-storage') return localStorage.getItem(key) !== null;
    // The others are hidden from scripts.
    if (/^support-(reader|hint)$/.test(key))
      return document.cookie.split('; ').some(one => one.startsWith(`${key}=`));
  } catch {
    // Blocked, or a server.
  }
  return undefined;
}

/**
 * Lists every key and cookie of reader-support: what it is for, when it is written, whether that needs consent, and for how
 * long it is kept. For a privacy page, or the banner of a consent manager. Reads and changes nothing else.
 */
export function storageReport(): StorageReportLine[] {
  const isSecure = !('location' in globalThis) || location.protocol === 'https:';
  return storedThings(isSecure).map(one => {
    const kept = isKept(one);
    return kept === undefined ? one : {...one, kept};
  });
}
