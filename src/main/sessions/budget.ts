import type { Budget, Spending } from '../../shared/agent.ts';

/** Which limit is reached, in words for a person; undefined while there is room. */
export function reachedLimit(budget: Budget, spending: Spending): string | undefined {
  const { dollars, tokens, turns } = budget;
  if (dollars !== undefined && spending.dollars >= dollars) {
    return `This tab has spent $${spending.dollars.toFixed(2)} of its $${dollars.toFixed(2)}.`;
  }
  if (tokens !== undefined && spending.tokens >= tokens) {
    return `This tab has used ${count(spending.tokens)} of its ${count(tokens)} tokens.`;
  }
  if (turns !== undefined && spending.turns >= turns) {
    return `This tab has taken ${count(spending.turns)} of its ${count(turns)} turns.`;
  }
  return undefined;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
