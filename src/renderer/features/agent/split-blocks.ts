import { parseMarkdownIntoBlocks } from 'streamdown';

/** Markdown cut into its blocks, in order. */
export type SplitText = { readonly text: string; readonly blocks: readonly string[] };

/** Text that comes may still change the last block, and whether the one before it belongs to that. */
const OPEN_BLOCKS = 2;

/**
 * Cuts text that grows. Blocks that nothing can change any more are taken over, so that the cost of a flush
 * is that of its tail, whatever the length of the answer.
 */
export function splitGrowing(previous: SplitText | undefined, text: string): SplitText {
  const settled = previous && text.startsWith(previous.text) ? settledBlocks(previous.blocks) : [];
  const settledLength = settled.reduce((length, block) => length + block.length, 0);
  return { text, blocks: [...settled, ...parseMarkdownIntoBlocks(text.slice(settledLength))] };
}

/** Only an empty line ends a block for good: without one the next line may still belong to it. */
function settledBlocks(blocks: readonly string[]): readonly string[] {
  const last = blocks.slice(0, -OPEN_BLOCKS).findLastIndex((block) => block.endsWith('\n\n'));
  return blocks.slice(0, last + 1);
}
