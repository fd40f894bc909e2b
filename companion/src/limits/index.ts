/** Gathers what others need to count attempts: the one door by which other rooms come in. */

export {tokenCheck, type GuessedToken} from './guesses.js';
export {type LimitStore, storeLimiter} from './limit-store.js';
export {type Limit, type Limiter, slidingWindow} from './limiter.js';
export {takeFromAll, takeFromNetworks} from './network-limits.js';
