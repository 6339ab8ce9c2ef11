import { Check, Eye, KeyRound, Lightbulb, Star, Wrench, type LucideIcon } from 'lucide-react';
import { memo } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Choice } from './match-models.ts';
import { windowInWords } from '../../ui/format-amounts.ts';
import { nameBeside, optionInWords, pricesInWords } from './model-words.ts';

type ModelOptionProps = {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly isCurrent: boolean;
  readonly isFavourite: boolean;
  /** May be seen; a row that is only in the page to be found shows no more than its name. */
  readonly isNear: boolean;
  /** From 0, among all options, of which only those near the visible ones are in the page. */
  readonly index: number;
  readonly count: number;
};

/** A row of the list. Its label says all that the columns show; `data-index` and `data-star` are what a click is told by. */
export const ModelOption = memo(function ModelOption(props: ModelOptionProps) {
  const { id, choice, isActive, isCurrent, isFavourite, isNear, index, count } = props;
  return (
    <div
      id={id}
      className="chooser-option model-option"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the tag could hold no columns
      role="option"
      aria-label={isNear ? optionInWords(choice, { isFavourite, isCurrent }) : choice.reference}
      aria-selected={isActive}
      aria-disabled={choice.entry?.unavailable !== undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-index={index}
    >
      {isNear ? (
        <Cells choice={choice} isCurrent={isCurrent} isFavourite={isFavourite} />
      ) : (
        <span className="model-title mono">{choice.reference}</span>
      )}
    </div>
  );
});

function Cells({
  choice,
  isCurrent,
  isFavourite,
}: Pick<ModelOptionProps, 'choice' | 'isCurrent' | 'isFavourite'>) {
  const unavailable = choice.entry?.unavailable;
  return (
    <>
      <span
        className="model-star"
        data-star={isFavourite}
        title={isFavourite ? 'Remove from favourites' : 'Add to favourites'}
      >
        <Icon of={Star} isSmall />
      </span>
      <Title choice={choice} />
      {unavailable === undefined ? (
        <Columns choice={choice} />
      ) : (
        <span className="model-reason cut">{unavailable}</span>
      )}
      <span className="model-tick accent">{isCurrent && <Icon of={Check} />}</span>
    </>
  );
}

function Title({ choice }: { readonly choice: Choice }) {
  const { reference, entry, aliases, isTyped } = choice;
  return (
    <span className="model-title">
      {isTyped && 'Use'}
      <span className="mono cut">
        <ModelName reference={reference} />
      </span>
      {isTyped && '(unknown model)'}
      {aliases.map((alias) => (
        <Tag key={alias}>{alias}</Tag>
      ))}
      {!isTyped && !entry?.facts && entry?.unavailable === undefined && <Tag>unknown</Tag>}
      <span className="model-maker cut">{nameBeside(choice)}</span>
      {entry?.usesKey && (
        <span className="model-key" title="Your key">
          <Icon of={KeyRound} isSmall />
        </span>
      )}
    </span>
  );
}

function Columns({ choice: { entry } }: { readonly choice: Choice }) {
  const { abilities, contextWindow, prices } = entry?.facts ?? {};
  return (
    <>
      <Ability has={abilities?.images} icon={Eye} />
      <Ability has={abilities?.tools} icon={Wrench} />
      <Ability has={abilities?.reasoning} icon={Lightbulb} />
      <span className="model-number model-window">{contextWindow && windowInWords(contextWindow)}</span>
      <span className="model-number model-prices">
        {entry?.isLocal ? 'on this machine' : prices && pricesInWords(prices)}
      </span>
    </>
  );
}

/** Nothing where it is not known, a dash where it is known to be missing. */
function Ability({ has, icon }: { readonly has: boolean | undefined; readonly icon: LucideIcon }) {
  return <span className="model-able">{has === undefined ? null : has ? <Icon of={icon} /> : '–'}</span>;
}
