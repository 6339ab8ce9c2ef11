import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runsElsewhere } from '../../shared/profiles.ts';
import type { LineHit, SearchQuery } from '../../shared/search.ts';
import type { PtyState } from '../../shared/session.ts';
import { Child } from './child.ts';
import { withoutControls } from './clean.ts';
import { CommandRun } from './command-run.ts';
import { shellEnvironment } from './environment.ts';
import { FrontProgram } from './front-program.ts';
import { shellStart, TAKE_LINE } from './integration.ts';
import { MarkFilter } from './mark-filter.ts';
import { Screen } from './screen.ts';
import { ShellReports } from './shell-reports.ts';
import { shellLine } from './shell-line.ts';
import { findFolder, findShell } from './shell.ts';
import { isReading } from './terminal-modes.ts';
import { endLeftovers, endSession, type TerminalSession } from './terminal-session.ts';
import type {
  CommandOutcome,
  NotStarted,
  Pty,
  PtyAttachment,
  PtyOptions,
  PtySink,
  ReadOptions,
  RunOptions,
  SearchOptions,
  TerminalSize,
  TerminalText,
} from './types.ts';

/** One run of a shell. */
type Run = {
  readonly child: Child;
  readonly reports: ShellReports;
  readonly front: FrontProgram;
  readonly marks: MarkFilter;
  readonly lineFile: string | undefined;
  readonly isFish: boolean;
};

/** A shell, its screen, and the clients that watch it. The screen is made when it is first needed: a tab that is never shown costs nothing. */
export class TerminalPty implements Pty {
  readonly #options: PtyOptions;
  readonly #findIntegration: () => string | undefined;
  /** The last field of the marks that the core lets through; empty without shell integration. */
  readonly #token: string;
  readonly #endedSessions: TerminalSession[] = [];
  #state: PtyState = { status: 'not-started' };
  #size: TerminalSize = { columns: 80, rows: 24 };
  #screenIfMade: Screen | undefined;
  #run: Run | undefined;
  #command: CommandRun | undefined;
  #folder: string;
  #isDisposed = false;

  /** `findIntegration` gives the folder of the integration scripts, undefined where there is none. */
  constructor(options: PtyOptions, findIntegration: () => string | undefined) {
    this.#options = options;
    this.#findIntegration = findIntegration;
    this.#folder = options.cwd;
    this.#token = options.useShellIntegration ? randomBytes(16).toString('hex') : '';
  }

  get state(): PtyState {
    return this.#state;
  }

  /** Of the shell that runs now. */
  get session(): TerminalSession | undefined {
    return this.#run?.child.session;
  }

  start(size: TerminalSize): void {
    if (this.#run || this.#isDisposed) return;
    this.resize(size);
    const { variables, settingsKey = 'defaults.shell' } = this.#options;
    const shell = findShell(this.#options.shell, { ...this.#options.environment, ...variables }, settingsKey);
    if (!shell.ok) return this.#fail(shell.error);
    try {
      this.#run = this.#startShell(shell.value);
      this.#setState({ status: 'running', pid: this.#run.child.session.leader });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(
        `The shell "${shell.value}" could not be started: ${reason}. Set ${settingsKey} in settings.toml to another one.`,
      );
    }
  }

  restart(): void {
    this.start(this.#size);
  }

  write(data: string): void {
    if (!this.#command?.receiveInput(data)) this.#run?.child.write(data);
    this.#run?.front.notice();
  }

  async runCommand(command: string, { signal, cwd, ...options }: RunOptions): Promise<CommandOutcome> {
    const refuse = (reason: NotStarted): CommandOutcome => ({ status: 'not-started', reason });
    if (/[^\P{Cc}\n\t]/u.test(`${command}${cwd}`)) return refuse('control-characters');
    this.restart();
    const run = this.#run;
    if (!run) return refuse('no-shell');
    const { child, marks, lineFile, isFish } = run;
    if (lineFile === undefined) return refuse('no-integration');
    if (this.#command || marks.isRunning) return refuse('busy');
    if (marks.isInsideCommand) return refuse('typed-text');
    if (signal.aborted) return refuse('stopped');
    const screen = this.#screen;
    const commandRun = new CommandRun(
      {
        handOver: async () => {
          // What the shell told of its folder is known then.
          await screen.whenParsed();
          signal.throwIfAborted();
          const folder = cwd === this.#folder ? undefined : cwd;
          writeFileSync(lineFile, shellLine(command, { isFish, folder }), { mode: 0o600 });
          child.write(TAKE_LINE);
        },
        type: (data) => child.write(data),
        readModes: () => child.readModes(),
        isReading: () => isReading(child.session),
        isFullScreen: () => screen.isFullScreen,
        screenText: () => screen.text,
      },
      options,
    );
    using resources = new DisposableStack();
    resources.defer(() => rmSync(lineFile, { force: true }));
    this.#command = commandRun;
    resources.defer(() => (this.#command = undefined));
    marks.tap = commandRun;
    resources.defer(() => (marks.tap = undefined));
    signal.addEventListener('abort', () => commandRun.stop(), { once: true });
    commandRun.begin(marks.isAtPrompt);
    return await commandRun.outcome;
  }

  async read(options: ReadOptions): Promise<TerminalText> {
    return this.#isDisposed
      ? { text: '', isFullScreen: false, blocks: [] }
      : await this.#screen.read(options);
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#size = { columns: clamp(columns, 2), rows: clamp(rows, 1) };
    this.#screenIfMade?.resize(this.#size);
    this.#run?.child.resize(this.#size);
  }

  clear(): void {
    this.#screenIfMade?.clear();
  }

  attach(sink: PtySink): PtyAttachment {
    return this.#screen.attach(sink);
  }

  async serializeIfChanged(): Promise<string | undefined> {
    return this.#isDisposed ? undefined : await this.#screenIfMade?.textIfChanged();
  }

  async *search(query: SearchQuery, options: SearchOptions): AsyncGenerator<readonly LineHit[]> {
    if (!this.#isDisposed) yield* this.#screen.search(query, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#command?.shellEnded();
    const run = this.#run;
    run?.reports[Symbol.dispose]();
    run?.front[Symbol.dispose]();
    // A program that cannot print cannot end.
    run?.child.setPaused(false);
    this.#screenIfMade?.[Symbol.dispose]();
    await Promise.all([run && endSession(run.child.session), ...this.#endedSessions.map(endLeftovers)]);
    run?.child.close();
  }

  get #screen(): Screen {
    const { scrollback, readRestored } = this.#options;
    this.#screenIfMade ??= new Screen({
      size: this.#size,
      scrollback,
      token: this.#token,
      restored: readRestored?.(),
      onAnswer: (data) => this.#run?.child.write(data),
      onMark: (payload) => this.#run?.reports.acceptMark(payload),
      onFolderUrl: (payload) => this.#run?.reports.acceptFolderUrl(payload),
      onPauseChange: (isPaused) => this.#run?.child.setPaused(isPaused),
    });
    return this.#screenIfMade;
  }

  #startShell(shell: string): Run {
    const screen = this.#screen;
    const { folder, isWanted } = findFolder(this.#folder);
    if (!isWanted) {
      const missing = withoutControls(this.#folder);
      screen.print(
        `\x1b[2m${missing} cannot be opened: this shell starts in ${withoutControls(folder)}.\x1b[22m\r\n`,
      );
    }
    const { shellArguments, variables, useShellIntegration, listener } = this.#options;
    const environment = { ...this.#options.environment, ...variables };
    const nonce = randomBytes(16).toString('hex');
    const marks = new MarkFilter({ nonce, token: this.#token });
    const start = shellStart({
      shell,
      shellArguments,
      environment,
      integrationFolder: useShellIntegration ? this.#findIntegration() : undefined,
      nonce,
      isLoginShell: process.platform === 'darwin',
    });
    const reports = new ShellReports({
      nonce: this.#token,
      folder: this.#folder,
      isElsewhere: runsElsewhere(shell),
      listener: {
        cwdChanged: (cwd) => {
          this.#folder = cwd;
          if (!this.#isDisposed) listener.cwdChanged(cwd);
        },
        commandFinished: (command) => {
          if (!this.#isDisposed) listener.commandFinished(command);
        },
      },
      pid: () => child.session.leader,
      typedText: () => screen.typedText(),
      markPromptEnd: () => screen.markPromptEnd(),
    });
    const child: Child = new Child({
      program: shell,
      programArguments: start.programArguments,
      folder,
      environment: { ...shellEnvironment(environment), ...variables, ...start.environment },
      size: this.#size,
      onOutput: (bytes) => {
        if (this.#isDisposed) return;
        screen.write(marks.rewrite(bytes));
        reports.noticeOutput();
        front.notice();
      },
      onExit: (exit) => {
        if (this.#isDisposed) return;
        this.#endedSessions.push(child.session);
        // The command that ended the shell (`exit 3`) has no prompt after it.
        screen.print(marks.end(exit.exitCode));
        screen.finish(() => {
          reports[Symbol.dispose]();
          front[Symbol.dispose]();
          this.#run = undefined;
          this.#setState({ status: 'exited', ...exit });
          this.#command?.shellEnded(exit.exitCode);
        });
      },
    });
    const front = new FrontProgram(
      () => child.programInFront(),
      (program) => listener.programChanged(program),
    );
    child.setPaused(screen.isPaused);
    return { child, reports, front, marks, lineFile: start.lineFile, isFish: basename(shell) === 'fish' };
  }

  #fail(message: string): void {
    this.#screen.print(`\x1b[31m${withoutControls(message)}\x1b[39m\r\n`);
    this.#setState({ status: 'failed', message });
  }

  #setState(state: PtyState): void {
    if (this.#isDisposed) return;
    this.#state = state;
    this.#options.listener.stateChanged(state);
  }
}

/** Cells; a terminal of another size draws nothing useful and costs memory. */
function clamp(cells: number, least: number): number {
  return Math.min(1000, Math.max(least, Math.floor(cells) || least));
}
