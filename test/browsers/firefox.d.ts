/** Types of `firefox.js`. */

export declare const firefoxLaunch: {
  readonly browser: 'firefox';
  readonly executablePath: string;
};
