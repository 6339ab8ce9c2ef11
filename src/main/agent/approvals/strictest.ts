import type { PartVerdict } from './types.ts';

const STRICTNESS = { allow: 0, ask: 1, deny: 2 } as const;

/** The verdict that counts: the first of the strictest. `text` names the whole that it was decided for. */
export function strictest(parts: readonly PartVerdict[], text = ''): PartVerdict {
  const [first = { decision: 'ask', text, reason: 'It holds no command.' } as const, ...rest] = parts;
  return rest.reduce(
    (worst, part) => (STRICTNESS[part.decision] > STRICTNESS[worst.decision] ? part : worst),
    first,
  );
}
