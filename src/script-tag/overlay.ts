/**
 * What the script tag loads beside the interface when a bar, a dialog or something with a trigger is due. The build
 * puts what an element lays over the page into the same file.
 */

export * from '../browser/overlays/right-moment.js';
