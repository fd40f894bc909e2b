/** Does this run on Cloudflare Workers, where one request may not wait for the work of another? */

export function isWorker(): boolean {
  const {navigator} = globalThis as {readonly navigator?: {readonly userAgent?: string}};
  return navigator?.userAgent === 'Cloudflare-Workers';
}
