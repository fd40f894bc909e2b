/** Recognizes robots that identify themselves in their `User-Agent`, which is not stored. */

// Cubot is a phone maker, not a robot.
const words =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|headless|lighthouse|phantom|selenium|puppeteer|playwright|python|curl\/|wget\/|libwww-perl|java\/|okhttp|go-http-client|node-fetch|undici|axios|scrapy|archiver|facebookexternalhit|uptime|monitoring|fetcher|scanner|link ?preview|^\W*$/i;

/** Whether a `User-Agent` identifies itself as a robot. A robot that poses as a reader is not recognized. */
export function isRobot(userAgent: string | null): boolean {
  return words.test(userAgent?.slice(0, 1000) ?? '');
}
