/** Says how the tests start Firefox. */

/** Options for Puppeteer. */
export const firefoxLaunch = {
  browser: 'firefox',
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
};
