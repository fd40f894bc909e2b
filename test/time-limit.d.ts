/** Types of `time-limit.js`, which the runners read before anything can read TypeScript. */

export declare const waitLimit: number;
export declare const testLimit: number;
export declare const journeyLimit: number;
export declare const longTestLimit: number;
export declare const soakLimit: number;
export declare const hourSoakLimit: number;
export declare const fileLimit: number;
export declare const soakFileLimit: number;
