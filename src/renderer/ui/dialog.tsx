import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

/**
 * A modal dialog, open while it is rendered; its top edge stays where it is while a list in it grows.
 * Focus goes back to where it was, then `onClosed` runs.
 */
export function Dialog({
  title,
  isTitleShown = false,
  tools,
  onClose,
  onClosed,
  className,
  children,
}: {
  readonly title: string;
  /** Shows a bar with the title and a close button; else the title names the dialog only. */
  readonly isTitleShown?: boolean;
  /** Stand in the title bar, beside the close button. */
  readonly tools?: ReactNode;
  readonly onClose: () => void;
  readonly onClosed?: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const [before] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-scrim" />
        <Radix.Content
          className={classNames('dialog', className)}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // A page to read is entered at its top, a search field in itself.
            if (!isTitleShown || !(event.currentTarget instanceof HTMLElement)) return;
            event.preventDefault();
            event.currentTarget.focus();
          }}
          onCloseAutoFocus={(event) => {
            // Radix would look for a trigger, and there is none.
            event.preventDefault();
            if (before instanceof HTMLElement) before.focus();
            onClosed?.();
          }}
        >
          {isTitleShown ? (
            <header className="dialog-title-bar">
              <Radix.Title className="dialog-title">{title}</Radix.Title>
              {tools}
              <Radix.Close asChild>
                {/* No tooltip: it would take the first Escape for itself. */}
                <Button variant="quiet" className="button-icon" aria-label={`Close ${title.toLowerCase()}`}>
                  <Icon of={X} />
                </Button>
              </Radix.Close>
            </header>
          ) : (
            <Radix.Title className="visually-hidden">{title}</Radix.Title>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
