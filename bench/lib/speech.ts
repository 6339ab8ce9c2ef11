/** What models write: each block of markdown that costs something to show. */
const SAMPLE = `## How the tabs share one window

A tab that nobody looks at keeps **its whole answer** and draws *nothing at all*, so that \`the others\` stay quick. What is shown
grows at its end, and only there is it read again.

1. The first step reads what came since.
2. The second step cuts it into blocks:
   - those that are settled stay,
   - the last one grows.
3. The third step draws what has changed.

\`\`\`ts
export function afterSend(flow: Flow, characters: number): Flow {
  const pending = flow.pending + characters;
  return { pending, isPaused: flow.isPaused || pending > limit };
}
\`\`\`

> What is settled is never drawn again.

| tab | model | tokens |
| --- | --- | --- |
| first | quick | many |
| second | slow | few |

A longer paragraph follows, as they do in answers: it goes on for a while, names a reason, then another, and comes to its end
only after it has said what there is to say about both of them and about what follows from that for those who read it.

`;

const TOKENS = SAMPLE.match(/\s*\S{1,6}|\s+/g) ?? [];

/** So many tokens of an answer, from the one with this number on. */
export function speech(from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => TOKENS[(from + index) % TOKENS.length]).join('');
}

/** About how many tokens this many characters of an answer are. */
export function tokensIn(characters: number): number {
  return Math.round((characters * TOKENS.length) / SAMPLE.length);
}

/** The words of an answer, whether as it was written or as it is shown. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[a-z]+/gi) ?? [];
}
