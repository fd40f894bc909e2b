/** Holds the state that all copies of this library on one page share. */

import type {ReaderState, View} from '../core/cadence/reader-state.js';
import type {Messages} from '../locales/en.js';

/** A request for a turn to show an overlay. */
export interface Waiting {
  readonly priority: number;
  readonly grant: () => void;
}

/** A reader's arm in one experiment. */
export interface Enrolment {
  readonly arm: string;
  /** The exposure id that a gift refers to; only where ids are allowed. */
  readonly exposure?: string;
  /** Epoch ms: forgotten then. */
  readonly until: number;
}

/** The random bucket of a reader without an id, stored so that it is drawn once. */
export interface StoredBucket {
  /** The bucket, from 0 to 1. Stored and shared under this name. */
  readonly point: number;
  /** Epoch ms: forgotten then. */
  readonly until: number;
}

/** All enrolments: buckets by experiment key or layer, arms by experiment key; as they are stored. */
export interface Enrolments {
  readonly points: Record<string, StoredBucket>;
  readonly arms: Record<string, Enrolment>;
}

/** A value that a session has put into an appeal, and what the site itself says there. */
export interface FilledValue {
  readonly value: unknown;
  readonly own: unknown;
}

/** An event and where it came from: only while it is dispatched does it know that itself. */
export type HeardEvent = readonly [event: Event, path: readonly EventTarget[]];

/** Written by the script tag's entry, which begins once a page. */
interface ScriptTagFields {
  /** The version of the script tag on this page. */
  script?: string;
}

/** Written by `start()`, in `page/start.ts`. */
interface SessionFields {
  /** How many sessions are active; elements then do not decide for themselves. */
  directed?: number;
  /** The reader's country, as `start()` was given it. Read by `readerCountry()`. */
  country?: string | undefined;
  /** The campaigns file's currency. Read by `<support-ask>`, as the last choice. */
  currency?: string | undefined;
  /** Shows an appeal that the reader requested. Called by `open()` and by the preview panel. */
  open?: (campaign?: string) => Promise<boolean>;
}

/**
 * Written by whatever shows an ask: `page/show-appeal.ts`, the controllers of appeals and of paywalls,
 * and `start()`, which begins each page view without one.
 */
interface AskFields {
  /** Whether an ask was shown in this page view. Read by `pageFacts()` for every decision. */
  asked?: boolean;
  /** The appeal that a session has shown last. Read by `start()`, to tell it from appeals that arrive. */
  appeal?: HTMLElement;
  /** What sessions have put into appeals, by property. Read and written by `fillAppeal()`. */
  filled?: WeakMap<Element, Record<string, FilledValue>>;
}

/** Written by `start()`, and by the reader store and `page/apply-consent.ts` when the reader answers. */
interface ConsentFields {
  /** Whether views, enrolments and ids may be stored. Read by whatever stores or sends them. */
  full?: boolean;
  /**
   * Resolves when a consent framework has answered, or has taken too long. Read by experiments,
   * which draw no arm before.
   */
  answered?: Promise<void>;
}

/** Written by the reader store, in `browser/storage/`. */
interface ReaderRecordFields {
  /** The part of the reader record that may not or cannot be stored. */
  memory?: ReaderState;
  /** Reads the record, including the part in memory. Called by `knownState()`. */
  read?: () => ReaderState;
}

/** Written by the controller of appeals, where the reader store may not store a view. */
interface ViewFields {
  /** Views that end with the page. Read by `knownState()`. */
  views?: View[];
}

/** Written by `browser/storage/enrolments.ts`. */
interface EnrolmentFields {
  /** The enrolments in experiments on this page. Where they may be stored, the stored ones count. */
  enrolments?: Enrolments;
}

/** Written by `trackEvents()`, in `page/track-events.ts` and `script-tag/entry.ts`. */
interface EventFields {
  /**
   * Whether events are already sent to a companion: `later` while what sends them is being fetched. Read by
   * `connectCompanion()`, to send none twice.
   */
  tells?: boolean | 'later';
  /** What has happened meanwhile. Written by `script-tag/interface.ts`. */
  early?: HeardEvent[];
}

/** Written by `registerLocale()`, in `browser/register-locale.ts`. */
interface LocaleFields {
  /** Words that the site has registered, with the language's tag as it wrote it. Read by elements. */
  locales?: (readonly [tag: string, messages: Partial<Messages>])[];
}

/** Written and read by `requestTurn()`, in `browser/overlays/turn.ts`. */
interface TurnFields {
  /** Whether an overlay has the turn. */
  busy?: boolean;
  /** The requests for a turn that are not granted yet. */
  waiting?: Waiting[];
}

/**
 * One record per page. Copies and versions of the library share it, so a field keeps its name and its
 * meaning: only add fields, to the group of whoever writes them.
 */
export interface Page
  extends
    ScriptTagFields,
    SessionFields,
    AskFields,
    ConsentFields,
    ReaderRecordFields,
    ViewFields,
    EnrolmentFields,
    EventFields,
    LocaleFields,
    TurnFields {}

const key = Symbol.for('reader-support');

/** Returns the page's record. It is created on first use, so that importing this file has no effect. */
export function page(): Page {
  const holder = globalThis as unknown as Record<typeof key, Page | undefined>;
  return (holder[key] ??= Object.create(null) as Page);
}
