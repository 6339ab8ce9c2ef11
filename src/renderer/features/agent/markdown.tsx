import remend from 'remend';
import { Block, defaultRemarkPlugins, type BlockProps } from 'streamdown';
import { memo, useMemo, useState } from 'react';
import { CodeBox } from './code-box.tsx';
import { Link } from './link.tsx';
import { splitGrowing, type SplitText } from './split-blocks.ts';

/** Raw HTML stays text, because nothing here parses it, and no address is loaded. */
const blockProps = {
  remarkPlugins: Object.values(defaultRemarkPlugins),
  rehypePlugins: [],
  shouldParseIncompleteMarkdown: false,
  shouldNormalizeHtmlIndentation: false,
  components: {
    pre: CodeBox,
    a: ({ href, children }) => <Link url={href}>{children}</Link>,
    img: ({ src, alt }) => <Link url={typeof src === 'string' ? src : ''}>{imageInWords(src, alt)}</Link>,
    table: ({ children }) => (
      <div className="table-scroll">
        <table>{children}</table>
      </div>
    ),
  },
} as const satisfies Partial<BlockProps>;

/** Blocks that Chromium leaves out together when they are out of sight: it draws the window once more for each that goes. */
const GROUP_BLOCKS = 8;

/** An answer's text. While it streams, blocks that are settled are neither parsed nor drawn again. */
export const Markdown = memo(function Markdown({
  text,
  isStreaming,
}: {
  readonly text: string;
  readonly isStreaming: boolean;
}) {
  const blocks = useBlocks(text, isStreaming);
  return (
    <div className={isStreaming ? 'prose prose-streaming' : 'prose'}>
      {groupsOf(blocks).map((group, index, { length }) => (
        // A block stays at its place for good.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} blocks={group} hasTail={isStreaming && index === length - 1} />
      ))}
    </div>
  );
});

function groupsOf(blocks: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(blocks.length / GROUP_BLOCKS);
  return Array.from({ length: count }, (_, index) =>
    blocks.slice(index * GROUP_BLOCKS, (index + 1) * GROUP_BLOCKS),
  );
}

type GroupProps = {
  readonly blocks: readonly string[];
  /** Its last block still grows. */
  readonly hasTail: boolean;
};

const Group = memo(function Group({ blocks, hasTail }: GroupProps) {
  return (
    <div className="prose-group">
      {blocks.map((block, index) => {
        const isTail = hasTail && index === blocks.length - 1;
        return (
          <Block
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            index={index}
            content={isTail ? remend(block) : block}
            isIncomplete={isTail}
            {...blockProps}
          />
        );
      })}
    </div>
  );
}, isSameGroup);

function isSameGroup(before: GroupProps, after: GroupProps): boolean {
  return (
    before.hasTail === after.hasTail &&
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => block === after.blocks[index])
  );
}

/** A whole text is cut at once: only then do footnotes find their notes. */
function useBlocks(text: string, isStreaming: boolean): readonly string[] {
  const [growing] = useState(createGrowingSplit);
  return useMemo(
    () => (isStreaming ? growing(text) : splitGrowing(undefined, text).blocks),
    [growing, text, isStreaming],
  );
}

function createGrowingSplit(): (text: string) => readonly string[] {
  let split: SplitText | undefined;
  return (text) => {
    split = splitGrowing(split, text.replaceAll(/\r\n?/g, '\n'));
    return split.blocks;
  };
}

function imageInWords(src: unknown, alt: string | undefined): string {
  const host = typeof src === 'string' && URL.canParse(src) ? new URL(src).host : '';
  return ['Image', alt, host && `on ${host}`].filter(Boolean).join(' ');
}
