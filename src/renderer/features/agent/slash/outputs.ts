import type { Budget, Spending } from '../../../../shared/agent.ts';
import type { Output } from '../../../../shared/contract.ts';
import type { Session } from '../../../../shared/session.ts';
import { sourceInWords } from '../../../store/selectors.ts';
import type { State } from '../../../store/state.ts';
import { formatCount, formatDollars } from '../../../ui/format-amounts.ts';

/** More than one reads; the picker has them all. */
const MAX_MODELS = 60;

/** Every model with the one in use marked, and where that choice comes from. Markdown. */
export function describeModels({ models, settings }: State, session: Session): string {
  const { ai } = session;
  const current = ai.next?.model ?? ai.model;
  const aliases = settings?.aliases ?? [];
  const shown = models.models.slice(0, MAX_MODELS);
  const isShown = shown.some(({ reference }) => reference === current);
  const rows = shown.map(({ reference, unavailable }) => {
    const mark = reference === current ? ' ← **in use**' : '';
    return `- \`${reference}\`${mark}${unavailable === undefined ? '' : ` (${unavailable})`}`;
  });
  const more = models.models.length - shown.length;
  return [
    `In use: \`${current}\`, ${sourceInWords(session)}.`,
    [
      ...aliases.map(({ name, reference }) => `- \`${name}\` stands for \`${reference}\``),
      ...(isShown ? [] : [`- \`${current}\` ← **in use**`]),
      ...rows,
    ].join('\n'),
    more > 0 && `And ${formatCount(more)} more, which the model picker has.`,
    models.hiddenBySettings > 0 && `${models.hiddenBySettings} hidden by settings.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Every mode with the one in use marked. Markdown. */
export function describeModes({ settings }: State, { ai }: Session): string {
  const current = ai.next?.mode ?? ai.mode;
  return (settings?.modes ?? [])
    .map(({ name, description }) => `- \`${name}\`${name === current ? ' ← **in use**' : ''}: ${description}`)
    .join('\n');
}

/** What the agent is told before the first word of a conversation. Markdown. */
export function describeContext({ text, taken, skipped }: Output<'context.describe'>): string {
  const files = [
    ...taken.map(({ path, isCut }) => `- \`${path}\`${isCut ? ' (its beginning)' : ''}`),
    ...skipped.map(({ path, reason }) => `- Left out: \`${path}\`, ${reason}`),
  ];
  const fence = '~'.repeat(Math.max(3, ...Array.from(text.matchAll(/~+/g), ([run]) => run.length + 1)));
  return [
    files.length === 0
      ? 'There is no AGENTS.md or CLAUDE.md here.'
      : `Instruction files, the nearest last:\n\n${files.join('\n')}`,
    `Word for word, before the conversation:\n\n${fence}text\n${text}\n${fence}`,
  ].join('\n\n');
}

/** What a tab has used, of what it may use. Markdown. */
export function describeUsage({ spending, budget, context, facts }: Session): string {
  const estimate = context.isEstimate ? 'about ' : '';
  const window = facts?.contextWindow ? ` of ${formatCount(facts.contextWindow)}` : '';
  return [
    `- Cost: ${spent(spending, budget)}`,
    `- Tokens: ${formatCount(spending.tokens)}${limit(budget.tokens, formatCount)}`,
    `- Turns: ${formatCount(spending.turns)}${limit(budget.turns, formatCount)}`,
    `- Context: ${estimate}${formatCount(context.tokens)}${window} tokens`,
  ].join('\n');
}

function spent({ dollars, isCostPartial }: Spending, budget: Budget): string {
  const lacking = isCostPartial ? ', without answers whose price is not known' : '';
  return `${formatDollars(dollars)}${limit(budget.dollars, formatDollars)}${lacking}`;
}

function limit(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '' : ` of ${format(value)}`;
}
