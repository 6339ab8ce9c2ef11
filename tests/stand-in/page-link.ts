import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ignoreGone, type CdpConnection, type CdpSession } from './cdp.ts';
import { mainWorldScript, preloadWorldScript } from './page-source.ts';
import { RECEIVE, SEND, type ToMain, type ToPreload } from './page/messages.ts';

/** The isolated world's name, as in Electron. */
const WORLD = 'Electron Isolated Context';

/** Answers the document that a message came from; one that has gone since gets nothing. */
export type Reply = (message: ToPreload) => void;

export type PageOptions = {
  readonly width: number;
  readonly height: number;
  readonly preload: string | undefined;
  /** What the preload sees as `process`. */
  readonly process: object;
  readonly receive: (message: ToMain, reply: Reply) => void;
};

/** A page of Chromium and the line to the preload of the document that it shows. */
export class PageLink {
  readonly session: CdpSession;
  readonly targetId: string;
  /** The preload's world in the present document; none before the first. */
  #context: number | undefined;

  static async open(connection: CdpConnection, options: PageOptions): Promise<PageLink> {
    const { browser } = connection;
    const { width, height } = options;
    const { targetId } = await browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const link = new PageLink(connection.session(sessionId), targetId);
    await link.#prepare(options);
    return link;
  }

  private constructor(session: CdpSession, targetId: string) {
    this.session = session;
    this.targetId = targetId;
  }

  /** Lost if no document is there yet, as in Electron. One command a message: a batch takes longer to parse. */
  post(message: ToPreload): void {
    if (this.#context === undefined) return;
    this.session
      .send('Runtime.callFunctionOn', {
        executionContextId: this.#context,
        functionDeclaration: `function (message) { ${RECEIVE}(message); }`,
        // As text, which Chromium hands on faster than an object.
        arguments: [{ value: JSON.stringify(message) }],
        silent: true,
      })
      .catch(ignoreGone);
  }

  async #prepare({ preload, process, receive }: PageOptions): Promise<void> {
    const { session } = this;
    this.#watchContext();
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== SEND) return;
      receive(JSON.parse(payload) as ToMain, (message) => {
        if (executionContextId === this.#context) this.post(message);
      });
    });
    const token = randomUUID();
    const code = preload === undefined ? '' : readFileSync(preload, 'utf8');
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: SEND, executionContextName: WORLD }),
      // In this order: the page's half of the bridge must listen when the preload exposes its API.
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(token) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: WORLD,
        source: preloadWorldScript(token, process, code),
      }),
    ]);
  }

  #watchContext(): void {
    const forget = () => {
      this.#context = undefined;
    };
    this.session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId?: string };
      if (context.name === WORLD && frameId === this.targetId) this.#context = context.id;
    });
    this.session.on('Runtime.executionContextsCleared', forget);
    this.session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#context) forget();
    });
  }
}
