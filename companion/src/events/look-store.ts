/** Declares where the companion keeps what looks at experiments found. */

import type {Look} from '../report/looks.js';

export type {Look};

/** The part of the companion's store that keeps looks. Every method may reject. */
export interface LookStore {
  /** Writes looks down. What is there for an experiment, arm and boundary stays. */
  add(looks: readonly Look[]): Promise<void>;
  /** Resolves with the looks of one experiment, such as `autumn-appeal@1`, in order of day. */
  of(experiment: string): Promise<readonly Look[]>;
}
