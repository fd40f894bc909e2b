/** Exports the results of experiments for pages, tables and mails of a site's own. Node only. */

export {printCsv, readCsv} from './csv.js';
export type {DailySum} from './daily-sum.js';
export {foldFile, foldLog} from './log.js';
export type {LeftOut, Tally} from './aggregate.js';
export {blockedBy, inputText, type InputCount} from './input-count.js';
export {reportPage, type PageOptions} from './page.js';
export {resultsOf, type ArmResult, type Results} from './results.js';
export {sentenceOf, type Sentence} from './sentence.js';
export {printText} from './text.js';
export {scaleOf, type Scale} from './gift-value.js';
