import type { Page } from '@playwright/test';
import type { CommandName } from '../../src/shared/contract.ts';
import { webStarter } from '../../tests/e2e/harness/web.ts';
import { homeWithTabs, launchBrowser } from './app.ts';
import { buildPage } from './build-page.ts';
import { speech } from './speech.ts';
import { startTalker, type Talker, type TalkerOptions } from './talker.ts';

/** A page of the bench that shows as much of the same in as many tabs. */
export type StreamsOptions = {
  readonly view: 'plain' | 'memo';
  readonly tabs: number;
  /** Of each tab. */
  readonly tokensPerSecond: number;
  /** Tokens that are there at once. */
  readonly opening: number;
};

/** Ways to show what agents write: Carrel's own window, and pages of the bench. */
export type View = 'carrel' | StreamsOptions['view'];

export type StreamWindow = AsyncDisposable & {
  readonly page: Page;
  readonly talker: Talker;
  readonly tabs: number;
  readonly archive: string;
  /** Shows this view in the page. */
  open(view: View): Promise<void>;
};

const BENCH_ORIGIN = 'http://bench.test';

/** A running app with this many tabs, whose model talks in markdown. */
export async function openStreamWindow(tabs: number, options: TalkerOptions): Promise<StreamWindow> {
  await using resources = new AsyncDisposableStack();
  const talker = resources.use(await startTalker({ say: speech, ...options }));
  const settings = `
[defaults]
model = "bench/talker"
[providers.bench]
kind = "openai-compatible"
base_url = "${talker.baseUrl}"
models = ["talker"]
`;
  const home = resources.use(homeWithTabs(tabs, { settings, model: 'bench/talker' }));
  const browser = resources.use(await launchBrowser());
  const host = await webStarter(browser)(home, {});
  resources.defer(() => host.kill());
  const { page } = host;
  const { origin } = new URL(page.url());
  const files = await buildPage('streams.html');
  await page.route(`${BENCH_ORIGIN}/**`, async (route) => {
    const file = files.get(new URL(route.request().url()).pathname);
    await (file ? route.fulfill({ body: Buffer.from(file.content), contentType: file.type }) : route.abort());
  });
  const everything = resources.move();
  return {
    page,
    talker,
    tabs,
    archive: home.archive,
    async open(view) {
      if (view === 'carrel') {
        await page.goto(origin);
        await visitTabs(page);
      } else {
        const { tokensPerSecond = 0, opening = 0 } = options;
        const shown: StreamsOptions = { view, tabs, tokensPerSecond, opening };
        await page.goto('about:blank');
        await page.goto(`${BENCH_ORIGIN}/streams.html#${encodeURIComponent(JSON.stringify(shown))}`);
      }
      // It rests where one reads: what lies under it is looked for in each frame.
      await page.mouse.move(1000, 300);
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** Every tab was looked at, as tabs are that an agent works in. The first is in front at the end. */
async function visitTabs(page: Page): Promise<void> {
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  for (let tab = (await tabs.count()) - 1; tab >= 0; tab -= 1) {
    await tabs.nth(tab).click();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await page.getByText('Loading…', { exact: true }).waitFor({ state: 'detached' });
  }
}

/** Makes this call for every tab, by a connection of its own that ends with the answers. */
export async function callInTabs(
  page: Page,
  name: Extract<CommandName, 'turn.send' | 'turn.stop' | 'session.clear'>,
  input: { readonly text?: string } = {},
): Promise<void> {
  await page.evaluate(callAll, [name, input] as const);
}

/** Runs in the page. */
async function callAll([name, input]: readonly [string, object]): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/socket`);
  const answerTo = (id: number) =>
    new Promise<{ sessions: { id: string }[] }>((resolve) =>
      socket.addEventListener('message', ({ data }) => {
        const reply = typeof data === 'string' ? JSON.parse(data) : {};
        if (reply.id === id) resolve(reply.answer.value);
      }),
    );
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const call = (id: number, name: string, input: object) => {
    socket.send(JSON.stringify({ id, name, input }));
    return answerTo(id);
  };
  const { sessions } = await call(0, 'app.attach', {});
  await Promise.all(sessions.map(({ id }, index) => call(index + 1, name, { ...input, sessionId: id })));
  socket.close();
}
