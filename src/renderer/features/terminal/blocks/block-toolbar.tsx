import { Copy, MessageSquare, RotateCw, Wrench } from 'lucide-react';
import type { CommandBlock } from '../../../../shared/command-block.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { BlockActions } from './block-actions.ts';
import { stateOf } from './words.ts';

/** What is done most with the current block; all else is in its menu. */
export function BlockToolbar({
  block,
  actions: { ask, fix, copyOutput, runAgain },
  canRun,
  top,
  isBelow,
  onLeave,
}: {
  readonly block: CommandBlock;
  readonly actions: BlockActions;
  readonly canRun: boolean;
  /** Of the row below the block, in CSS pixels. */
  readonly top: number;
  /** The block is too low to hold it. */
  readonly isBelow: boolean;
  readonly onLeave: () => void;
}) {
  function then(act: (block: CommandBlock) => void): () => void {
    return () => {
      onLeave();
      act(block);
    };
  }

  return (
    <div
      className="block-toolbar"
      role="toolbar"
      aria-label="Command block"
      data-below={isBelow}
      style={{ top }}
    >
      {fix && stateOf(block) === 'failed' && (
        <Button variant="quiet" onClick={then(fix)}>
          <Icon of={Wrench} isSmall /> Fix this
        </Button>
      )}
      {ask && (
        <Button variant="quiet" onClick={then(ask)}>
          <Icon of={MessageSquare} isSmall /> Ask about this
        </Button>
      )}
      <Button variant="quiet" onClick={then(copyOutput)}>
        <Icon of={Copy} isSmall /> Copy output
      </Button>
      <Button variant="quiet" disabled={!canRun || block.commandLine === ''} onClick={then(runAgain)}>
        <Icon of={RotateCw} isSmall /> Run again
      </Button>
    </div>
  );
}
