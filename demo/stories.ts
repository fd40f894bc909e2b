/** Provides the stories that the meter counts: one page, into which the other stories are inserted. */

import {fileIn} from './files.js';

/** Their paths, enough to reach the wall. */
export const meteredPaths: readonly string[] = ['', '-2', '-3', '-4', '-5', '-6'].map(
  number => `/paywall${number}.html`,
);

/** Replaces the first story in its page by another; unchanged where there is none. */
export async function withStory(page: string, folder: string, name: string): Promise<string> {
  const file = await fileIn(folder, name);
  if (!file) return page;
  const [head = '', text = ''] = new TextDecoder().decode(file.body).split('<!-- text -->');
  const title = /<h1>(.*?)<\/h1>/.exec(head)?.[1] ?? '';
  return page
    .replace(/(<header class="article-head">)[^]*?(<\/header>)/, `$1${head}$2`)
    .replace(/(<div[^>]* id="article-body">)[^]*?(<\/div>)/, `$1${text}$2`)
    .replaceAll('Who owns the fog signal', title)
    .replace(/(<meta name="description" content=")[^"]*/, `$1${title}`);
}
