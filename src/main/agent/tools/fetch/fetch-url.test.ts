import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { serve } from '../../testing/serve.ts';
import { actionOf, openWorkspace } from '../testing/open-workspace.ts';
import { prepareCall } from '../toolbox.ts';
import type { Tool, ToolContext } from '../types.ts';
import { isPrivateAddress, isPrivateHost } from './addresses.ts';
import { createFetchUrl, type FetchUrlOptions } from './fetch-url.ts';
import type { Lookup } from './request.ts';

const LOOPBACK = [{ address: '127.0.0.1', family: 4 }];

/** Names lead to this machine; what is not said to be private is then refused. */
function fetching(options: Partial<FetchUrlOptions> = {}, given: Partial<ToolContext> = {}) {
  const { context } = openWorkspace({}, given);
  const tools: Tool[] = [createFetchUrl({ lookup: async () => LOOPBACK, ...options })];
  const prepare = (url: string, isPrivate?: boolean) =>
    prepareCall(tools, { name: 'fetch_url', input: { url, isPrivate } }, context);
  return {
    prepare,
    async get(url: string, isPrivate?: boolean) {
      const prepared = await prepare(url, isPrivate);
      return prepared.status === 'refused' ? prepared.outcome : prepared.run();
    },
  };
}

it('makes Markdown of a page, and gives other texts as they are', async () => {
  const page = `<html><head><title>T</title><style>p{}</style><script>evil()</script></head>
    <body><h1>Title</h1><p>Some <b>bold</b> <a href="/x">link</a></p><img src="data:image/png;base64,AAAA" alt="a picture"><pre><code>code()</code></pre></body></html>`;
  const { url } = await serve((request, response) => {
    if (request.url === '/page') response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    else if (request.url === '/latin')
      response.setHeader('content-type', 'text/plain; charset=iso-8859-1').end(Buffer.from('grüß', 'latin1'));
    else response.setHeader('content-type', 'application/json').end('{"a": 1}');
  });
  const { get } = fetching();
  const { text, isError } = await get(`${url}/page`);
  expect(isError).toBe(false);
  expect(text).toContain(`[200 ${url}/page (text/html)]`);
  expect(text).toContain('# Title\n\nSome **bold** [link](/x)\n\na picture\n\n```\ncode()\n```');
  expect(text).not.toContain('evil');
  expect((await get(`${url}/latin`)).text).toContain('\n\ngrüß');
  expect((await get(`${url}/data`)).text).toBe(`[200 ${url}/data (application/json)]\n\n{"a": 1}`);
});

it('sends a plain GET request and nothing of the person', async () => {
  const { url, requests } = await serve((_request, response) => response.end('ok'));
  await fetching().get(`${url}/a?b=c#part`);
  expect(requests).toHaveLength(1);
  const [{ method, url: path, headers }] = requests as [(typeof requests)[number]];
  expect([method, path]).toEqual(['GET', '/a?b=c']);
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

it('refuses what is no public web address before anything is sent', async () => {
  const lookup = vi.fn<Lookup>(async () => LOOPBACK);
  const { get } = fetching({ lookup });
  expect((await get('file:///etc/passwd')).text).toBe('Only http and https are fetched, not file:');
  expect((await get('ftp://a.example')).text).toContain('not ftp:');
  expect((await get('a.example')).text).toContain('no whole URL');
  expect((await get('https://user:secret@a.example')).text).toContain('user name or password');
  expect(lookup).not.toHaveBeenCalled();
});

it.each([
  ['http://localhost:1234/', true],
  ['http://127.0.0.1/', true],
  ['http://0x7f.1/', true],
  ['http://2130706433/', true],
  ['http://[::1]/', true],
  ['http://[::ffff:10.0.0.1]/', true],
  ['http://169.254.169.254/latest/meta-data/', true],
  ['http://metadata.google.internal/', true],
  ['http://router/', true],
  ['http://printer.local./', true],
  ['https://a.example/', false],
  ['https://93.184.215.14/', false],
])('says whether %s is private, without asking anyone', async (url, isPrivate) => {
  const lookup = vi.fn<Lookup>(async () => LOOPBACK);
  expect(actionOf(await fetching({ lookup }).prepare(url))).toEqual({
    type: 'fetch',
    url: new URL(url).href,
    isPrivate,
  });
  expect(lookup).not.toHaveBeenCalled();
});

it('knows the addresses that are not public', () => {
  const own = [
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '127.0.0.53',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.0.1',
  ]
    .concat(['192.168.1.1', '198.19.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1'])
    .concat([
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      '2001::1',
    ]);
  expect(own.filter((address) => !isPrivateAddress(address))).toEqual([]);
  const foreign = ['1.1.1.1', '93.184.215.14', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'];
  expect(foreign.filter(isPrivateAddress)).toEqual([]);
  expect(isPrivateHost('a.example.com')).toBe(false);
});

it('connects to nothing when a public name leads to a private address, whatever else it leads to', async () => {
  const { port, requests } = await serve((_request, response) => response.end('secret'));
  const lookup = async () => [{ address: '93.184.215.14', family: 4 }, ...LOOPBACK];
  const { get } = fetching({ lookup });
  const outcome = await get(`http://rebound.example:${port}/`);
  expect(outcome).toMatchObject({ isError: true, text: expect.stringContaining('leads to 127.0.0.1') });
  expect(requests).toHaveLength(0);
  expect((await get(`http://rebound.example:${port}/`, true)).text).toContain('secret');
});

it('connects to the address that was checked, and not to what the name leads to by then', async () => {
  const { port, requests } = await serve((_request, response) => response.end('checked'));
  const other = createServer((_request, response) => response.end('rebound'));
  await new Promise<void>((listening) => other.listen(port, '127.0.0.2', listening));
  onTestFinished(() => void other.close());
  expect((other.address() as AddressInfo).port).toBe(port);
  let asked = 0;
  const lookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  const { get } = fetching({ lookup });
  expect((await get(`http://rebound.example:${port}/`, true)).text).toContain('checked');
  expect(asked).toBe(1);
  expect(requests[0]?.headers.host).toBe(`rebound.example:${port}`);
});

it('follows a redirect on the same server only, and checks each anew', async () => {
  const inner = await serve((_request, response) => response.end('inner'));
  const { url } = await serve(({ url: path = '' }, response) => {
    const location = {
      '/start': '/end',
      '/elsewhere': `${inner.url}/secret`,
      '/file': 'file:///etc/passwd',
      '/login': 'http://user:secret@127.0.0.1/',
      '/round': '/round',
    }[path];
    if (location === undefined) response.end('the end');
    else response.writeHead(302, { location }).end();
  });
  const { get } = fetching();
  expect((await get(`${url}/start`)).text).toBe(`[200 ${url}/end]\n\nthe end`);
  expect((await get(`${url}/elsewhere`)).text).toBe(
    `${url}/elsewhere leads on to ${inner.url}/secret. Fetch that, if you want it.`,
  );
  expect(inner.requests).toHaveLength(0);
  expect((await get(`${url}/file`)).text).toContain('not file:');
  expect((await get(`${url}/login`)).text).toContain('user name or password');
  expect((await get(`${url}/round`)).text).toContain('leads around in redirects');
});

it('looks a name up again for a redirect, so that it cannot lead inside by then', async () => {
  const { port, requests } = await serve((_request, response) =>
    response.writeHead(302, { location: '/next' }).end(),
  );
  let asked = 0;
  // The first answer passes for a public one by being private already: what counts is that the second is checked too.
  const lookup = async () => (asked++ === 0 ? LOOPBACK : [{ address: '10.0.0.1', family: 4 }]);
  const { get } = fetching({ lookup, timeLimitMs: 1500 });
  await get(`http://a.example:${port}/`, true);
  expect(asked).toBe(2);
  expect(requests).toHaveLength(1);
});

it('gives up what is too long, binary, packed, slow, broken or an error, and says so', async () => {
  const { url, port } = await serve(({ url: path }, response) => {
    if (path === '/long') {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    } else if (path === '/binary')
      response.setHeader('content-type', 'image/png').end(Buffer.from([0x89, 0, 1]));
    else if (path === '/packed') response.setHeader('content-encoding', 'gzip').end(Buffer.from('x'));
    else if (path === '/slow') response.write('a');
    else if (path === '/missing') response.writeHead(404).end('no such page');
    else if (path === '/empty') response.end();
    else response.destroy();
  });
  const { get } = fetching();
  const hasty = fetching({ timeLimitMs: 500 });
  expect((await get(`${url}/long`)).text).toContain('more than 5 MB');
  expect((await get(`${url}/binary`)).text).toBe(`${url}/binary is no text (image/png, 3 bytes).`);
  expect((await get(`${url}/packed`)).text).toContain('it came packed (gzip)');
  expect(await hasty.get(`${url}/slow`)).toEqual({
    isError: true,
    text: `127.0.0.1:${port} took longer than 0.5 s.`,
  });
  expect(await get(`${url}/missing`)).toEqual({
    isError: true,
    text: `[404 ${url}/missing]\n\nno such page`,
  });
  expect((await get(`${url}/empty`)).text).toContain('The answer is empty.');
  expect((await get(`${url}/broken`)).text).toContain('could not be fetched: ');
  expect((await get('http://127.0.0.1:1/')).text).toContain('ECONNREFUSED');
  const nowhere = fetching({ lookup: () => Promise.reject(new Error('getaddrinfo ENOTFOUND a.example')) });
  expect((await nowhere.get('http://a.example/')).text).toContain('ENOTFOUND');
});

it('stops at once when it is told to, also in a lookup', async () => {
  const controller = new AbortController();
  const hanging = Promise.withResolvers<never>();
  const { get } = fetching({ lookup: () => hanging.promise }, { signal: controller.signal });
  const outcome = get('http://a.example/');
  setImmediate(() => controller.abort());
  expect(await outcome).toEqual({ isError: true, text: 'It was stopped.' });
});

it('gives up on a page that is nested too deep to be read as one', async () => {
  const { url } = await serve((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<div>'.repeat(200_000)),
  );
  const outcome = await fetching().get(url);
  expect(outcome.text).toMatch(/<div>|takes too long/);
});
