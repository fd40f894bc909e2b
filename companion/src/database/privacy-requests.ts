/** Exports and erases what the companion stores about a person. */

import type {Person, RetentionPolicy} from './retention-policy.js';
import type {Secrets} from './secrets.js';

/** Everything that the companion's tables contain about a person, by table. */
export type PersonalRows = Readonly<Record<string, readonly object[]>>;

/** How many rows of each table were deleted or anonymized. */
export type ErasedRows = Readonly<Record<string, number>>;

/** Answers a person who asks what is known of them, or asks to be forgotten. */
export interface PrivacyRequests {
  /** Resolves with everything stored about an address. Rejects when the store or Stripe cannot be reached. */
  export(address: string): Promise<PersonalRows>;
  /**
   * Erases an address. Gifts stay for bookkeeping, without a link to the person. Delete the customer at
   * Stripe first, which also ends their recurring gifts: the companion does not change Stripe's data.
   */
  erase(address: string): Promise<ErasedRows>;
}

/** Where a person is looked for. */
interface PrivacyRequestParts {
  readonly store: {
    readonly upkeep?: readonly RetentionPolicy[];
    readonly passes?: {
      of(names: readonly string[]): Promise<readonly {readonly customer?: string | undefined}[]>;
    };
  };
  readonly secrets: Secrets | undefined;
  readonly payments: {customersOf(address: string): Promise<readonly string[]>};
  /** The spelling of an address that is hashed; `undefined` when it is no address. */
  readonly keyOf: (address: string) => string | undefined;
}

/** Creates the service from what every table contributes. */
export function privacyRequestsOf({
  store,
  secrets,
  payments,
  keyOf,
}: PrivacyRequestParts): PrivacyRequests {
  const upkeep = store.upkeep ?? [];

  /** Finds the customer ids in the companion's tables, because Stripe may have deleted the customer already. */
  async function customersHere(names: readonly string[]): Promise<string[]> {
    const supports = names.length ? await store.passes?.of(names) : [];
    return (supports ?? []).flatMap(({customer}) => customer ?? []);
  }

  /** Finds a person by an address in several spellings, because Stripe compares addresses exactly. */
  async function find(text: string): Promise<Person> {
    const address = text.trim();
    if (!/^[^@\s]+@[^@\s]+$/.test(address))
      throw new TypeError('expected one e-mail address but received another text');
    const spellings = [...new Set([address, address.toLowerCase()])];
    const matches = await Promise.all(spellings.map(spelling => payments.customersOf(spelling)));
    const key = keyOf(address);
    const names = (key === undefined ? [] : await secrets?.hashes('address', key)) ?? [];
    const customers = [...matches.flat(), ...(await customersHere(names))];
    return {address, names, customers: [...new Set(customers)]};
  }

  return {
    async export(address) {
      const person = await find(address);
      const rows: Record<string, readonly object[]> = {};
      for (const {table, export: look} of upkeep) if (look) rows[table] = await look(person);
      return rows;
    },
    async erase(address) {
      const person = await find(address);
      const rows: Record<string, number> = {};
      for (const {table, erase} of upkeep) if (erase) rows[table] = await erase(person);
      return rows;
    },
  };
}
