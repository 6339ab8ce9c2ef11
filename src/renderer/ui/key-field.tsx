import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from 'react';
import { chordsOf } from './key-press.ts';
import { keysInWords } from './keys.ts';

/** Whether keys that are pressed here are meant for the field and run no command. */
export function isKeyField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset['keyField'] !== undefined;
}

/**
 * A field that takes a key by pressing it. Tab leaves it, Backspace empties it; Enter and Escape, where they are given, end it.
 */
export function KeyField({
  label,
  keys,
  onKeys,
  onEnter,
  onEscape,
  placeholder,
  hint,
  className,
  isFocused = false,
}: {
  readonly label: string;
  /** Empty while there is none. */
  readonly keys: string;
  readonly onKeys: (keys: string) => void;
  readonly onEnter?: (() => void) | undefined;
  readonly onEscape?: (() => void) | undefined;
  readonly placeholder: string;
  /** Said to assistive technology with the name. */
  readonly hint?: ReactNode;
  readonly className?: string;
  /** Takes the focus when it comes. */
  readonly isFocused?: boolean;
}) {
  const field = useRef<HTMLInputElement>(null);
  const hintId = useId();

  const take = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== field.current) return;
    const [chord] = chordsOf(event);
    if (chord === undefined || chord === 'Tab' || chord === 'Shift+Tab') return;
    const act = { Enter: onEnter, Escape: onEscape, Backspace: () => onKeys('') }[chord];
    if (act === undefined && (chord === 'Enter' || chord === 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) act();
    else onKeys(chord);
  });

  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  // On the window, so that no dialog hears its Escape first.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => take(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);

  return (
    <>
      <input
        ref={field}
        className={className}
        data-key-field=""
        aria-label={label}
        aria-describedby={hint === undefined ? undefined : hintId}
        readOnly
        placeholder={placeholder}
        value={keys === '' ? '' : keysInWords(keys)}
      />
      {hint !== undefined && (
        <span id={hintId} className="visually-hidden">
          {hint}
        </span>
      )}
    </>
  );
}
