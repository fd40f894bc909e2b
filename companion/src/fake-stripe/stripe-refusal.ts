/** Declares the errors that the fake answers in Stripe's shape. */

/** An error that the fake answers in Stripe's shape. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;
  readonly param: string | undefined;

  constructor(
    message: string,
    {
      status = 400,
      type = 'invalid_request_error',
      code,
      param,
    }: {
      readonly status?: number;
      readonly type?: string;
      readonly code?: string;
      readonly param?: string;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  /** The body of the response. */
  get body(): {readonly error: Readonly<Record<string, string>>} {
    const {type, code, param, message} = this;
    return {error: {type, message, ...(code && {code}), ...(param && {param})}};
  }
}

/** Creates the error for an unknown id. */
export function missing(what: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(`No such ${what}: '${id}'`, {
    status: 404,
    code: 'resource_missing',
    param,
  });
}
