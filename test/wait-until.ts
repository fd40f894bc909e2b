/** Waits for a condition in the browser, as long as one wait may take in every test. */

import {waitUntil as wait} from '@open-wc/testing';
import {waitLimit} from './time-limit.js';

/** Resolves once the condition holds; rejects with the message when it has not within `waitLimit`. */
export const waitUntil = (
  condition: Parameters<typeof wait>[0],
  message?: string,
  options: Parameters<typeof wait>[2] = {},
): Promise<void> => wait(condition, message, {timeout: waitLimit, ...options});
