/** The base class of the kit's events, which bubble and cross shadow roots. */

/** The browser's own class. Libraries have put functions of their own in the place of `window.Event`. */
const NativeEvent: typeof Event =
  ((globalThis as {document?: Document}).document?.createEvent('Event').constructor as
    typeof Event | undefined) ?? Event;

export class SupportEvent extends NativeEvent {
  constructor(type: string, cancelable = false) {
    super(type, {bubbles: true, composed: true, cancelable});
  }
}
