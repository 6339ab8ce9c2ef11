import { TriangleAlert } from 'lucide-react';
import { showExactly } from '../../../../shared/visible-text.ts';
import { ExactText } from '../../../ui/exact-text.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** What would run, to the letter: what cannot be seen is drawn where it stands, and said. */
export function ExactProposal({ text }: { readonly text: string }) {
  const hidden = showExactly(text).filter(({ isMark, text }) => isMark && text.startsWith('U+'));
  return (
    <>
      <pre className="approval-exact mono">
        <ExactText text={text} />
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
