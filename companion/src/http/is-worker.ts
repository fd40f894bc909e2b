/** Detects Cloudflare Workers, where one request cannot wait for the work of another. */

export function isWorker(): boolean {
  const {navigator} = globalThis as {readonly navigator?: {readonly userAgent?: string}};
  return navigator?.userAgent === 'Cloudflare-Workers';
}
