import {
  type BlockTracker,
  type CommandBlock,
  escapeValue,
  isKept,
  isRunning,
  markSequence,
  type ReadableBuffer,
  type Row,
} from '../../shared/command-block.ts';

export type MarkedDrawingOptions = {
  readonly tracker: BlockTracker;
  /** That the drawing shows. */
  readonly buffer: ReadableBuffer;
  /** Of `buffer`, that the drawing begins with. */
  readonly firstRow?: number;
  readonly token: string;
};

type PlacedMark = { readonly row: number; readonly text: string };

/** Where a drawing of both screens goes over to the second. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
const TO_ALTERNATE = /\x1b\[\?104[79]h/;

/**
 * Puts the marks of the blocks into a drawing of the screen (lines of the normal screen, each unwrapped one begun by CR LF),
 * so that a terminal that shows it knows the blocks, whatever its size.
 */
export function withMarks(drawing: string, options: MarkedDrawingOptions): string {
  const { buffer, firstRow = 0 } = options;
  const marks = marksOf(options);
  if (marks.length === 0) return drawing;
  const end = TO_ALTERNATE.exec(drawing)?.index ?? drawing.length;
  const lines = drawing.slice(0, end).split('\r\n');
  const marked = lines.map(() => '');
  let behind = '';
  let line = 0;
  let row = firstRow;
  for (const mark of marks) {
    for (; row < mark.row; row += 1) if (buffer.getLine(row + 1)?.isWrapped !== true) line += 1;
    if (line < lines.length) marked[line] += mark.text;
    else behind += mark.text;
  }
  return lines.map((text, index) => marked[index] + text).join('\r\n') + behind + drawing.slice(end);
}

/** In the order of rows, which is that of time. */
function marksOf({ tracker, firstRow = 0, token }: MarkedDrawingOptions): PlacedMark[] {
  const marks: PlacedMark[] = [];
  let last = firstRow;
  const put = (row: Row | number | undefined, kind: string, value = '', time: number | string = '') => {
    const line = typeof row === 'number' ? row : row?.line;
    last = Math.max(last, line ?? 0);
    marks.push({ row: last, text: markSequence(kind, value, time, token) });
  };
  const isDrawn = (row: Row | undefined): row is Row => isKept(row) && row.line >= firstRow;

  for (const block of tracker.blocks) {
    const { commandRow, outputRow, endRow, endedAt, exitCode = '', endColumn } = block;
    if (!isRunning(block) && ![commandRow, outputRow, endRow].some(isDrawn)) continue;
    if (isDrawn(commandRow)) putPrompt(put, commandRow, block.promptRows);
    // Output that begins above the drawing begins with it.
    const start = [outputRow, commandRow].find(isDrawn) ?? firstRow;
    putCommand(put, block, start);
    if (endedAt === undefined) continue;
    const isEndDrawn = isDrawn(endRow);
    put(isEndDrawn ? endRow : start, 'd', `${exitCode},${isEndDrawn ? endColumn : 0}`, endedAt);
  }
  if (tracker.folder !== '') put(undefined, 'p', `Cwd=${escapeValue(tracker.folder)}`);
  const { input } = tracker;
  if (input && isDrawn(input.row)) putPrompt(put, input.row, input.promptRows, input.column);
  return marks;
}

type Put = (row: Row | number | undefined, kind: string, value?: string, time?: number | string) => void;

function putPrompt(put: Put, { line }: Row, promptRows: number, column: number | '' = ''): void {
  put(line - promptRows, 'a');
  put(line, 'b', String(column));
}

function putCommand(put: Put, { cwd, commandLine, startedAt }: CommandBlock, row: Row | number): void {
  put(row, 'p', `Cwd=${escapeValue(cwd)}`);
  put(row, 'e', escapeValue(commandLine));
  put(row, 'c', '', startedAt);
}

/** What stands for the token in a drawing that is kept: the next run has another. */
const KEPT_TOKEN = 'kept';

/** A drawing for the archive. The command that runs is one that was cut off. */
export function keptDrawing(drawing: string, options: Omit<MarkedDrawingOptions, 'token'>): string {
  const running = options.tracker.blocks.at(-1);
  const isCutOff = running !== undefined && isRunning(running);
  const marked = withMarks(drawing, { ...options, token: KEPT_TOKEN });
  return isCutOff ? marked + markSequence('d', '', Date.now(), KEPT_TOKEN) : marked;
}

/** A drawing from the archive, with the marks of this terminal. */
export function restoredDrawing(drawing: string, token: string): string {
  return drawing.replaceAll(`;${KEPT_TOKEN}\x07`, `;${token}\x07`);
}
