import { ignoreGone, type CdpSession } from './cdp.ts';
import type { Schemes } from './schemes.ts';

/** Whether the page in this frame may go there; undefined if the frame is no window's main frame. */
export type AskNavigation = (frameId: string, url: string, isRedirect: boolean) => boolean | undefined;

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
  mayNavigate: AskNavigation,
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
    const { requestId, request } = paused;
    if (paused.resourceType === 'Document' && !(await mayLoadDocument(paused))) {
      await browser.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const { method, headers, postData: body = null } = request;
    const answer = schemes.answer(request.url, { method, headers, body });
    if (answer) await fulfil(requestId, await answer);
    else await browser.send('Fetch.continueRequest', { requestId });
  }

  async function mayLoadDocument({ frameId, request, redirectedRequestId }: Paused): Promise<boolean> {
    const answer = mayNavigate(frameId, request.url, redirectedRequestId !== undefined);
    return answer ?? !(await isPopup(frameId));
  }

  /** A page's main frame has its target's id. That of no window of the app belongs to one that a page opened. */
  async function isPopup(frameId: string): Promise<boolean> {
    const { targetInfos } = await browser.send('Target.getTargets');
    return targetInfos.some(({ targetId }) => targetId === frameId);
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
