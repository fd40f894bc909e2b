/** What all our events have in common: they bubble, and cross shadow roots. */
export class SupportEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, {bubbles: true, composed: true, cancelable});
  }
}
