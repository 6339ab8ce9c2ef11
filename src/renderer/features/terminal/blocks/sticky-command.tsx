import type { CommandBlock } from '../../../../shared/command-block.ts';
import { OutcomeMark } from './block-mark.tsx';
import { BlockMeta } from './block-meta.tsx';
import type { BlockView } from './use-block-view.ts';
import { outcomeInWords, stateOf, titleOf } from './words.ts';

/** The command whose output is scrolled through, over the first row. */
export function StickyCommand({
  block,
  view: { rowHeight, columns, columnWidth },
  onShow,
}: {
  readonly block: CommandBlock;
  readonly view: BlockView;
  readonly onShow: (block: CommandBlock) => void;
}) {
  const title = titleOf(block);
  return (
    <div className="block-sticky" style={{ height: rowHeight }}>
      <OutcomeMark state={stateOf(block)} />
      <button
        type="button"
        className="block-sticky-line"
        aria-label={`Go to command: ${title}, ${outcomeInWords(block)}`}
        onClick={() => onShow(block)}
      >
        {title}
      </button>
      <BlockMeta block={block} columnsLeft={columns} columnWidth={columnWidth} />
    </div>
  );
}
