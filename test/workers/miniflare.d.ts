/** The part of Miniflare that the tests use, declared here so that types are checked without its packages. */
export declare class Miniflare {
  constructor(options: {
    readonly modules: readonly {
      readonly type: 'ESModule';
      readonly path: string;
      readonly contents: string;
    }[];
    readonly compatibilityDate: string;
    readonly cf: false;
    readonly d1Databases?: readonly string[];
    readonly bindings?: Readonly<Record<string, string>>;
    /** Answers the worker's own fetches. */
    readonly outboundService: (request: Request) => Response | Promise<Response>;
  });
  readonly ready: Promise<URL>;
  dispatchFetch(url: string, init?: RequestInit): Promise<Response>;
  getD1Database(
    name: string,
  ): Promise<{prepare(sql: string): {all(): Promise<{results: Record<string, unknown>[]}>}}>;
  getWorker(): Promise<{scheduled(options: {cron: string}): Promise<{outcome: string}>}>;
  dispose(): Promise<void>;
}
