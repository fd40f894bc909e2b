/** Says which Chromium every runner starts, and how. Plain JavaScript, as Web Test Runner reads its configuration so. */

/** A browser that asks for nothing on its own, draws without a graphics card, and runs as root in a container too. */
export const chromiumLaunch = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
};
