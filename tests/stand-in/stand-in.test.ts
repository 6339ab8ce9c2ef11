import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHome, launchFixture, type Fixture } from './fixture/launch.ts';

const home = createHome();
let fixture: Fixture;
let server: Server;
let elsewhere: string;
let requests: string[];

beforeAll(async () => {
  fixture = await launchFixture(home.path);
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end('elsewhere');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(async () => {
  requests = [];
  await fixture.forgetSeen();
});

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  server.close();
  home[Symbol.dispose]();
});

describe('IPC', () => {
  it('carries whatever structured clone carries, both ways', async () => {
    const answer = await fixture.inPage(`(async () => {
      const value = {
        bytes: new Uint8Array([0, 255]), view: new DataView(new ArrayBuffer(3)), buffer: new ArrayBuffer(2),
        map: new Map([[{ key: 1 }, new Set(['a'])]]), date: new Date(5), invalid: new Date(NaN), pattern: /a+/gi,
        numbers: [NaN, -0, Infinity, 2n ** 70n], nothing: undefined, none: null, text: 'ü\\u0000\\ud800',
        error: new RangeError('far', { cause: 'why' }), __proto__: null, ['__proto__']: 'data', shared: [],
      };
      value.self = value;
      value.again = value.shared;
      const back = await fixture.invoke('echo', value);
      const [[key, set]] = back.map;
      return [
        String(back.bytes), back.view instanceof DataView && back.view.byteLength, back.buffer.byteLength,
        key.key, set.has('a'), back.date.getTime(), back.invalid.getTime(), String(back.pattern),
        back.numbers.map((number) => Object.is(number, -0) ? '-0' : String(number)).join(), 'nothing' in back, back.none,
        back.text === value.text, back.error instanceof RangeError, back.error.cause,
        Object.getOwnPropertyDescriptor(back, '__proto__').value, back.self === back, back.again === back.shared,
      ];
    })()`);
    expect(answer).toEqual([
      '0,255',
      3,
      2,
      1,
      true,
      5,
      Number.NaN,
      '/a+/gi',
      'NaN,-0,Infinity,1180591620717411303424',
      true,
      null,
      true,
      true,
      'why',
      'data',
      true,
      true,
    ]);
  });

  it('fails in the words of Electron', async () => {
    const message = (channel: string, value = '0') =>
      fixture.inPage(`fixture.invoke('${channel}', ${value}).catch((error) => error.message)`);
    expect(
      await Promise.all([
        message('fail'),
        message('nobody'),
        message('uncloneable'),
        message('echo', 'alert'),
      ]),
    ).toEqual([
      "Error invoking remote method 'fail': RangeError: too far",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
      'An object could not be cloned.',
    ]);
  });

  it('names the main frame as the sender', async () => {
    expect(await fixture.inPage("fixture.invoke('sender')")).toEqual([true, 'carrel://app/index.html#start']);
  });

  it('brings many large pushes whole and in order', async () => {
    expect(await fixture.inPage('receivePushes(65_536, 300)')).toMatchObject({ isIntact: true });
  });
});

describe('the context bridge', () => {
  it('exposes a frozen copy before the first script of the page runs', async () => {
    expect(
      await fixture.inPage(`[
        exposedAtStart, Object.isFrozen(fixture), Object.isFrozen(fixture.process), Object.isFrozen(fixture.list[0]),
        Object.getOwnPropertyDescriptor(window, 'fixture').writable, fixture.process.platform, fixture.process.electron,
      ]`),
    ).toEqual([
      'function',
      true,
      true,
      true,
      false,
      process.platform,
      expect.stringMatching(/^\d+\.\d+\.\d+/),
    ]);
  });

  it('gives the page nothing of Node, and the preload no module but electron', async () => {
    expect(
      await fixture.inPage(
        '[typeof require, typeof process, typeof module, fixture.process.node].concat(typeof standInSend)',
      ),
    ).toEqual(['undefined', 'undefined', 'undefined', 'Error: module not found: node:fs', 'undefined']);
  });

  it('passes calls, callbacks, promises and errors', async () => {
    expect(
      await fixture.inPage(`(async () => {
        const got = [];
        const stop = fixture.on('pushed', ({ index }) => got.push(index));
        await receivePushes(1, 2);
        stop();
        await receivePushes(1, 2);
        let thrown;
        try { fixture.throwNow() } catch (error) { thrown = error }
        return [got, thrown instanceof TypeError, thrown.message, fixture.invoke('echo') instanceof Promise];
      })()`),
    ).toEqual([[0, 1], true, 'thrown in the preload', true]);
  });
});

describe('the app’s own scheme', () => {
  it('is answered by the handler, with its policy in force', async () => {
    expect(
      await fixture.inPage(`Promise.all([
        fetch('/page.js').then((response) => response.text()).then((text) => text.includes('exposedAtStart')),
        fetch('/nothing').then((response) => response.status),
        fetch('${elsewhere}/').catch((error) => error.name),
        typeof inlineScriptRan, isSecureContext,
      ])`),
    ).toEqual([true, 404, 'TypeError', 'undefined', true]);
    expect(requests).toEqual([]);
  });

  it('is what the app sees in addresses', async () => {
    await fixture.page.click('#hash');
    const url = () =>
      fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
    await expect.poll(url).toBe('carrel://app/index.html#elsewhere');
    await fixture.inPage("history.replaceState(null, '', '#start')");
    expect(await fixture.seen('will-navigate')).toEqual([]);
  });
});

describe('a page that wants to leave', () => {
  it('stays, and nothing is sent, when the app prevents it', async () => {
    await fixture.inPage(`location.href = '${elsewhere}/away'`);
    await expect.poll(() => fixture.seen('will-navigate')).toEqual([['will-navigate', `${elsewhere}/away`]]);
    await fixture.inPage("location.href = '/other.html'");
    await expect.poll(() => fixture.seen('will-navigate')).toHaveLength(2);
    expect(await fixture.inPage('[location.pathname, document.title]')).toEqual(['/index.html', 'Fixture']);
    expect(requests).toEqual([]);
  });

  it('may be reloaded from outside', async () => {
    await fixture.inPage('window.isOld = true');
    await fixture.page.reload();
    expect(await fixture.inPage('[typeof isOld, exposedAtStart]')).toEqual(['undefined', 'function']);
    expect(await fixture.seen('will-navigate')).toEqual([]);
  });

  it('opens no window in any way', async () => {
    const windows: string[] = [];
    fixture.app.on('window', (page) => windows.push(page.url()));
    expect(await fixture.inPage(`window.open('${elsewhere}/open')`)).toBe(null);
    await fixture.inPage(
      `document.body.insertAdjacentHTML('beforeend', '<a id=blank target=_blank href=${elsewhere}/blank>blank</a>')`,
    );
    await fixture.page.click('#blank');
    await fixture.page.click('#blank', { modifiers: ['Control'] });
    await expect
      .poll(() => fixture.seen('window-open'))
      .toEqual(['open', 'blank', 'blank'].map((path) => ['window-open', `${elsewhere}/${path}`]));
    expect(windows).toEqual([]);
    expect(requests).toEqual([]);
  });
});
