/** Gathers what others need of the checkout: the one door by which other rooms come in. */

export type {HumanCheck} from './human-check.js';
