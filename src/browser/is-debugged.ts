/** Finds out whether a developer or an editor looks at the page. */

/** Whether the address asks for explanations: `?support-debug`, `?support-arm`. */
export const isDebugged = (): boolean => /[?&]support-(debug|arm)/.test(location.search);

/** Whether an editor previews an experiment, `?support-arm`: nothing is counted or stored then. */
export const isPreview = (): boolean => /[?&]support-arm/.test(location.search);
