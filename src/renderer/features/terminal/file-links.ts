import type { ILink, IViewportRange, Terminal } from '@xterm/xterm';
import { isKept, isRunning, type BlockTracker } from '../../../shared/command-block.ts';
import { lineEndingOn } from '../../../shared/search.ts';
import { isMac } from '../../ui/keys.ts';
import { cellsOf } from './cells.ts';
import { fileNamesIn, type FileName } from './file-names.ts';
import { placeInWords, type FilePlace, type LinkEffects } from './links.ts';

type FileEffects = Pick<LinkEffects, 'onHover' | 'openFile'>;

/** Makes names of files links where the files are there, until it is disposed. */
export function linkFiles(
  terminal: Terminal,
  {
    tracker,
    locate,
    ...effects
  }: FileEffects & {
    readonly tracker: BlockTracker;
    /** Absolute paths of those that are there, in the same order. An empty folder is the shell's. */
    readonly locate: (folder: string, names: string[]) => Promise<readonly (string | null)[]>;
  },
): Disposable {
  async function linksOn(row: number): Promise<ILink[]> {
    const buffer = terminal.buffer.active;
    let last = row;
    while (buffer.getLine(last + 1)?.isWrapped) last += 1;
    const { text, firstRow } = lineEndingOn(buffer, last);
    const names = fileNamesIn(text);
    if (names.length === 0) return [];
    const paths = await locate(
      folderOf(tracker, firstRow),
      names.map(({ name }) => name),
    );
    return names.flatMap((name, index) => {
      const path = paths[index];
      const range = rangeOf(terminal, firstRow, name);
      const isOnRow = range.start.y <= row + 1 && range.end.y >= row + 1;
      return path && isOnRow ? linkTo(placeOf(path, name), { text: name.name, range }, effects) : [];
    });
  }

  async function provide(row: number, callback: (links: ILink[]) => void): Promise<void> {
    // None where the connection is lost.
    callback(await linksOn(row).catch(() => []));
  }

  const provider = terminal.registerLinkProvider({
    provideLinks: (line, callback) => void provide(line - 1, callback),
  });
  return { [Symbol.dispose]: () => provider.dispose() };
}

function linkTo(
  place: FilePlace,
  shown: Pick<ILink, 'text' | 'range'>,
  { onHover, openFile }: FileEffects,
): ILink {
  return {
    ...shown,
    activate: (event) => {
      if (isMac ? event.metaKey : event.ctrlKey) openFile(place);
    },
    hover: ({ clientX: x, clientY: y }) => onHover({ target: placeInWords(place), file: place, x, y }),
    leave: () => onHover(undefined),
  };
}

function placeOf(path: string, { line, column }: FileName): FilePlace {
  return { path, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

/** That the command ran in which printed the row; empty where that is not known. */
function folderOf({ blocks, folder }: BlockTracker, row: number): string {
  const block = blocks.findLast(({ commandRow, outputRow }) => {
    const first = isKept(commandRow) ? commandRow : outputRow;
    return isKept(first) && first.line <= row;
  });
  const isIts = block && (isRunning(block) || (isKept(block.endRow) && row <= block.endRow.line));
  return isIts ? block.cwd : folder;
}

/** xterm counts cells from 1, and both ends belong to the range. */
function rangeOf({ buffer, cols }: Terminal, firstRow: number, name: FileName): IViewportRange {
  const { row, column, cells } = cellsOf(buffer.active, firstRow, name);
  const last = column + cells - 1;
  return {
    start: { x: column + 1, y: row + 1 },
    end: { x: (last % cols) + 1, y: row + 1 + Math.floor(last / cols) },
  };
}
