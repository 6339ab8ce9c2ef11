import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions, useCarrel } from '../../store/store.ts';

/** Longest title the core takes. */
const MAX_TITLE_CHARACTERS = 200;

/** Takes the place of a tab's title: Enter or leaving keeps, Escape gives up, an empty title goes back to the folder's name. */
export function RenameField({
  sessionId,
  place,
  onDone,
}: {
  readonly sessionId: SessionId;
  /** In the grid of tabs. */
  readonly place: CSSProperties;
  readonly onDone: () => void;
}) {
  const title = useCarrel((state) => state.sessions[sessionId]?.title ?? '');
  const { renameTab } = useActions();
  const [before] = useState(() => document.activeElement);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape') event.currentTarget.value = title;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The key's own character would go to what has the focus by then: a shell.
    event.preventDefault();
    event.currentTarget.blur();
    if (before instanceof HTMLElement) before.focus();
  }

  return (
    <input
      className="tab-rename"
      aria-label={`New title for ${title}`}
      defaultValue={title}
      maxLength={MAX_TITLE_CHARACTERS}
      spellCheck={false}
      style={place}
      ref={field}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget: { value } }) => {
        if (value.trim() !== title) void renameTab(sessionId, value.trim());
        onDone();
      }}
    />
  );
}
