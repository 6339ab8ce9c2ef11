/** What answers a scheme's requests, as given to `protocol.handle`. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/**
 * The app's own schemes. Chromium loads none that it does not know, so `scheme://host/path` is shown to it as
 * `http://host.scheme.localhost/path`, which it counts as secure, and translated back wherever the app sees it.
 */
export class Schemes {
  readonly #handlers = new Map<string, SchemeHandler>();

  get names(): string[] {
    return [...this.#handlers.keys()];
  }

  register(scheme: string): void {
    this.#handlers.set(scheme, () => Response.error());
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (!this.#handlers.has(scheme)) {
      throw new Error(
        `stand-in: handling '${scheme}', which is not registered as privileged, is not implemented`,
      );
    }
    this.#handlers.set(scheme, handler);
  }

  toPageUrl(url: string): string {
    return url.replace(/^([a-z][a-z0-9-]*):\/\/([^/?#]*)/, (start, scheme: string, host: string) =>
      this.#handlers.has(scheme) ? `http://${host}.${scheme}.localhost` : start,
    );
  }

  toAppUrl(url: string): string {
    return url.replace(
      /^http:\/\/([^/?#]*)\.([^./?#]+)\.localhost(?=[/?#]|$)/,
      (start, host: string, scheme: string) => (this.#handlers.has(scheme) ? `${scheme}://${host}` : start),
    );
  }

  /** Undefined if the address is none of the app's, and Chromium is to load it. */
  answer(url: string, init: RequestInit): Promise<Response> | undefined {
    const appUrl = this.toAppUrl(url);
    const handler = this.#handlers.get(appUrl.slice(0, appUrl.indexOf(':')));
    return handler && (async () => handler(new Request(appUrl, init)))();
  }
}
