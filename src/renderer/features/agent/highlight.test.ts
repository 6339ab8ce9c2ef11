import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

describe('highlight', () => {
  it('colours code by tokens of the page and keeps every character', async () => {
    const code = 'const answer = 42;\n\nreturn answer;';
    const tokens = await highlight(code, 'TS');
    expect(tokens?.map(({ content }) => content).join('')).toBe(`${code}\n`);
    expect(tokens?.find(({ content }) => content.trim() === 'const')?.color).toBe(
      'var(--code-token-keyword)',
    );
  });

  it('leaves code in an unknown language as it is', async () => {
    expect(await highlight('x', 'no-such-language')).toBeUndefined();
    expect(await highlight('x', 'constructor')).toBeUndefined();
  });
});
