import { KeptOutput, plainText } from '../../shared/command-output.ts';
import type { MarkTap } from './mark-filter.ts';
import type { TerminalModes } from './terminal-modes.ts';
import type { CommandOutcome, NotStarted, RunOptions } from './types.ts';

/** What a command that Carrel runs needs of its terminal. */
export type CommandRunEffects = {
  /** Leaves the line for the shell and types the keys that make it take it. */
  readonly handOver: () => Promise<void>;
  readonly type: (data: string) => void;
  readonly readModes: () => Promise<TerminalModes | undefined>;
  readonly isReading: () => boolean;
  readonly isFullScreen: () => boolean;
  readonly screenText: () => string;
};

/** Half of it is the beginning of a longer output, half its end. The caller keeps less for a model and the rest for who asks. */
const OUTPUT_LIMIT_CHARACTERS = 8_000_000;
/** A shell reads its owner's files before its first prompt, and a prompt may ask git for much. */
const PROMPT_LIMIT_MS = 15_000;
/** For the shell to take the line up, and then to begin. */
const ANSWER_LIMIT_MS = 4000;
/** Between two looks at a command that runs. */
const LOOK_MS = 250;
/** A command that has printed nothing for so long may wait for someone. */
const QUIET_MS = 750;
/** … and does, when it reads, or has taken the keys for itself. */
const READING_QUIET_MS = 2000;
const KEYS_QUIET_MS = 4000;
/** A program that fills the screen for so long is there to stay: others only look whether their output fits. */
const FULL_SCREEN_MS = 1000;
/** Between two Ctrl-C, of which the second is the last word. */
const INTERRUPT_MS = 1500;

const INTERRUPT = '\x03';
const ASKS_FOR_PASSWORD = /(?:pass(?:word|phrase|code)|\bPIN)\b[^\n]*$/i;
/** What zsh puts behind output whose last line is not whole. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
const ZSH_LINE_END = /(?:\x1b\[[\d;]*m)*[%#](?:\x1b\[[\d;]*m)* +\r *\r$/;
/** What a terminal answers to a program, or tells of focus and mouse: nobody pressed a key. */
const ANSWERS = // oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
  /^(?:\x1b\[(?:[IO]|[?>=]?[\d;]*(?:[cnRtu]|\$y)|<[\d;]+[Mm]|M[^]{3})|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\))+$/;

type Ending = Exclude<CommandOutcome['status'], 'not-started'>;

/**
 * One command on its way through a shell: waits for the prompt, has the shell take the line, enters it, and follows it by the
 * shell's marks until it ends, or until there is something to tell before that.
 */
export class CommandRun implements MarkTap {
  readonly outcome: Promise<CommandOutcome>;
  readonly #resolve: (outcome: CommandOutcome) => void;
  readonly #effects: CommandRunEffects;
  readonly #options: Pick<RunOptions, 'timeoutMs' | 'onPasswordAsked'>;
  readonly #output = new KeptOutput(OUTPUT_LIMIT_CHARACTERS);
  readonly #decoder = new TextDecoder();
  #phase: 'waiting' | 'handing-over' | 'entered' | 'leaving' | 'running' | 'over' = 'waiting';
  /** Told when the shell is at its prompt again: a new one, not the old one drawn anew. */
  #reason: NotStarted = 'not-accepted';
  #isPromptNew = false;
  /** Stopped while the shell takes the line. */
  #isLineUnwanted = false;
  #limit: NodeJS.Timeout | undefined;
  #looks: NodeJS.Timeout | undefined;
  #heldKeys: string[] = [];
  #startedAt = 0;
  #lastOutputAt = 0;
  #fullScreenSince: number | undefined;
  #isPasswordAsked = false;
  #isInterrupted = false;

  constructor(effects: CommandRunEffects, options: Pick<RunOptions, 'timeoutMs' | 'onPasswordAsked'>) {
    const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    this.#effects = effects;
    this.#options = options;
  }

  begin(isAtPrompt: boolean): void {
    if (isAtPrompt) this.#handOver();
    else this.#within(PROMPT_LIMIT_MS, 'no-answer');
  }

  mark(kind: string, value: string): void {
    if (this.#phase === 'waiting' && kind === 'B') this.#handOver();
    else if (this.#phase === 'waiting' && kind === 'C') this.#refuse('busy');
    else if (this.#phase === 'handing-over' && kind === 'L') this.#enter(value === 'taken');
    // A Ctrl-C, also an earlier one, took the keys along: they are typed again at the new prompt.
    else if (this.#phase === 'handing-over' && kind === 'D') this.#phase = 'waiting';
    else if (this.#phase === 'entered' && kind === 'C') this.#start();
    // The prompt for more lines, or another one after a complaint.
    else if (this.#phase === 'entered' && kind === 'K') this.#leave('not-accepted');
    else if (this.#phase === 'entered' && kind === 'D') this.#expectPrompt('not-accepted');
    else if (this.#phase === 'leaving' && kind === 'D') this.#isPromptNew = true;
    else if (this.#phase === 'leaving' && kind === 'B' && this.#isPromptNew) this.#refuse(this.#reason);
    else if (this.#phase === 'leaving' && kind === 'C') this.#startLate();
    else if (this.#phase === 'running' && kind === 'D') {
      this.#end(
        this.#isInterrupted ? 'interrupted' : 'finished',
        /^\d+$/.test(value) ? Number(value) : undefined,
      );
    }
  }

  output(bytes: Uint8Array): void {
    if (this.#phase !== 'running' || bytes.length === 0) return;
    this.#output.push(this.#decoder.decode(bytes, { stream: true }));
    this.#lastOutputAt = performance.now();
    this.#setPasswordAsked(false);
  }

  /** Data for the program that a client sent. True when it is kept until the command has begun. */
  receiveInput(data: string): boolean {
    if (this.#phase === 'handing-over' || this.#phase === 'entered' || this.#phase === 'leaving') {
      this.#heldKeys.push(data);
      return true;
    }
    if (this.#phase === 'running' && !ANSWERS.test(data)) void this.#keyPressed(data);
    return false;
  }

  /** Ctrl-C, twice if need be. A command that goes on all the same is left. */
  stop(): void {
    if (this.#phase === 'over' || this.#phase === 'leaving' || this.#isInterrupted) return;
    if (this.#phase === 'waiting') return this.#refuse('stopped');
    if (this.#phase === 'entered') return this.#leave('stopped');
    // A Ctrl-C now might take along what the person has typed.
    if (this.#phase === 'handing-over') return void (this.#isLineUnwanted = true);
    this.#isInterrupted = true;
    this.#effects.type(INTERRUPT);
    this.#limit = setTimeout(() => {
      this.#effects.type(INTERRUPT);
      this.#limit = setTimeout(() => this.#end('interrupted'), INTERRUPT_MS);
    }, INTERRUPT_MS);
  }

  /** The exit code is that of the command that ended the shell (`exit 3`); there is none where the terminal was closed. */
  shellEnded(exitCode?: number): void {
    if (this.#phase === 'running') this.#end(exitCode === undefined ? 'shell-ended' : 'finished', exitCode);
    else this.#refuse('no-shell');
  }

  #handOver(): void {
    this.#phase = 'handing-over';
    this.#leaveAfter(ANSWER_LIMIT_MS, 'no-answer');
    // Stopped; or the disk is full, or the folder of the scripts went away.
    this.#effects.handOver().catch(() => this.#refuse(this.#isLineUnwanted ? 'stopped' : 'no-answer'));
  }

  #enter(isTaken: boolean): void {
    if (!isTaken) return this.#refuse(this.#isLineUnwanted ? 'stopped' : 'typed-text');
    if (this.#isLineUnwanted) return this.#leave('stopped');
    this.#phase = 'entered';
    this.#leaveAfter(ANSWER_LIMIT_MS, 'not-accepted');
    this.#effects.type('\r');
  }

  #leaveAfter(limitMs: number, reason: NotStarted): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => this.#leave(reason), limitMs);
  }

  /** Clears the line. More than one Ctrl-C, because a shell that is drawing a prompt loses the first. */
  #leave(reason: NotStarted): void {
    this.#expectPrompt(reason);
    this.#isPromptNew = false;
    this.#looks = setInterval(() => this.#effects.type(INTERRUPT), 2 * LOOK_MS);
    this.#effects.type(INTERRUPT);
  }

  /** What comes next must find the shell at rest. */
  #expectPrompt(reason: NotStarted): void {
    this.#phase = 'leaving';
    this.#isPromptNew = true;
    this.#reason = reason;
    this.#within(ANSWER_LIMIT_MS, reason);
  }

  #start(): void {
    this.#phase = 'running';
    clearTimeout(this.#limit);
    clearInterval(this.#looks);
    this.#startedAt = performance.now();
    this.#lastOutputAt = this.#startedAt;
    this.#looks = setInterval(() => void this.#look(), LOOK_MS);
    this.#releaseKeys();
  }

  /** It was given up, and the shell began it all the same. */
  #startLate(): void {
    this.#start();
    this.stop();
  }

  async #look(): Promise<void> {
    const now = performance.now();
    this.#fullScreenSince = this.#effects.isFullScreen() ? (this.#fullScreenSince ?? now) : undefined;
    if (this.#isInterrupted) return;
    if (this.#fullScreenSince !== undefined && now - this.#fullScreenSince > FULL_SCREEN_MS)
      this.#end('full-screen');
    else if (now - this.#startedAt > this.#options.timeoutMs) {
      this.#end(this.#isPasswordAsked ? 'waiting-for-password' : 'still-running');
    } else if (now - this.#lastOutputAt > QUIET_MS && !this.#isPasswordAsked) await this.#lookForWaiting();
  }

  async #lookForWaiting(): Promise<void> {
    const modes = await this.#effects.readModes();
    const quietMs = performance.now() - this.#lastOutputAt;
    if (this.#phase !== 'running' || this.#isInterrupted || !modes || quietMs < QUIET_MS) return;
    if (this.#asksForPassword(modes)) this.#setPasswordAsked(true);
    else if (!modes.isCanonical && quietMs > KEYS_QUIET_MS) this.#end('waiting-for-input');
    else if (modes.isCanonical && quietMs > READING_QUIET_MS && this.#effects.isReading()) {
      this.#end('waiting-for-input');
    }
  }

  #asksForPassword({ isEchoing, isCanonical }: TerminalModes): boolean {
    return !isEchoing && (isCanonical || ASKS_FOR_PASSWORD.test(plainText(this.#output.text.slice(-200))));
  }

  #setPasswordAsked(isAsked: boolean): void {
    if (this.#isPasswordAsked === isAsked) return;
    this.#isPasswordAsked = isAsked;
    this.#options.onPasswordAsked(isAsked);
  }

  /** Keys of a password answer the command; all others take the terminal over. */
  async #keyPressed(data: string): Promise<void> {
    if (!this.#isPasswordAsked) {
      const modes = await this.#effects.readModes();
      if (this.#phase !== 'running' || this.#isInterrupted) return;
      if (!modes || !this.#asksForPassword(modes)) return this.#end('taken-over');
      this.#setPasswordAsked(true);
    }
    // oxlint-disable-next-line no-control-regex -- Enter, Ctrl-C and Ctrl-D end the typing
    if (/[\r\n\x03\x04]/.test(data)) this.#setPasswordAsked(false);
  }

  #within(limitMs: number, reason: NotStarted): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => this.#refuse(reason), limitMs);
  }

  #refuse(reason: NotStarted): void {
    this.#finish({ status: 'not-started', reason });
  }

  #end(status: Ending, exitCode?: number): void {
    const output =
      status === 'full-screen'
        ? this.#effects.screenText()
        : plainText(this.#output.text.replace(ZSH_LINE_END, ''));
    const durationMs = performance.now() - this.#startedAt;
    this.#finish({ status, ...(exitCode !== undefined && { exitCode }), output, durationMs });
  }

  #finish(outcome: CommandOutcome): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    clearTimeout(this.#limit);
    clearInterval(this.#looks);
    this.#releaseKeys();
    this.#resolve(outcome);
  }

  #releaseKeys(): void {
    for (const data of this.#heldKeys.splice(0)) {
      this.receiveInput(data);
      this.#effects.type(data);
    }
  }
}
