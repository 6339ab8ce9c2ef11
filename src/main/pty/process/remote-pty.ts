import { assertNever } from '../../../shared/result.ts';
import type { LineHit, SearchQuery } from '../../../shared/search.ts';
import type { PtyState } from '../../../shared/session.ts';
import { linesOfDrawing, searchLines } from '../line-search.ts';
import { endSession, type TerminalSession } from '../terminal-session.ts';
import type {
  CommandOutcome,
  Pty,
  PtyAttachment,
  PtyOptions,
  PtySink,
  ReadOptions,
  RunOptions,
  SearchOptions,
  TerminalSize,
  TerminalText,
} from '../types.ts';
import { SlowPatternError } from '../within-time.ts';
import type { FromTerminals } from './messages.ts';
import type { TerminalProcess } from './terminal-process.ts';

type RunningCommand = {
  readonly onPasswordAsked: (isAsked: boolean) => void;
  readonly resolve: (outcome: CommandOutcome) => void;
};

const NO_TEXT: TerminalText = { text: '', isFullScreen: false, blocks: [] };
const NO_SHELL: CommandOutcome = { status: 'not-started', reason: 'no-shell' };
const SHELL_ENDED: CommandOutcome = { status: 'shell-ended', output: '', durationMs: 0 };

type ToldAttachment =
  | { readonly type: 'acknowledge'; readonly bytes: number; readonly drawnInMs: number }
  | { readonly type: 'suspend' | 'resume' | 'send-all-lines' | 'detach' };

type Attached = {
  readonly sink: PtySink;
  isSuspended: boolean;
  /** The process that runs now knows of it. */
  isKnown: boolean;
};

/** A terminal whose shell and screen live in the process of the terminals. */
export class RemotePty implements Pty {
  readonly #options: PtyOptions;
  readonly #findIntegration: () => string | undefined;
  readonly #process: TerminalProcess;
  readonly #id: number;
  readonly #attachments = new Map<number, Attached>();
  #lastAttachment = 0;
  #state: PtyState = { status: 'not-started' };
  #size: TerminalSize = { columns: 80, rows: 24 };
  #folder: string;
  /** Of the shell that runs now. */
  #session: TerminalSession | undefined;
  /** Questions for the screen's text, oldest first. */
  #serializing: ((text: string | undefined) => void)[] = [];
  readonly #searches = new Map<number, ReadableStreamDefaultController<readonly LineHit[]>>();
  #lastSearch = 0;
  /** The other side knows of this terminal: it is opened there when it is first needed. */
  #isOpen = false;
  /** Questions for the text, oldest first. */
  #reading: ((text: TerminalText) => void)[] = [];
  readonly #commands = new Map<number, RunningCommand>();
  #lastCommand = 0;
  #isStarting = false;
  #isDisposed = false;

  /** `findIntegration` gives the folder of the integration scripts, undefined where there is none. */
  constructor(
    options: PtyOptions,
    { process, findIntegration }: { process: TerminalProcess; findIntegration: () => string | undefined },
  ) {
    this.#options = options;
    this.#process = process;
    this.#findIntegration = findIntegration;
    this.#folder = options.cwd;
    this.#id = process.join({
      receive: (message) => this.#receive(message),
      processDied: (reason) => this.#processDied(reason),
    });
  }

  get state(): PtyState {
    return this.#state;
  }

  start(size: TerminalSize): void {
    if (this.#isStarting || this.#isDisposed || this.#state.status === 'running') return;
    this.#isStarting = true;
    this.#size = size;
    this.#open();
    this.#process.post({ type: 'start', id: this.#id, size });
  }

  restart(): void {
    this.start(this.#size);
  }

  write(data: string): void {
    if (this.#isOpen) this.#process.post({ type: 'write', id: this.#id, data });
  }

  async runCommand(
    commandLine: string,
    { signal, onPasswordAsked, ...options }: RunOptions,
  ): Promise<CommandOutcome> {
    this.restart();
    if (!this.#isOpen) return NO_SHELL;
    this.#lastCommand += 1;
    const command = this.#lastCommand;
    const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
    this.#commands.set(command, { onPasswordAsked, resolve });
    this.#process.post({ type: 'run', id: this.#id, command, commandLine, options });
    const stop = () => {
      if (this.#isOpen) this.#process.post({ type: 'stop', id: this.#id, command });
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const outcome = await promise;
    signal.removeEventListener('abort', stop);
    this.#commands.delete(command);
    return outcome;
  }

  async read(options: ReadOptions): Promise<TerminalText> {
    this.#open();
    if (!this.#isOpen) return NO_TEXT;
    const { promise, resolve } = Promise.withResolvers<TerminalText>();
    this.#reading.push(resolve);
    this.#process.post({ type: 'read', id: this.#id, options });
    return await promise;
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#isOpen) this.#process.post({ type: 'resize', id: this.#id, size });
  }

  clear(): void {
    if (this.#isOpen) this.#process.post({ type: 'clear', id: this.#id });
  }

  attach(sink: PtySink): PtyAttachment {
    this.#lastAttachment += 1;
    const attachment = this.#lastAttachment;
    const attached: Attached = { sink, isSuspended: false, isKnown: false };
    this.#attachments.set(attachment, attached);
    this.#open();
    this.#introduce(attachment, attached);
    const tell = (message: ToldAttachment) => {
      if (this.#isOpen && attached.isKnown) this.#process.post({ ...message, id: this.#id, attachment });
    };
    return {
      get isSuspended() {
        return attached.isSuspended;
      },
      acknowledge: (bytes, drawnInMs) => tell({ type: 'acknowledge', bytes, drawnInMs }),
      suspend: () => {
        attached.isSuspended = true;
        tell({ type: 'suspend' });
      },
      resume: () => {
        attached.isSuspended = false;
        tell({ type: 'resume' });
        this.#open();
        this.#introduce(attachment, attached);
      },
      sendAllLines: () => tell({ type: 'send-all-lines' }),
      [Symbol.dispose]: () => {
        if (this.#attachments.delete(attachment)) tell({ type: 'detach' });
      },
    };
  }

  async serializeIfChanged(): Promise<string | undefined> {
    if (!this.#isOpen) return undefined;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#serializing.push(resolve);
    this.#process.post({ type: 'serialize', id: this.#id });
    return await promise;
  }

  search(query: SearchQuery, { limit, signal }: SearchOptions): AsyncIterable<readonly LineHit[]> {
    if (!this.#isOpen) {
      const restored = this.#options.readRestored?.()?.text ?? '';
      return searchLines(linesOfDrawing(restored), query, { limit, signal });
    }
    this.#lastSearch += 1;
    const search = this.#lastSearch;
    const stop = () => {
      this.#process.post({ type: 'stop-search', id: this.#id, search });
      this.#searches.delete(search);
    };
    return new ReadableStream({
      start: (controller) => {
        if (signal?.aborted) return controller.close();
        this.#searches.set(search, controller);
        this.#process.post({ type: 'search', id: this.#id, search, query, limit });
        signal?.addEventListener('abort', () => {
          if (!this.#searches.has(search)) return;
          stop();
          controller.close();
        });
      },
      cancel: stop,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#attachments.clear();
    await this.#process.leave(this.#id, wasOpen);
    this.#answerAll();
  }

  #open(): void {
    if (this.#isOpen || this.#isDisposed) return;
    this.#isOpen = true;
    const { listener: _, useShellIntegration, readRestored, ...rest } = this.#options;
    const options = {
      ...rest,
      cwd: this.#folder,
      size: this.#size,
      integrationFolder: useShellIntegration ? this.#findIntegration() : undefined,
      restored: readRestored?.(),
    };
    this.#process.post({ type: 'open', id: this.#id, options });
    for (const [attachment, attached] of this.#attachments) this.#introduce(attachment, attached);
  }

  #introduce(attachment: number, attached: Attached): void {
    if (!this.#isOpen || attached.isKnown || attached.isSuspended) return;
    attached.isKnown = true;
    this.#process.post({ type: 'attach', id: this.#id, attachment });
  }

  #receive(message: FromTerminals): void {
    if (message.type === 'output')
      this.#attachments.get(message.attachment)?.sink(message.kind, message.bytes);
    if (message.type === 'serialized') this.#serializing.shift()?.(message.text);
    if (message.type === 'was-read') this.#reading.shift()?.(message.text);
    if (message.type === 'password-asked')
      this.#commands.get(message.command)?.onPasswordAsked(message.isAsked);
    if (message.type === 'ran') this.#commands.get(message.command)?.resolve(message.outcome);
    if (message.type === 'found') this.#searches.get(message.search)?.enqueue(message.hits);
    if (message.type === 'searched') this.#searchEnded(message.search, message.isTooSlow);
    if (message.type !== 'told' || this.#isDisposed) return;
    const { told } = message;
    switch (told.name) {
      case 'stateChanged':
        this.#session = message.session;
        return this.#setState(told.value);
      case 'cwdChanged':
        this.#folder = told.value;
        return this.#options.listener.cwdChanged(told.value);
      case 'commandFinished':
        return this.#options.listener.commandFinished(told.value);
      case 'programChanged':
        return this.#options.listener.programChanged(told.value);
      default:
        return assertNever(told);
    }
  }

  #processDied(reason: string): void {
    const hadShell = this.#isStarting || this.#state.status === 'running';
    this.#isOpen = false;
    for (const attached of this.#attachments.values()) attached.isKnown = false;
    this.#answerAll();
    // A hang-up does not end all that a shell started.
    if (this.#session) void endSession(this.#session);
    this.#session = undefined;
    if (!hadShell || this.#isDisposed) return;
    this.#setState({
      status: 'failed',
      message: `The process that runs the terminals ended (${reason}), and this shell with it.`,
    });
  }

  #setState(state: PtyState): void {
    this.#isStarting = false;
    this.#state = state;
    this.#options.listener.stateChanged(state);
  }

  #searchEnded(search: number, isTooSlow = false): void {
    const controller = this.#searches.get(search);
    this.#searches.delete(search);
    if (isTooSlow) controller?.error(new SlowPatternError());
    else controller?.close();
  }

  #answerAll(): void {
    for (const answer of this.#serializing.splice(0)) answer(undefined);
    for (const answer of this.#reading.splice(0)) answer(NO_TEXT);
    for (const { resolve } of this.#commands.values()) resolve(SHELL_ENDED);
    for (const search of this.#searches.keys()) this.#searchEnded(search);
  }
}
