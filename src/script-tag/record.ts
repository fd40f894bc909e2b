/** What the script tag loads on a page that may ask nothing: to write the reader's record, follow a route, or give a turn. */

export {recall} from '../browser/companion/recall-reader.js';
export {updateReaderRecord} from '../page/update-reader-record.js';
export {isOtherArticle} from '../browser/placement/is-other-article.js';
export {requestTurn} from '../browser/overlays/turn.js';
