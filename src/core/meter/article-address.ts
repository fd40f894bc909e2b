/** Reduces the address of a page to the part that identifies its article. */

/** The part of a `URL`, or of `location`, that is used. */
export interface PageAddress {
  readonly pathname: string;
  readonly search: string;
}

/** Parameters that analytics, ad and mail platforms add, and this package's own. Listed in `docs/reader-state.md`. */
const tracking =
  /^(utm_|mtm_|pk_|piwik_|at_|gad_|hsa_|__?hs|vero_|support(?=[-_=]|$)|((fb|g|d|tt|tw|y)clid|msclkid|[gw]braid|gclsrc|srsltid|igsh(id)?|li_fat_id|mc_[ce]id|mkt_tok|epik|s_kwcid|_g[al]|_openstat)(=|$))/i;

/**
 * Returns the path and the parameters of an address, in a fixed order and without those that only track
 * the reader. For an address without parameters it is the path as it is.
 */
export function articleAddressOf({pathname, search}: PageAddress): string {
  const parameters = search
    .slice(1)
    .split('&')
    .filter(parameter => parameter && !tracking.test(parameter));
  return [pathname, parameters.sort().join('&')].filter(Boolean).join('?');
}
