import { showExactly } from '../../shared/visible-text.ts';

/** A text with marks for all in it that cannot be seen or misleads, in the order in which it would be read by a machine. */
export function ExactText({ text }: { readonly text: string }) {
  return (
    <span className="exact-text" dir="ltr">
      {showExactly(text).map(({ text, isMark }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts change all at once
        <span key={index} className={isMark ? 'exact-mark' : undefined}>
          {text}
        </span>
      ))}
    </span>
  );
}
