/** Which stories does the meter count? One is a page; the others are put into its place. */

import {fileIn} from './files.js';

/** Their addresses: enough to meet the wall. */
export const meteredPaths: readonly string[] = ['', '-2', '-3', '-4', '-5', '-6'].map(
  number => `/paywall${number}.html`,
);

/** The page of the first story with another one in its place; as it is, where there is none. */
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
