import { z } from 'zod';
import { assertNever } from '../../../../shared/result.ts';
import { answered, counted, failed, refused } from '../outcome.ts';
import type { Tool, ToolContext, ToolOutcome } from '../types.ts';
import { isPrivateHost } from './addresses.ts';
import { request, type Fetched, type Lookup } from './request.ts';
import { asText } from './page-text.ts';

const MAX_REDIRECTS = 5;
const TIME_LIMIT_MS = 30_000;

const input = z.object({
  url: z.string().min(1).max(4000).describe('http or https'),
  isPrivate: z
    .boolean()
    .optional()
    .describe("Set when the address is known to be in the person's own network: they are asked"),
});
type Input = z.infer<typeof input>;

export type FetchUrlOptions = {
  /** All addresses of a name, as the system knows them. */
  readonly lookup: Lookup;
  readonly timeLimitMs?: number;
};

export function createFetchUrl({ lookup, timeLimitMs = TIME_LIMIT_MS }: FetchUrlOptions): Tool<Input> {
  return {
    name: 'fetch_url',
    description:
      'Gets a page of the web, as Markdown, or another text. No cookies and no credentials are sent, and nothing but a GET request.',
    input,
    risk: 'network',
    async prepare({ url: asked, isPrivate: isSaidPrivate = false }, { signal }) {
      const url = URL.parse(asked);
      const problem = problemOf(url);
      if (!url || problem !== undefined) return refused(problem ?? '');
      url.hash = '';
      // Nothing is looked up before it is allowed: the name alone would tell a server what it is made to say.
      const isPrivate = isSaidPrivate || isPrivateHost(url.hostname);
      return {
        status: 'ready',
        action: { type: 'fetch', url: url.href, isPrivate },
        run: () => {
          const limited = AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]);
          return follow(url, { lookup, isPrivate, signal: limited }).catch((error: unknown) => {
            signal.throwIfAborted();
            if (limited.aborted) return failed(`${url.host} took longer than ${timeLimitMs / 1000} s.`);
            throw error;
          });
        },
      };
    },
  };
}

function problemOf(url: URL | null): string | undefined {
  if (!url) return 'That is no whole URL; it begins with https:// or http://.';
  if (!/^https?:$/.test(url.protocol)) return `Only http and https are fetched, not ${url.protocol}`;
  if (url.username || url.password) return 'A URL with a user name or password is not fetched.';
  return undefined;
}

type Following = { lookup: Lookup; isPrivate: boolean; signal: ToolContext['signal'] };

async function follow(first: URL, following: Following): Promise<ToolOutcome> {
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const fetched = await request(url, following);
    if (fetched.type !== 'redirect') return inWords(url, fetched, following.signal);
    const next = URL.parse(fetched.location, url);
    const problem = problemOf(next);
    if (!next || problem !== undefined)
      return failed(`${url.href} leads on to what is not fetched. ${problem ?? ''}`);
    next.hash = '';
    // What was allowed was this place; any other is to be allowed by itself.
    if (!isSamePlace(url, next))
      return answered(`${url.href} leads on to ${next.href}. Fetch that, if you want it.`);
    url = next;
  }
  return failed(`${first.href} leads around in redirects.`);
}

/** The same server, or the same name with encryption. */
function isSamePlace(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:';
  return isUpgrade && from.hostname === to.hostname && from.port === '' && to.port === '';
}

async function inWords(
  { href, hostname }: URL,
  fetched: Exclude<Fetched, { type: 'redirect' }>,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  switch (fetched.type) {
    case 'private':
      return failed(
        `${hostname} leads to ${fetched.address}, which is not of the public internet. Set isPrivate to have the person asked.`,
      );
    case 'failed':
      return failed(`${href} could not be fetched: ${fetched.reason}`);
    case 'too-long':
      return failed(`${href} answered with more than ${fetched.maxBytes / 1024 / 1024} MB.`);
    case 'answer': {
      const text = await asText(fetched, signal);
      if (text === undefined) {
        const type = fetched.mediaType || 'of no named type';
        return failed(`${href} is no text (${type}, ${counted(fetched.bytes.length, 'byte')}).`);
      }
      const heading = `[${fetched.status} ${href}${fetched.mediaType ? ` (${fetched.mediaType})` : ''}]`;
      const outcome = fetched.status < 400 ? answered : failed;
      return outcome(`${heading}\n\n${text || 'The answer is empty.'}`);
    }
    default:
      return assertNever(fetched);
  }
}
