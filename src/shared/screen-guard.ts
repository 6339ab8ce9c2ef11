/* oxlint-disable eslint/no-underscore-dangle -- the names are xterm's */
/** What is needed of a terminal, with or without a window. */
type Guarded = {
  readonly cols: number;
  readonly rows: number;
  onResize(listener: () => void): unknown;
  readonly buffer: {
    readonly active: { readonly cursorX: number; readonly cursorY: number; readonly length: number };
  };
};

type Sequence = { readonly prefix?: string; readonly intermediates?: string; readonly final: string };
type Parameters = { readonly params: { [index: number]: number } };
type Handler = (parameters: Parameters) => boolean | Promise<boolean>;
type Parse = (data: string | Uint8Array, promiseResult?: boolean) => void | Promise<boolean>;

/** What xterm keeps to itself: a handler gets the parameters themselves, where its interface hands out a copy. */
type Core = {
  registerCsiHandler(sequence: Sequence, handler: Handler): unknown;
  registerOscHandler(command: number, handler: (payload: string) => boolean | Promise<boolean>): unknown;
  registerDcsHandler(sequence: Sequence, handler: () => boolean | Promise<boolean>): unknown;
  registerEscHandler(sequence: Sequence, handler: () => boolean | Promise<boolean>): unknown;
  readonly _inputHandler: {
    parse: Parse;
    readonly _parser: { reset(): void };
  };
  readonly buffers: {
    readonly alt: { scrollTop: number; readonly lines: { readonly length: number; maxLength: number } };
  };
  readonly _oscLinkService: {
    readonly _dataByLinkId: ReadonlyMap<number, { readonly lines: readonly { readonly line: number }[] }>;
    addLineToLink(id: number, line: number): void;
  };
};

/** Sequences that count lines or columns: more than there are has no more effect, but xterm goes through them all. */
const LINE_FINALS = 'LMST';
const COLUMN_FINALS = '@PXIZ';

/** Sequences that change all of the screen, or are answered: reports of the device, the cursor and the modes. */
const COSTLY: readonly Sequence[] = [
  { prefix: '?', final: 'h' },
  { prefix: '?', final: 'l' },
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
];
/** Links, and colours that are asked for. */
const COSTLY_COMMANDS = [8, 10, 11, 12];

/** A palette has no more; xterm answers each question of a sequence for more. */
const MAX_COLOURS = 256;

/** Lines of one link that can be followed. */
const MAX_LINK_LINES = 100;

/** How long sequences that cost far more than their bytes may hold up keys and other tabs, in milliseconds. */
const SLICE_MS = 10;

/**
 * Keeps a terminal going whatever is written to it: limits repetitions, lets other work pass in a flood of costly
 * sequences, and outlives what xterm fails at. `doLater` calls back when what waits has had its turn.
 */
export function guardTerminal(terminal: Guarded, doLater: (callback: () => void) => unknown): void {
  const core = (terminal as unknown as { _core: Core })._core;
  const takeTurn = createTurns(doLater);
  const limit = (finals: string, most: () => number) => {
    for (const final of finals) {
      core.registerCsiHandler({ final }, ({ params }) => {
        params[0] = Math.min(params[0] ?? 0, most());
        return takeTurn();
      });
    }
  };
  limit(LINE_FINALS, () => terminal.rows);
  limit(COLUMN_FINALS, () => terminal.cols);
  // Prints a character again, which may fill the screen.
  limit('b', () => terminal.cols * terminal.rows);
  for (const prefix of ['', '?']) {
    core.registerCsiHandler({ prefix, final: 'J' }, ({ params }) => {
      if (params[0] === 1 && isAtLastCell(terminal)) params[0] = 2;
      return takeTurn();
    });
  }
  for (const sequence of COSTLY) core.registerCsiHandler(sequence, takeTurn);
  core.registerEscHandler({ final: 'c' }, takeTurn);
  core.registerEscHandler({ intermediates: '#', final: '8' }, takeTurn);
  core.registerDcsHandler({ intermediates: '$', final: 'q' }, takeTurn);
  for (const command of COSTLY_COMMANDS) core.registerOscHandler(command, takeTurn);
  core.registerOscHandler(4, (payload) => payload.split('?').length > MAX_COLOURS + 1 || takeTurn());
  limitLinks(core);
  terminal.onResize(() => fitAlternate(terminal, core));
  outliveFaults(core);
}

/** Erasing up to here means erasing all, for which xterm does not go to the line below, and fail where there is none. */
function isAtLastCell({ cols, rows, buffer: { active } }: Guarded): boolean {
  return active.cursorX >= cols - 1 && active.cursorY === rows - 1;
}

/** A function that has the parser wait a moment when much was done without one; what it returns is a handler's answer. */
function createTurns(doLater: (callback: () => void) => unknown): () => boolean | Promise<boolean> {
  let startedAt: number | undefined;
  return () => {
    if (startedAt === undefined) {
      startedAt = performance.now();
      // Runs when the parser lets go.
      queueMicrotask(() => (startedAt = undefined));
    }
    if (performance.now() - startedAt < SLICE_MS) return false;
    return new Promise((resolve) => doLater(() => resolve(false)));
  };
}

/** xterm resizes an alternate screen only while it is shown, and later keeps more lines of it than there are. */
function fitAlternate({ rows }: Guarded, { buffers: { alt } }: Core): void {
  if (alt.lines.length > 0) return;
  alt.lines.maxLength = rows;
  alt.scrollTop = 0;
}

/** A link that is never closed goes on over all lines, and xterm goes through these for each character. */
function limitLinks({ _oscLinkService: links }: Core): void {
  const addLineToLink = links.addLineToLink.bind(links);
  links.addLineToLink = (id, line) => {
    const lines = links._dataByLinkId.get(id)?.lines ?? [];
    if (lines.length < MAX_LINK_LINES && lines.at(-1)?.line !== line) addLineToLink(id, line);
  };
}

/** An exception would stop the terminal for ever; the rest of a piece of output is the lesser loss. */
function outliveFaults({ _inputHandler: input }: Core): void {
  const parse = input.parse.bind(input);
  input.parse = (data, promiseResult) => {
    try {
      return parse(data, promiseResult);
    } catch (error) {
      // oxlint-disable-next-line eslint/no-console -- there is nobody else to tell
      console.warn('The terminal could not parse a piece of output', error);
      input._parser.reset();
      return undefined;
    }
  };
}
