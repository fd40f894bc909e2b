/** Types of `webkitgtk-launcher.js`, of what tests in TypeScript use. */

export declare function startWebKit(): Promise<{
  /** Sends a command of WebDriver, at a path below the session's. */
  command(method: string, path: string, body?: unknown): Promise<unknown>;
  setViewportSize(size: {width: number; height: number}): Promise<void>;
  end(): Promise<void>;
}>;
