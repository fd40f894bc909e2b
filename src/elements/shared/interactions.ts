/** What the elements need only when a reader does something: one piece, fetched when they reach for it. */

export * from '../../controllers/appeal-interactions.js';
export {AskActs} from '../ask/ask-interactions.js';
export {renderFarewell, renderStatus} from '../appeal/confirmation.js';
