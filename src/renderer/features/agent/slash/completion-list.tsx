import type { Slash } from './use-slash.ts';

const LIST_ID = 'slash-completions';

/** What the message box tells assistive technology of the list above it. */
export function completionAria({ completions, highlighted }: Slash) {
  if (completions.length === 0) return {};
  return {
    'aria-autocomplete': 'list',
    'aria-controls': LIST_ID,
    ...(highlighted >= 0 && { 'aria-activedescendant': `${LIST_ID}-${highlighted}` }),
  } as const;
}

/** What a command may go on as. The keyboard stays in the message box. */
export function CompletionList({ slash: { completions, highlighted, take } }: { readonly slash: Slash }) {
  if (completions.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the keyboard stays in the message box, which no tag allows
    <div className="completions" role="listbox" id={LIST_ID} aria-label="Commands">
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
          <span className="mono text-small strong">{completion.label}</span>
          {completion.summary !== undefined && (
            <span className="muted text-small cut">{completion.summary}</span>
          )}
        </div>
      ))}
    </div>
  );
}
