import { X } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Icon } from '../../ui/icon.tsx';
import { keysInWords } from '../../ui/keys.ts';

/** Lies over its tab, beside it in the document: a tab may hold no other control. */
export function CloseButton({
  sessionId,
  place,
  isHovered,
}: {
  readonly sessionId: SessionId;
  /** In the grid of tabs. */
  readonly place: CSSProperties;
  readonly isHovered: boolean;
}) {
  const title = useCarrel((state) => state.sessions[sessionId]?.title);
  const isActive = useCarrel((state) => state.activeSessionId === sessionId);
  const { closeTab } = useActions();
  const keys = useKeys('tab.close');
  return (
    <button
      type="button"
      className="tab-close"
      aria-label={`Close ${title}`}
      title={isActive ? ['Close tab', keys && keysInWords(keys)].filter(Boolean).join(', ') : undefined}
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
