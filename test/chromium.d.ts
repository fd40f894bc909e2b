/** Types of `chromium.js`. */

export declare const chromiumLaunch: {readonly executablePath: string; readonly args: string[]};
