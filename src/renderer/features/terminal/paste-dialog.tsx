import type { PasteReason } from '../../../shared/app.ts';
import { visibleParts } from '../../../shared/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { PasteQuestion } from './paste-input.ts';

const REASONS: Record<PasteReason, string> = {
  lines: 'Each line runs as soon as it is typed.',
  sudo: 'A line begins with sudo.',
};

/** Shows exactly what a paste would type, and types it only when told to. */
export function PasteDialog({
  question: { text, reasons, accept },
  onClose,
}: {
  readonly question: PasteQuestion;
  readonly onClose: () => void;
}) {
  function paste(): void {
    onClose();
    accept();
  }

  return (
    <Dialog title="Paste into the terminal?" className="dialog-narrow paste-dialog" onClose={onClose}>
      <p className="dialog-title" aria-hidden="true">
        Paste into the terminal?
      </p>
      <p className="muted">{reasons.map((reason) => REASONS[reason]).join(' ')}</p>
      <VisibleText text={text} />
      <footer className="dialog-foot">
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <span className="spacer" />
        <Button variant="primary" onClick={paste}>
          Paste
        </Button>
      </footer>
    </Dialog>
  );
}

/** First in focus: an Enter typed after the paste by habit does nothing. */
function VisibleText({ text }: { readonly text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and only what has the focus scrolls by keys
    <pre className="paste-text mono" tabIndex={0} aria-label="What is typed" dir="ltr">
      {visibleParts(text).map(({ text, isMark }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts never change
        <span key={index} className={isMark ? 'paste-mark' : undefined}>
          {text}
        </span>
      ))}
    </pre>
  );
}
