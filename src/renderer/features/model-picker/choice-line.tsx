import { Star } from 'lucide-react';
import type { Preflight } from '../../../shared/models.ts';
import type { Outcome } from '../../store/actions.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { Choice } from './match-models.ts';
import { preflightInWords } from './model-words.ts';

/** What the highlighted model is called and what switching to it now would cost. As high empty as full. */
export function ChoiceLine({
  choice,
  hasHistory,
  outcome,
  isFavourite,
  onStar,
}: {
  readonly choice: Choice | undefined;
  /** So that a line is kept free for what it costs to read it. */
  readonly hasHistory: boolean;
  readonly outcome: Outcome<Preflight> | undefined;
  readonly isFavourite: boolean;
  readonly onStar: () => void;
}) {
  return (
    <div className="models-line">
      <div className="spacer">
        <p className="cut">{choice && describe(choice)}</p>
        <output className={classNames('cut', hasHistory && 'models-cost')}>
          {outcome && costOf(outcome)}
        </output>
      </div>
      <Button
        variant="quiet"
        className={isFavourite ? 'models-star-on' : undefined}
        disabled={!choice}
        aria-pressed={isFavourite}
        onClick={onStar}
      >
        <Icon of={Star} isSmall /> Favourite <Kbd keys="Mod+D" />
      </Button>
    </div>
  );
}

function describe({ entry }: Choice): string {
  if (!entry) return 'Its provider does not list it, and nothing is known of it.';
  const { facts, isLocal, usesKey, unavailable } = entry;
  const words = [
    facts ? facts.name : 'Nothing is known of it',
    isLocal && 'on this machine',
    usesKey && 'your key',
    unavailable,
  ];
  return words.filter(Boolean).join(' · ');
}

function costOf(outcome: Outcome<Preflight>): string {
  return outcome.ok ? preflightInWords(outcome.value).join(' · ') : outcome.error.message;
}
