import { parseMarkdownIntoBlocks } from 'streamdown';
import { describe, expect, it } from 'vitest';
import { splitGrowing, type SplitText } from './split-blocks.ts';

const ANSWER = `# Why it fails

The check compares **whole seconds**,
so a token is still good.

- one
- two

  with a paragraph

1. first
2. second

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const now = clock.seconds();

if (now) return;
\`\`\`

> quoted

> again

Setext
======

<b>raw</b>

日本語の段落です。 👩‍👩‍👧‍👦

The end.
`;

/** The text as it grows by `step` characters at a time. */
function grow(text: string, step: number): SplitText[] {
  const splits: SplitText[] = [];
  for (let end = step; end < text.length + step; end += step) {
    splits.push(splitGrowing(splits.at(-1), text.slice(0, end)));
  }
  return splits;
}

describe('splitGrowing', () => {
  it.each([1, 3, 7, 50, 10_000])('cuts like a whole parse at each step of %i characters', (step) => {
    for (const { text, blocks } of grow(ANSWER, step)) {
      expect(blocks).toEqual(parseMarkdownIntoBlocks(text));
    }
  });

  it('keeps settled blocks as they are, so that only the tail is drawn again', () => {
    const splits = grow(ANSWER.repeat(4), 40);
    const redrawn = splits.slice(1).map((split, at) => {
      const before = splits[at]?.blocks ?? [];
      return before.filter((block, index) => block !== split.blocks[index]).length;
    });
    expect(Math.max(...redrawn)).toBeLessThanOrEqual(3);
  });

  it('starts anew where the text is another', () => {
    const first = splitGrowing(undefined, 'one\n\ntwo\n\nthree\n\nfour');
    expect(splitGrowing(first, 'uno\n\ndos').blocks).toEqual(['uno\n\n', 'dos']);
  });
});
