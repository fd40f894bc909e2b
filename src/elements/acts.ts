/** What the elements need only when a reader does something: one piece, fetched when they reach for it. */

export * from '../controllers/appeal-acts.js';
export {AskActs} from './ask-acts.js';
export {renderFarewell, renderStatus} from './farewell.js';
