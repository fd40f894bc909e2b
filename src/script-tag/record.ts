/** What the script tag loads when the reader's record must be written on a page that may ask nothing. */

export {recall} from '../browser/companion/recall-reader.js';
export {updateReaderRecord} from '../page/update-reader-record.js';
export {isSameArticle} from '../browser/placement/is-same-article.js';
