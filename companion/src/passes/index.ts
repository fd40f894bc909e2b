/** Gathers what others need of passes: the one door by which other rooms come in. */

export type {PassStore} from './pass-store.js';
export type {PassKey} from './pass-token.js';
export type {Passes} from './passes.js';
export type {ServiceSettings} from './services.js';
