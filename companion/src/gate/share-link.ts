/** Signs and reads links that open an article for anyone who has them, until they expire. */

import {articleAddressOf, articleKeyOf, type NeverCounts} from 'reader-support/core';
import {sign, verify, type GateSecrets} from './meter-token.js';

/** Why a link opens an article. */
export type LinkKind = Extract<NeverCounts, 'gift' | 'newsletter' | 'share-link'>;

/** What a link opens. */
export interface OpenLink {
  readonly kind: LinkKind;
  /**
   * The address of the only article it opens: its path, with the parameters that identify it (`/?p=5`).
   * Default: every article, for newsletters.
   */
  readonly path?: string;
  /** Epoch ms: when it expires. */
  readonly until: number;
}

/** The name of the URL parameter. */
export const linkParameter = 'support_link';

const purpose = 'support-link';

/** Returns the URL parameter's value for a link. */
export function signLink(link: OpenLink, secrets: GateSecrets): Promise<string> {
  const {kind, path, until} = link;
  const key = path === undefined ? undefined : articleKeyOf(path);
  return sign({k: kind, ...(key && {a: key})}, purpose, until, secrets);
}

/** Returns the key with which links name the article at an address. */
export function linkKey(url: URL): string {
  return articleKeyOf(articleAddressOf(url));
}

/** Returns why the link in an address opens the article with this key; `undefined` if it does not. */
export async function readLink(
  url: URL,
  key: string,
  now: number,
  secrets: GateSecrets,
): Promise<LinkKind | undefined> {
  const token = url.searchParams.get(linkParameter);
  if (!token) return undefined;
  const {k: kind, a: article} = (await verify(token, purpose, now, secrets)) ?? {};
  const isKnown = kind === 'gift' || kind === 'newsletter' || kind === 'share-link';
  if (!isKnown || (article !== undefined && article !== key)) return undefined;
  return kind;
}
