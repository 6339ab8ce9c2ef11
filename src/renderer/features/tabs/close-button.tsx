import { X } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Icon } from '../../ui/icon.tsx';
import { keysInWords, type Keys } from '../../ui/keys.ts';

/** Lies over its tab, beside it in the document: a tab may hold no other control. */
export function CloseButton({
  sessionId,
  place,
  keys,
  isHovered,
}: {
  readonly sessionId: SessionId;
  /** In the grid of tabs. */
  readonly place: CSSProperties;
  readonly keys: Keys;
  readonly isHovered: boolean;
}) {
  const title = useCarrel((state) => state.sessions[sessionId]?.title);
  const isActive = useCarrel((state) => state.activeSessionId === sessionId);
  const { closeTab } = useActions();
  return (
    <button
      type="button"
      className="tab-close"
      aria-label={`Close ${title}`}
      title={isActive ? `Close tab, ${keysInWords(keys)}` : undefined}
      tabIndex={isActive ? 0 : -1}
      style={place}
      data-session={sessionId}
      data-shown={isActive || isHovered}
      onClick={() => void closeTab(sessionId)}
    >
      <Icon of={X} isSmall />
    </button>
  );
}
