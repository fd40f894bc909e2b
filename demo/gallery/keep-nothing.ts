/** Keeps the frames of the gallery apart: without storage, what is closed in one stays open in the others. */

Object.defineProperty(globalThis, 'localStorage', {
  get(): never {
    throw new DOMException('The gallery stores nothing.', 'SecurityError');
  },
});
