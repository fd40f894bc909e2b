/** Is this caller a machine that says so? Its word is read, used and forgotten. */

// A maker of phones is called Cubot.
const words =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|headless|lighthouse|phantom|selenium|puppeteer|playwright|python|curl\/|wget\/|libwww-perl|java\/|okhttp|go-http-client|node-fetch|undici|axios|scrapy|archiver|facebookexternalhit|uptime|monitoring|fetcher|scanner|link ?preview|^\W*$/i;

/** Whether a `User-Agent` is a robot's own account of itself. A robot that poses as a reader is not found out here. */
export function isRobot(userAgent: string | null): boolean {
  return words.test(userAgent?.slice(0, 1000) ?? '');
}
