/** Takes the browser's storage away, so that what is closed in one frame of the gallery stays open in the others. */
export function keepNothing(): void {
  Object.defineProperty(globalThis, 'localStorage', {
    get(): never {
      throw new DOMException('The gallery stores nothing.', 'SecurityError');
    },
  });
}
