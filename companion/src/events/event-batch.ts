/** Parses batches of page events: known event names and the newsroom's own words, nothing about the reader. */

import * as z from 'zod';
import {type ReaderEvent, type ReaderEventBatch, readerEventNames} from 'reader-support/core';
import type {EventGroup} from './event-store.js';
import {plainText} from '../http/plain-text.js';
import {Problem} from '../http/problem.js';

/** A name that the newsroom chose: a campaign, an experiment, an arm, a placement. */
const name = z.string().min(1).max(64).regex(plainText);
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

/** A batch, and how many of its events were dropped for unexpected content. */
export interface ReadBatch extends ReaderEventBatch {
  readonly refused: number;
}

/**
 * Parses a body. An event with an unexpected field is dropped: it may identify a reader or come from a
 * newer widget. The other events of the batch are kept.
 */
export function readEventBatch(body: unknown): ReadBatch {
  const {success, data} = batchShape.safeParse(body);
  if (!success) throw new Problem(422, 'invalid-request');
  if (data.events.length > mostEvents) throw new Problem(413, 'too-large');
  const events = data.events.flatMap(event => eventShape.safeParse(event).data ?? []);
  return {id: data.id, events, refused: data.events.length - events.length};
}

/** How much a batch would add to the sums: its events, each as often as it says. */
export function claimedBy({events}: ReaderEventBatch): number {
  return events.reduce((sum, {count = 1}) => sum + count, 0);
}

/** Groups events for counting: each event with an id is its own group, the others share one. */
export function groupsOf({id: batch, events}: ReaderEventBatch): EventGroup[] {
  const groups: EventGroup[] = [];
  const rest: ReaderEvent[] = [];
  for (const event of events) {
    // An event with an id counts once, whatever count it claims.
    if (event.id === undefined) rest.push(event);
    else if ((event.count ?? 1) === 1) groups.push({key: `e:${event.id}`, events: [event]});
  }
  if (rest.length) groups.push({key: `b:${batch}`, events: rest});
  return groups;
}
