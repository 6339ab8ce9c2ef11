import { TriangleAlert } from 'lucide-react';
import { showExactly } from '../../../../shared/visible-text.ts';
import { Icon } from '../../../ui/icon.tsx';

/** What runs, to the letter: what cannot be seen is drawn where it stands, and said. */
export function ExactText({ text }: { readonly text: string }) {
  const parts = showExactly(text);
  const hidden = parts.filter(({ isMark, text }) => isMark && text.startsWith('U+'));
  return (
    <>
      <pre className="approval-exact mono" dir="ltr">
        {parts.map(({ text, isMark }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the parts never change
          <span key={index} className={isMark ? 'exact-mark' : undefined}>
            {text}
          </span>
        ))}
      </pre>
      {hidden.length > 0 && (
        <p className="approval-warning" role="alert">
          <Icon of={TriangleAlert} />
          <span>
            <span className="strong">
              {hidden.length === 1 ? 'One character' : `${hidden.length} characters`} in this cannot be seen
            </span>{' '}
            or may mislead the eye: {[...new Set(hidden.map(({ text }) => text))].join(', ')}. The shell reads
            something else than you do.
          </span>
        </p>
      )}
    </>
  );
}
