/** Says which package is missing, and how to install it, where an optional one is imported. */

/**
 * Makes the handler for a failed import of an optional package:
 * `import('pg').catch(missingPackage('pg', 'a PostgreSQL database'))`. Any other failure passes.
 */
export function missingPackage(name: string, purpose: string): (error: unknown) => never {
  return error => {
    const {code, message = ''} = Object(error) as {code?: unknown; message?: string};
    // What the package itself imports may be missing too, and then its own error says more.
    if (code !== 'ERR_MODULE_NOT_FOUND' || !new RegExp(`['"]${name}['"]`).test(message))
      throw error;
    throw Object.assign(
      new Error(
        `reader-support: ${purpose} needs the package ${name}, which is not installed: npm install ${name}`,
        {cause: error},
      ),
      // The outbox keeps codes only: the message of a mail server repeats addresses.
      {code: `MISSING_PACKAGE ${name}`},
    );
  };
}
