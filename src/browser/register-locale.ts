/** Keeps the words that a site registers, for all copies of the library and before any element is defined. */

import type {Messages} from '../locales/en.js';
import {page} from './page.js';

/**
 * Gives the elements the words of a language, from now on: one that the package lacks, or words of the
 * site's own. What is left out is English. A server that renders the elements, and the page that takes
 * them over, register the page's language first; then no moment passes without words.
 */
export function registerLocale(tag: string, messages: Partial<Messages>): void {
  (page().locales ??= []).push([tag, messages]);
}
