import type { ModelFacts, Preflight, Prices } from '../../../shared/models.ts';
import { formatCount, formatDollars, windowInWords } from '../../ui/format-amounts.ts';
import type { Choice } from './match-models.ts';

const shares = new Intl.NumberFormat('en-US', { style: 'percent' });

export function shareInWords(share: number): string {
  return shares.format(share);
}

/** In and out, for a million tokens. */
export function pricesInWords({ input, output }: Prices): string {
  return input === 0 && output === 0 ? 'free' : `${formatDollars(input)} / ${formatDollars(output)}`;
}

/** The maker's own name, where the reference does not spell it already. */
export function nameBeside({ reference, entry }: Choice): string | undefined {
  const name = entry?.facts?.name;
  return name === undefined || letters(reference).includes(letters(name)) ? undefined : name;
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** All that a row shows, for those who hear it: the reference first. */
export function optionInWords(
  { reference, entry, aliases, isTyped }: Choice,
  { isFavourite, isCurrent }: { readonly isFavourite: boolean; readonly isCurrent: boolean },
): string {
  if (isTyped) return `Use ${reference} (unknown model)`;
  const { facts, isLocal, usesKey, unavailable } = entry ?? {};
  const words = [
    facts?.name,
    ...aliases.map((alias) => `alias ${alias}`),
    isCurrent && 'in use',
    isFavourite && 'favourite',
  ];
  if (unavailable !== undefined) return listed(reference, ...words, `unavailable: ${unavailable}`);
  return listed(
    reference,
    ...words,
    ...factsInWords(facts),
    isLocal && 'on this machine',
    usesKey && 'your key',
  );
}

function factsInWords(facts: ModelFacts | undefined): (string | false | undefined)[] {
  if (!facts) return ['nothing known of it'];
  const { abilities, contextWindow, prices } = facts;
  return [
    abilities.images && 'sees images',
    abilities.tools && 'uses tools',
    abilities.reasoning && 'reasons',
    contextWindow !== undefined && `${windowInWords(contextWindow)} tokens`,
    prices && `${pricesInWords(prices)} per million`,
  ];
}

function listed(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(', ');
}

const UNSUPPORTED = { images: 'no images', tools: 'no tools', window: 'does not fit' } as const;

/** What switching now would cost and lose, shortest first to last; nothing where there is no history to read. */
export function preflightInWords(preflight: Preflight): string[] {
  const { rereadTokens, rereadCost, windowShare, reasoningLeftOut, unsupported } = preflight;
  if (rereadTokens === 0) return [];
  return [
    `Reads ${formatCount(rereadTokens)} tokens again`,
    rereadCost !== undefined && formatDollars(rereadCost),
    windowShare !== undefined && `${shareInWords(windowShare)} of its window`,
    reasoningLeftOut > 0 && `${partsInWords(reasoningLeftOut)} left out`,
    ...unsupported.map(({ what }) => UNSUPPORTED[what]),
  ].filter((words) => words !== false);
}

export function partsInWords(count: number): string {
  return `${formatCount(count)} reasoning ${count === 1 ? 'part' : 'parts'}`;
}
