import type { CommandBlock } from '../../../../shared/command-block.ts';
import { copyText } from '../../../ui/copy.ts';
import type { LiveTerminal } from '../live-terminal.ts';
import { extentsOf, outputOf, type Extent } from './layout.ts';

/** A command and what came of it, to ask the agent about. */
export type AskedCommand = Pick<CommandBlock, 'commandLine' | 'exitCode' | 'cwd'> & {
  readonly output: string;
};

export type BlockActions = {
  readonly copyCommand: (block: CommandBlock) => void;
  readonly copyOutput: (block: CommandBlock) => void;
  readonly selectOutput: (block: CommandBlock) => void;
  readonly toggleFold: (block: CommandBlock) => void;
  readonly runAgain: (block: CommandBlock) => void;
  readonly ask: ((block: CommandBlock) => void) | undefined;
  /** Scrolls its prompt to the top of the window. */
  readonly show: (block: CommandBlock) => void;
};

/** Takes back what is typed at the prompt, so that a command stands there alone. */
const ERASE_LINE = '\u0015';

export function createBlockActions(
  { terminal, folds }: Pick<LiveTerminal, 'terminal' | 'folds'>,
  onAsk: ((asked: AskedCommand) => void) | undefined,
): BlockActions {
  function extentOf(block: CommandBlock): Extent | undefined {
    return extentsOf([block], terminal.buffer.normal)[0];
  }

  function textOf(block: CommandBlock): string {
    return folds.whileUnfolded(() => {
      const extent = extentOf(block);
      return extent ? outputOf(terminal.buffer.normal, extent) : '';
    });
  }

  function selectOutput(block: CommandBlock): void {
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

  function ask(block: CommandBlock): void {
    const { commandLine, exitCode, cwd } = block;
    onAsk?.({ commandLine, cwd, output: textOf(block), ...(exitCode !== undefined && { exitCode }) });
  }

  return {
    copyCommand: ({ commandLine }) => void copyText(commandLine),
    copyOutput: (block) => void copyText(textOf(block)),
    selectOutput,
    toggleFold: (block) => folds.toggle(block),
    runAgain,
    ask: onAsk && ask,
    show: (block) => {
      const extent = extentOf(block);
      if (extent) terminal.scrollToLine(Math.max(0, extent.first));
    },
  };
}
