import type { Completion } from './completions.ts';

/** A list over the message box. */
export type CompletionMenu = {
  readonly label: string;
  readonly completions: readonly Completion[];
  /** By the keyboard; -1: none. */
  readonly highlighted: number;
  /** What it offers is not known yet: keys wait for it. */
  readonly isPending?: boolean;
  readonly take: (completion: Completion) => void;
};

const LIST_ID = 'slash-completions';

/** What the message box tells assistive technology of the list above it. */
export function completionAria({ completions, highlighted, isPending = false }: CompletionMenu) {
  if (completions.length === 0) return isPending ? ({ 'aria-autocomplete': 'list' } as const) : {};
  return {
    'aria-autocomplete': 'list',
    'aria-controls': LIST_ID,
    ...(highlighted >= 0 && { 'aria-activedescendant': `${LIST_ID}-${highlighted}` }),
  } as const;
}

/** What the text may go on as. The keyboard stays in the message box. */
export function CompletionList({
  menu: { label, completions, highlighted, take },
}: {
  readonly menu: CompletionMenu;
}) {
  if (completions.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the keyboard stays in the message box, which no tag allows
    <div className="completions" role="listbox" id={LIST_ID} aria-label={label}>
      {completions.map((completion, index) => (
        <div
          key={completion.text}
          id={`${LIST_ID}-${index}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of the listbox above
          role="option"
          aria-selected={index === highlighted}
          // The first is what Tab takes.
          data-first={highlighted < 0 && index === 0}
          tabIndex={-1}
          onMouseDown={(event) => {
            event.preventDefault();
            take(completion);
          }}
        >
          <span className="mono text-small strong cut">{completion.label}</span>
          {completion.summary !== undefined && (
            <span className="muted text-small cut">{completion.summary}</span>
          )}
        </div>
      ))}
    </div>
  );
}
