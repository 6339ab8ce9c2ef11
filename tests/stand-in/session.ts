import type { CdpSession } from './cdp.ts';
import { refuseUnknown } from './emitter.ts';

type CheckHandler = (contents: null, permission: string, origin: string, details: object) => boolean;
type RequestHandler = (
  contents: null,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: object,
) => void;

/** Electron's names of permissions, and the protocol's. */
const PERMISSIONS = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  notifications: 'notifications',
};

/** Electron's `session.defaultSession`. The handlers are asked once a page load, not at each use. */
export class Session {
  #check: CheckHandler | null = null;
  #request: RequestHandler | null = null;

  constructor() {
    refuseUnknown('session.defaultSession', this);
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  async applyPermissions(browser: CdpSession, appUrl: string, pageUrl: string): Promise<void> {
    const origin = new URL(pageUrl).origin;
    if (origin === 'null') return;
    for (const [permission, name] of Object.entries(PERMISSIONS)) {
      const isGranted = await this.#isGranted(permission, appUrl);
      await browser.send('Browser.setPermission', {
        permission: { name },
        setting: isGranted ? 'granted' : 'denied',
        origin,
      });
    }
  }

  async #isGranted(permission: string, appUrl: string): Promise<boolean> {
    const details = { requestingUrl: appUrl, isMainFrame: true };
    if (this.#check && !this.#check(null, permission, appUrl, details)) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    if (this.#request) this.#request(null, permission, resolve, details);
    else resolve(true);
    return promise;
  }
}
