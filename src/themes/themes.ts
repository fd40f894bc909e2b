/**
 * Makes the themes one style sheet for a shadow root, in which the host's attribute names one of them. The build
 * writes a style sheet for pages of each.
 */

import {broadsheet} from './broadsheet.js';
import {gazette} from './gazette.js';
import {review} from './review.js';

/** The style sheet. What a page says on the element itself wins over it. */
export const themeStyles: string = Object.entries({broadsheet, gazette, review})
  .map(([name, declarations]) => `:host([theme='${name}']) {${declarations}}`)
  .join('');
