/** Declares the events that are counted: what happened, never to whom. */

/**
 * The events, in the order of the funnel. `exposure`: a reader was assigned to an arm; `view`: 40 % of
 * the appeal was in view for a second; `open`: the reader chose something in the ask; `start`: pressed
 * the button; `fail`: the checkout failed; `supported`: came back from paying (a hint: only the webhook
 * is proof). Then the ways an appeal is closed.
 */
export const readerEventNames = [
  'exposure',
  'view',
  'open',
  'start',
  'fail',
  'supported',
  'later',
  'close',
  'already-supporting',
  'not-this-campaign',
] as const;

export type ReaderEventName = (typeof readerEventNames)[number];

/** An event, or `count` equal events. Names are the newsroom's own. */
export interface ReaderEvent {
  readonly name: ReaderEventName;
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly placement?: string;
  /** How often. Default: 1. More only without an `id`. */
  readonly count?: number;
  /** Unique for each event, so that a repeat counts once. Only with consent. */
  readonly id?: string;
  /** The exposure id that a gift refers to. Only with consent. */
  readonly exposure?: string;
}

/** The events of one request. Without a time, because the companion's clock counts. */
export interface ReaderEventBatch {
  /** Identifies only the request, so that a repeat counts once. */
  readonly id: string;
  readonly events: readonly ReaderEvent[];
}
