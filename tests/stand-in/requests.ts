import { ignoreGone, type CdpSession } from './cdp.ts';
import type { Schemes } from './schemes.ts';

/**
 * Makes Chromium refuse new windows by itself, and only them. Closing them afterwards would be too late: a new window is
 * told to Playwright, and one that is closed while Playwright holds it can stop the page that opened it.
 */
const NO_NEW_WINDOWS = {
  name: 'content-security-policy',
  value:
    'sandbox allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-presentation ' +
    'allow-same-origin allow-scripts',
};

/**
 * Whether the page in this frame may go there. No, if it is not a window's main
 * frame: the stand-in has no frames inside a page.
 */
export type MayNavigate = (frameId: string, url: string, isRedirect: boolean) => boolean;

type Paused = {
  requestId: string;
  frameId: string;
  resourceType: string;
  redirectedRequestId?: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
};

/** Stands between all pages and the network: answers the app's own schemes and stops navigations that the app forbids. */
export async function watchRequests(
  browser: CdpSession,
  schemes: Schemes,
  mayNavigate: MayNavigate,
): Promise<void> {
  browser.on('Fetch.requestPaused', (paused) => {
    decide(paused).catch(ignoreGone);
  });
  await browser.send('Fetch.enable', {
    patterns: [
      { urlPattern: '*', resourceType: 'Document' },
      ...schemes.names.map((scheme) => ({ urlPattern: `http://*.${scheme}.localhost/*` })),
    ],
  });

  async function decide(paused: Paused): Promise<void> {
    const { requestId, request, frameId } = paused;
    const isDocument = paused.resourceType === 'Document';
    const isRedirect = paused.redirectedRequestId !== undefined;
    if (isDocument && !mayNavigate(frameId, request.url, isRedirect)) return fail(requestId, 'Aborted');
    const response = await answer(request);
    if (!response) {
      await browser.send('Fetch.continueRequest', { requestId });
    } else if (response.type === 'error') {
      await fail(requestId, 'Failed');
    } else {
      const headers = [...response.headers].map(([name, value]) => ({ name, value }));
      await browser.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: isDocument ? [...headers, NO_NEW_WINDOWS] : headers,
        body: Buffer.from(await response.arrayBuffer()).toString('base64'),
      });
    }
  }

  async function answer({
    url,
    method,
    headers,
    postData,
  }: Paused['request']): Promise<Response | undefined> {
    try {
      return await schemes.answer(url, { method, headers, body: postData ?? null });
    } catch (error) {
      console.error(`The handler of ${schemes.toAppUrl(url)} failed:`, error);
      return Response.error();
    }
  }

  async function fail(requestId: string, errorReason: 'Aborted' | 'Failed'): Promise<void> {
    await browser.send('Fetch.failRequest', { requestId, errorReason });
  }
}
