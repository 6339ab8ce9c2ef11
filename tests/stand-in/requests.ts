import { ignoreGone, type CdpSession } from './cdp.ts';
import type { Schemes } from './schemes.ts';

/**
 * Whether the page in this frame may go there. No, if it is not a window's main frame: then it is one in a window that a
 * page opened, which is never shown, or a frame inside a page, which the stand-in does not have.
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
    const isRedirect = paused.redirectedRequestId !== undefined;
    if (paused.resourceType === 'Document' && !mayNavigate(frameId, request.url, isRedirect)) {
      await browser.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const { method, headers, postData: body = null } = request;
    const answer = schemes.answer(request.url, { method, headers, body });
    if (answer) await fulfil(requestId, await answer);
    else await browser.send('Fetch.continueRequest', { requestId });
  }

  async function fulfil(requestId: string, response: Response): Promise<void> {
    if (response.type === 'error') {
      await browser.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
      return;
    }
    await browser.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
}
