/** What may be told of an appeal to whoever counts: things that happened, never who they happened to. */

/**
 * What can happen, in the order of the funnel. `exposure`: a reader was put in an arm; `view`: two
 * fifths of the appeal were in view for a second; `open`: the reader chose something in the ask;
 * `start`: pressed the button; `fail`: no checkout came of it; `supported`: came back from one (a
 * hint: the webhook is the truth). Then the ways an appeal is closed.
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

/** Something that happened, or that happened `count` times. Names are the newsroom's own. */
export interface ReaderEvent {
  readonly name: ReaderEventName;
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly placement?: string;
  /** How often; 1 unless told. More only without an `id`. */
  readonly count?: number;
  /** One for each event, so that one that is sent twice counts once. Only with consent. */
  readonly id?: string;
  /** The exposure that a gift will name. Only with consent. */
  readonly exposure?: string;
}

/** What travels in one request. No time: the companion's clock is the one that counts. */
export interface ReaderEventBatch {
  /** Names the request and nothing else, so that a request that is sent twice counts once. */
  readonly id: string;
  readonly events: readonly ReaderEvent[];
}
