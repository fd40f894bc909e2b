/** What is known about a person, and how is it forgotten? */

import {readMailAddress} from '../mail/mail-address.js';
import type {Settings} from '../options.js';
import type {Payments} from '../stripe.js';
import type {Person} from './upkeep.js';

/** Everything that the companion's tables hold about a person, by table. */
export type PersonalRows = Readonly<Record<string, readonly object[]>>;

/** How many rows of each table were deleted, or had the person taken out of them. */
export type ErasedRows = Readonly<Record<string, number>>;

/** Answers a person who asks what is known of them, or asks to be forgotten. */
export interface Rights {
  /** Everything that is held about an address. Rejects when the store or Stripe cannot be asked. */
  export(address: string): Promise<PersonalRows>;
  /**
   * Forgets an address. A gift stays, because it happened; whose it was is forgotten. What Stripe
   * holds is Stripe's: delete the customer there first, which ends their recurring gifts too.
   */
  erase(address: string): Promise<ErasedRows>;
}

/** Makes the answers, out of what every table contributes. */
export function rightsOf({store, secrets}: Settings, payments: Payments): Rights {
  const upkeep = store.upkeep ?? [];

  /** Whom Stripe has forgotten already, as it should have, is still known here by what they gave. */
  async function customersHere(names: readonly string[]): Promise<string[]> {
    const supports = names.length ? await store.passes?.of(names) : [];
    return (supports ?? []).flatMap(({customer}) => customer ?? []);
  }

  /** Stripe compares addresses letter by letter; people do not. */
  async function find(text: string): Promise<Person> {
    const address = text.trim();
    if (!/^[^@\s]+@[^@\s]+$/.test(address))
      throw new TypeError('expected one e-mail address but received another text');
    const spellings = [...new Set([address, address.toLowerCase()])];
    const found = await Promise.all(spellings.map(each => payments.customersOf(each)));
    const key = readMailAddress(address)?.key;
    const names = (key === undefined ? [] : await secrets?.hashes('address', key)) ?? [];
    const customers = [...found.flat(), ...(await customersHere(names))];
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
