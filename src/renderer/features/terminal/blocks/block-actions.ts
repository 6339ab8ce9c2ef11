import { type CommandBlock, isKept } from '../../../../shared/command-block.ts';
import type { PaneId } from '../../../../shared/ids.ts';
import { copyText } from '../../../ui/copy.ts';
import type { LiveTerminal } from '../live-terminal.ts';
import { extentsOf, outputOf, type Extent } from './layout.ts';

/** A command that the agent is to be asked about, or to mend. */
export type AskedCommand = {
  readonly paneId: PaneId;
  readonly blockId: number;
  readonly wish: 'ask' | 'fix';
};

export type BlockActions = {
  readonly copyCommand: (block: CommandBlock) => void;
  readonly copyOutput: (block: CommandBlock) => void;
  readonly selectOutput: (block: CommandBlock) => void;
  readonly toggleFold: (block: CommandBlock) => void;
  readonly runAgain: (block: CommandBlock) => void;
  readonly ask: ((block: CommandBlock) => void) | undefined;
  readonly fix: ((block: CommandBlock) => void) | undefined;
  /** Scrolls its prompt to the top of the window. */
  readonly show: (block: CommandBlock) => void;
};

/** Takes back what is typed at the prompt, so that a command stands there alone. */
const ERASE_LINE = '\u0015';

export function createBlockActions(
  { terminal, folds, blocks, showOlder }: Pick<LiveTerminal, 'terminal' | 'folds' | 'blocks' | 'showOlder'>,
  onAsk: ((asked: Omit<AskedCommand, 'paneId'>) => void) | undefined,
): BlockActions {
  function extentOf(block: CommandBlock): Extent | undefined {
    return extentsOf([block], terminal.buffer.normal)[0];
  }

  /** With the lines that were left out: only a block without its command line can begin among them. */
  async function whole(block: CommandBlock): Promise<CommandBlock> {
    if (isKept(block.commandRow)) return block;
    await showOlder();
    return blocks.tracker.blocks.find(({ id }) => id === block.id) ?? block;
  }

  async function textOf(found: CommandBlock): Promise<string> {
    const block = await whole(found);
    return folds.whileUnfolded(() => {
      const extent = extentOf(block);
      return extent ? outputOf(terminal.buffer.normal, extent) : '';
    });
  }

  async function selectOutput(found: CommandBlock): Promise<void> {
    const block = await whole(found);
    if (folds.isFolded(block)) folds.toggle(block);
    const extent = extentOf(block);
    if (extent && extent.last >= extent.output) terminal.selectLines(extent.output, extent.last);
    terminal.focus();
  }

  function runAgain({ commandLine }: CommandBlock): void {
    terminal.input(ERASE_LINE);
    terminal.paste(commandLine);
    terminal.input('\r');
    terminal.focus();
  }

  function asking(wish: AskedCommand['wish']) {
    return onAsk && (({ id }: CommandBlock) => onAsk({ blockId: id, wish }));
  }

  return {
    copyCommand: ({ commandLine }) => void copyText(commandLine),
    copyOutput: (block) => void textOf(block).then(copyText),
    selectOutput: (block) => void selectOutput(block),
    toggleFold: (block) => folds.toggle(block),
    runAgain,
    ask: asking('ask'),
    fix: asking('fix'),
    show: (block) => {
      const extent = extentOf(block);
      if (extent) terminal.scrollToLine(Math.max(0, extent.first));
    },
  };
}
