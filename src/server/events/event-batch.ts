/** What may a page tell? Exactly events: known names, the newsroom's own words, and nothing about the reader. */

import * as z from 'zod';
import {
  readerEventNames,
  type ReaderEvent,
  type ReaderEventBatch,
} from '../../core/experiments/reader-event.js';
import type {EventGroup} from './event-store.js';
import {Problem} from '../problem.js';

/** A name of the newsroom's own: a campaign, an experiment, an arm, a placement. */
const name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const id = z.string().regex(/^[\w-]{8,64}$/);

const eventShape: z.ZodType<ReaderEvent> = z.strictObject({
  name: z.enum(readerEventNames),
  campaign: z.exactOptional(name),
  experiment: z.exactOptional(name),
  arm: z.exactOptional(name),
  placement: z.exactOptional(name),
  count: z.exactOptional(z.int().min(1).max(50)),
  id: z.exactOptional(id),
  exposure: z.exactOptional(id),
});

/** The most events of one request. */
export const mostEvents = 20;

const batchShape = z.strictObject({id, events: z.array(z.unknown()).min(1)});

/** A batch, and how many of its events said anything that they may not. */
export interface ReadBatch extends ReaderEventBatch {
  readonly refused: number;
}

/**
 * Reads a body. An event with anything unexpected in it is left out whole: it may tell of a reader, or
 * come from a newer widget, and neither is a reason to lose the others.
 */
export function readEventBatch(body: unknown): ReadBatch {
  const {success, data} = batchShape.safeParse(body);
  if (!success) throw new Problem(422, 'refused');
  if (data.events.length > mostEvents) throw new Problem(413, 'refused');
  const events = data.events.flatMap(one => eventShape.safeParse(one).data ?? []);
  return {id: data.id, events, refused: data.events.length - events.length};
}

/** Each event that has an id counts by itself; the others of a request count together. */
export function groupsOf({id: batch, events}: ReaderEventBatch): EventGroup[] {
  const groups: EventGroup[] = [];
  const rest: ReaderEvent[] = [];
  for (const event of events) {
    // Many under one id would be one event that says it is many.
    if (event.id === undefined) rest.push(event);
    else if ((event.count ?? 1) === 1) groups.push({key: `e:${event.id}`, events: [event]});
  }
  if (rest.length) groups.push({key: `b:${batch}`, events: rest});
  return groups;
}
