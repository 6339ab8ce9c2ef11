import { HIDDEN_HIGH_WATER_BYTES, HIGH_WATER_BYTES, mustPause } from './flow.ts';
import type { LineHit, SearchQuery } from '../../shared/search.ts';
import { searchLines } from './line-search.ts';
import { restoredDrawing } from './marked-drawing.ts';
import { Mirror, type MirrorOptions } from './mirror.ts';
import { Outlet } from './outlet.ts';
import { StringLimit } from './string-limit.ts';
import type {
  PtyAttachment,
  PtySink,
  ReadOptions,
  RestoredScreen,
  SearchOptions,
  TerminalSize,
  TerminalText,
} from './types.ts';

export type ScreenOptions = MirrorOptions & {
  readonly restored?: RestoredScreen | undefined;
  /** The program must wait, or may go on: a reader is behind, or has caught up. */
  readonly onPauseChange: (isPaused: boolean) => void;
};

/** Lines above the screen that a client gets at once. The others, which take as long again for each thousand, follow when they are asked for. */
const FIRST_LINES = 1000;

const encoder = new TextEncoder();

/** What a program prints, on its way to the mirror and to every client, at the pace of the slowest of them. */
export class Screen implements Disposable {
  readonly #mirror: Mirror;
  readonly #strings = new StringLimit();
  readonly #outlets = new Set<Outlet>();
  readonly #onPauseChange: (isPaused: boolean) => void;
  #isPaused = false;
  #isRestoring = false;
  #isChanged = false;

  constructor(options: ScreenOptions) {
    this.#mirror = new Mirror(options);
    this.#onPauseChange = options.onPauseChange;
    if (options.restored) this.#restore(options.restored, options.token ?? '');
  }

  /** Output must not come now. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Output of the program, whole characters and sequences. Queries in it are answered once: by the attached clients' terminals, else by the mirror. */
  write(bytes: Uint8Array): void {
    this.#isChanged = true;
    const { screen, windows } = this.#strings.pass(bytes);
    this.#send(screen, !this.#isWatched, windows);
  }

  /** Carrel's own words between a program's output. */
  print(text: string): void {
    this.#send(encoder.encode(text), false);
  }

  attach(sink: PtySink): PtyAttachment {
    const outlet = new Outlet(sink, {
      afterParsing: (callback) => this.#mirror.afterParsing(callback),
      snapshot: (lines) => {
        const hasAllLines = lines === 'all' || this.#mirror.linesAbove <= FIRST_LINES;
        return { bytes: this.#mirror.snapshot(hasAllLines ? undefined : FIRST_LINES), hasAllLines };
      },
      onProgress: () => this.#adjustPause(),
      onDispose: () => {
        this.#outlets.delete(outlet);
        this.#adjustPause();
      },
    });
    this.#outlets.add(outlet);
    return outlet;
  }

  resize(size: TerminalSize): void {
    if (this.#mirror.resize(size)) for (const outlet of this.#outlets) outlet.invalidate();
  }

  /** The program ended: delivers all that it printed and makes the screen ready for the next one. */
  finish(onFinished: () => void): void {
    for (const outlet of this.#outlets) outlet.flush();
    this.#mirror.afterParsing(() => {
      this.print(this.#mirror.endOfText());
      onFinished();
    });
  }

  clear(): void {
    this.#isChanged = true;
    this.#mirror.afterParsing(() => {
      this.#mirror.write(encoder.encode(this.#mirror.clearance()), { isAnswering: false });
      // Windows may have folded rows away, so that theirs are others.
      for (const outlet of this.#outlets) outlet.redraw();
    });
  }

  markPromptEnd(): void {
    this.#mirror.markPromptEnd();
  }

  typedText(): string {
    return this.#mirror.typedText();
  }

  get isFullScreen(): boolean {
    return this.#mirror.isFullScreen;
  }

  /** What the screen shows now. */
  get text(): string {
    return this.#mirror.read({ lines: Infinity, blocks: 0 }).text;
  }

  async read(options: ReadOptions): Promise<TerminalText> {
    await this.whenParsed();
    return this.#mirror.read(options);
  }

  async *search(query: SearchQuery, options: SearchOptions): AsyncGenerator<readonly LineHit[]> {
    await this.whenParsed();
    yield* searchLines(this.#mirror.lines(), query, options);
  }

  /** Undefined when the program printed nothing since the last call. */
  async textIfChanged(): Promise<string | undefined> {
    if (!this.#isChanged) return undefined;
    this.#isChanged = false;
    await this.whenParsed();
    return this.#mirror.text();
  }

  /** The screen shows all that was printed. */
  async whenParsed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#mirror.afterParsing(resolve);
    await promise;
  }

  [Symbol.dispose](): void {
    for (const outlet of this.#outlets) outlet[Symbol.dispose]();
    this.#mirror[Symbol.dispose]();
  }

  get #isWatched(): boolean {
    return this.#outlets.values().some((outlet) => !outlet.isSuspended);
  }

  /** The program waits meanwhile, so that what it prints comes below. */
  #restore({ text, savedAt }: RestoredScreen, token: string): void {
    this.#isPaused = true;
    this.#isRestoring = true;
    const time = new Date(savedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    this.#send(encoder.encode(restoredDrawing(text, token)), false);
    this.#mirror.afterParsing(() => {
      this.print(`${this.#mirror.endOfText()}\x1b[2m── Restored, ${time} ──\x1b[22m\r\n`);
      this.#isRestoring = false;
      this.#adjustPause();
    });
  }

  #send(bytes: Uint8Array, isAnswering: boolean, forWindows = bytes): void {
    for (const outlet of this.#outlets) outlet.push(forWindows);
    this.#mirror.write(bytes, { isAnswering, onParsed: () => this.#adjustPause() });
    this.#adjustPause();
  }

  #adjustPause(): void {
    const markBytes = this.#isWatched ? HIGH_WATER_BYTES : HIDDEN_HIGH_WATER_BYTES;
    const isPaused =
      this.#isRestoring ||
      mustPause(this.#isPaused, this.#mirror.pendingBytes, markBytes) ||
      this.#outlets.values().some((outlet) => outlet.mustPause(this.#isPaused));
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) for (const outlet of this.#outlets) outlet.flush();
    this.#onPauseChange(isPaused);
  }
}
