/** Counts attempts of networks, so that one of them cannot use up what is meant for all. */

import type {Limit} from './limiter.js';

/** Counts an attempt in a bucket; resolves with the ms to wait, 0 when it may be now. */
type Take = (bucket: string, limits: readonly Limit[]) => Promise<number>;

const day = 86_400_000;

const times =
  (factor: number) =>
  ({max, windowMs}: Limit): Limit => ({max: Math.floor(max * factor), windowMs});

/**
 * Counts an attempt in each of a caller's networks, the smallest first. A larger one may ask four times as
 * often as the one within it, because homes share it; otherwise whoever rents it would be 65,536 callers.
 */
export async function takeFromNetworks(
  take: Take,
  networks: readonly string[],
  limits: readonly Limit[],
): Promise<number> {
  for (const [level, network] of networks.entries()) {
    const ms = await take(network, limits.map(times(4 ** level)));
    if (ms) return ms;
  }
  return 0;
}

/**
 * Counts an attempt of everybody. A third is for networks that have not asked today: those who have share
 * the rest. Which those are this process `remember`s by itself, so that it costs no store anything. `network`
 * is the largest that the caller is in; without one only the whole is counted.
 */
export async function takeFromAll(
  take: Take,
  remember: Take,
  network: string | undefined,
  limits: readonly Limit[],
): Promise<number> {
  const isKnown =
    network !== undefined && (await remember(`seen:${network}`, [{max: 1, windowMs: day}])) > 0;
  const ms = isKnown ? await remember('known', limits.map(times(2 / 3))) : 0;
  return ms || (await take('all', limits));
}
