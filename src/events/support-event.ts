/** The base class of the kit's events, which bubble and cross shadow roots. */
export class SupportEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, {bubbles: true, composed: true, cancelable});
  }
}
