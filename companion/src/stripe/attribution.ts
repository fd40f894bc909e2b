/** Spells where a gift came from: each field, its column in the database and its key in Stripe's metadata. */

import type {GiftSource} from 'reader-support/core';

/** The column and the metadata key of each field. Stored and sent, so none of them may change. */
export const attributionTable = {
  offer: {column: 'offer', key: 'rs_offer'},
  campaign: {column: 'campaign', key: 'rs_campaign'},
  experiment: {column: 'experiment', key: 'rs_experiment'},
  arm: {column: 'arm', key: 'rs_arm'},
  exposure: {column: 'exposure', key: 'rs_exposure'},
  holdback: {column: 'holdback', key: 'rs_holdback'},
  holdbackExposure: {column: 'holdback_exposure', key: 'rs_holdback_exposure'},
  placement: {column: 'placement', key: 'rs_placement'},
  page: {column: 'page', key: 'rs_page'},
  attempt: {column: 'attempt', key: 'rs_attempt'},
} as const;

type Table = typeof attributionTable;

/** Where a gift came from, one column per field, so that a report can group by any of them. */
export type SourceColumns = {
  readonly [Field in keyof Table as Table[Field]['column']]: string | null;
};

const fields = Object.keys(attributionTable) as (keyof GiftSource)[];

/** Writes a source as metadata, without the fields that are empty. */
export const metadataOfSource = (source: GiftSource): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = source[field];
      return value ? [[attributionTable[field].key, value]] : [];
    }),
  );

/** Reads a source from metadata. */
export const sourceOfMetadata = (
  metadata: Readonly<Record<string, string>> | null | undefined,
): GiftSource =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = metadata?.[attributionTable[field].key];
      return value ? [[field, value]] : [];
    }),
  );

/** Writes a source as columns, `null` where it has no such field. */
export const columnsOfSource = (source: GiftSource): SourceColumns =>
  Object.fromEntries(
    fields.map(field => [attributionTable[field].column, source[field] ?? null]),
  ) as unknown as SourceColumns;

/** Reads a source from its columns. */
export const sourceOfColumns = (row: SourceColumns): GiftSource =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = row[attributionTable[field].column];
      return value === null ? [] : [[field, value]];
    }),
  );
