/** Reads the configuration of mail and passes, with its secrets from the environment. */

import * as z from 'zod';
import type {PassKey, SupportServerOptions} from '../companion.js';

const limits: z.ZodArray<z.ZodObject<{max: z.ZodInt; windowMs: z.ZodInt}, z.core.$strict>> =
  z.array(z.strictObject({max: z.int().min(0), windowMs: z.int().min(1)}));

/** The keys of the file. */
export const contactShape: {
  mail: z.ZodExactOptional<
    z.ZodObject<{from: z.ZodString; name: z.ZodExactOptional<z.ZodString>}, z.core.$strict>
  >;
  mailLimits: z.ZodExactOptional<
    z.ZodObject<
      {
        perAddress: z.ZodExactOptional<typeof limits>;
        global: z.ZodExactOptional<typeof limits>;
      },
      z.core.$strict
    >
  >;
  passes: z.ZodExactOptional<
    z.ZodObject<
      {
        life: z.ZodExactOptional<z.ZodInt>;
        onceDays: z.ZodExactOptional<z.ZodNumber>;
        graceDays: z.ZodExactOptional<z.ZodNumber>;
        secondGift: z.ZodExactOptional<z.ZodEnum<{allow: 'allow'; ask: 'ask'}>>;
      },
      z.core.$strict
    >
  >;
} = {
  mail: z.exactOptional(z.strictObject({from: z.string(), name: z.exactOptional(z.string())})),
  mailLimits: z.exactOptional(
    z.strictObject({perAddress: z.exactOptional(limits), global: z.exactOptional(limits)}),
  ),
  passes: z.exactOptional(
    z.strictObject({
      life: z.exactOptional(z.int()),
      onceDays: z.exactOptional(z.number()),
      graceDays: z.exactOptional(z.number()),
      secondGift: z.exactOptional(z.enum(['allow', 'ask'])),
    }),
  ),
};

type Env = Readonly<Record<string, string | undefined>>;
type ServiceOptions = Pick<SupportServerOptions, 'secrets' | 'mail' | 'passes'>;

/** Combines the file's settings with the secrets `SUPPORT_SECRETS`, `SMTP_URL` and `PASS_KEYS`. */
export function contactOf(
  {
    mail,
    passes,
  }: {
    readonly mail?: Omit<NonNullable<ServiceOptions['mail']>, 'transport'>;
    readonly passes?: Omit<NonNullable<ServiceOptions['passes']>, 'keys'>;
  },
  env: Env,
  problems: string[],
): ServiceOptions {
  const secrets = (env['SUPPORT_SECRETS'] ?? '')
    .split(',')
    .map(secret => secret.trim())
    .filter(Boolean);
  const transport = env['SMTP_URL'];
  const keys = readKeys(env['PASS_KEYS'], problems);
  const isMissing = (name: string, why: string) =>
    problems.push(`${name} (environment): is missing, and \`${why}\` needs it`);
  if (mail && !transport) isMissing('SMTP_URL', 'mail');
  if (passes && !keys && !env['PASS_KEYS']?.trim()) isMissing('PASS_KEYS', 'passes');
  if ((mail ?? passes) && !secrets.length) isMissing('SUPPORT_SECRETS', mail ? 'mail' : 'passes');
  return {
    ...(secrets.length && {secrets}),
    ...(mail && transport && {mail: {...mail, transport}}),
    ...(keys && {passes: {...passes, keys}}),
  };
}

/** Parses one key, as `npx reader-support-companion keys` prints it, or a JSON array of keys. */
function readKeys(text: string | undefined, problems: string[]): PassKey[] | undefined {
  if (!text?.trim()) return undefined;
  try {
    return [JSON.parse(text) as PassKey | PassKey[]].flat();
  } catch {
    // The message does not repeat the text, which is a secret.
    problems.push('PASS_KEYS (environment): expected JSON but received another text');
    return undefined;
  }
}
