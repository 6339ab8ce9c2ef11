import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { modelLabel } from '../../../shared/models.ts';
import { shortPath, shownModel, tabState, type TabState } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { ProfileIcon } from '../../ui/profile-icon.tsx';
import { StatusMark, type Mark } from '../../ui/status-mark.tsx';

export const MARKS = {
  working: 'working',
  'needs approval': 'needs',
  'needs you': 'needs',
  paused: 'needs',
  failed: 'failed',
  unread: 'unread',
  interrupted: 'idle',
  idle: 'idle',
} as const satisfies Record<TabState, Mark>;

/** `idle` needs no word. */
export const WORDS: Readonly<
  Partial<Record<TabState, { readonly word: string; readonly className: string }>>
> = {
  working: { word: 'Working', className: 'accent' },
  'needs approval': { word: 'Needs approval', className: 'wait' },
  'needs you': { word: 'Needs you', className: 'wait' },
  paused: { word: 'Budget spent', className: 'wait' },
  failed: { word: 'Failed', className: 'fail' },
  unread: { word: 'Unread', className: 'strong' },
  interrupted: { word: 'Interrupted', className: 'muted' },
};

/**
 * One tab: the shell's title above, the agent's state and model below, or its folder where tabs stand in a list. A pinned one
 * in the strip has its picture above. It never holds another control.
 */
export const Tab = memo(function Tab({
  sessionId,
  index,
  isVertical,
  panelId,
  isHovered,
  onRename,
}: {
  readonly sessionId: SessionId;
  readonly index: number;
  readonly isVertical: boolean;
  readonly panelId: string;
  readonly isHovered: boolean;
  readonly onRename: (sessionId: SessionId) => void;
}) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  const pick = useCarrel((state) => state.picks[sessionId]);
  const isActive = useCarrel((state) => state.activeSessionId === sessionId);
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const { activateTab, askToCloseTab } = useActions();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isActive, index]);
  if (!session) return null;

  const state = tabState(session);
  const words = WORDS[state];
  const { icon, colour, isPinned, runningProgram } = session;
  const isSmall = isPinned && !isVertical;

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const target = neighbour(event.currentTarget, event.key, isVertical);
    if (target) target.focus();
    else if (event.key === 'Enter' || event.key === ' ') activateTab(sessionId);
    else if (event.key === 'Delete') void askToCloseTab(sessionId);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={element}
      role="tab"
      className="tab"
      aria-label={session.title}
      aria-describedby={`state-${sessionId}`}
      aria-selected={isActive}
      aria-controls={panelId}
      tabIndex={isActive ? 0 : -1}
      title={[session.title, session.cwd, runningProgram && `Runs ${runningProgram}`]
        .filter(Boolean)
        .join('\n')}
      style={isVertical ? { gridRow: index + 1 } : { gridColumn: index + 1 }}
      data-session={sessionId}
      data-hovered={isHovered}
      data-colour={colour}
      data-small={isSmall}
      draggable
      onClick={() => activateTab(sessionId)}
      onDoubleClick={() => onRename(sessionId)}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onAuxClick={(event) => event.button === 1 && void askToCloseTab(sessionId)}
      onKeyDown={onKeyDown}
    >
      <span id={`state-${sessionId}`} hidden>
        {[state, runningProgram && `runs ${runningProgram}`, isPinned && 'pinned', colour]
          .filter(Boolean)
          .join(', ')}
      </span>
      <span className="tab-body">
        <StatusMark mark={MARKS[state]} />
        <span className="tab-title">
          {(icon || isSmall) && <ProfileIcon name={icon} isSmall={!isSmall} />}
          <span className="tab-name cut">{session.title}</span>
        </span>
        <span className="tab-number">{index < 9 && !isPinned && index + 1}</span>
        <span className="tab-agent cut">
          {words && <span className={words.className}>{words.word}</span>}
          <span className="tab-model">
            {words && ' · '}
            {isVertical ? shortPath(session.cwd, homeFolder) : modelLabel(shownModel(session, pick).model)}
          </span>
        </span>
      </span>
    </div>
  );
});

/** The tab that an arrow key, Home or End leads to. */
function neighbour(tab: HTMLElement, key: string, isVertical: boolean): HTMLElement | null {
  const list = tab.parentElement;
  const found = {
    [isVertical ? 'ArrowUp' : 'ArrowLeft']: tab.previousElementSibling ?? list?.lastElementChild,
    [isVertical ? 'ArrowDown' : 'ArrowRight']: tab.nextElementSibling ?? list?.firstElementChild,
    Home: list?.firstElementChild,
    End: list?.lastElementChild,
  }[key];
  return found instanceof HTMLElement ? found : null;
}
