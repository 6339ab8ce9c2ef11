import { memo, useEffect, useRef, type KeyboardEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { modelLabel } from '../../../shared/models.ts';
import { shownModel, tabState, type TabState } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { StatusMark, type Mark } from '../../ui/status-mark.tsx';

export const MARKS = {
  working: 'working',
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
  paused: { word: 'Budget spent', className: 'wait' },
  failed: { word: 'Failed', className: 'fail' },
  unread: { word: 'Unread', className: 'strong' },
  interrupted: { word: 'Interrupted', className: 'muted' },
};

/** One tab: the shell's title above, the agent's state and model below. It never holds another control. */
export const Tab = memo(function Tab({
  sessionId,
  index,
  panelId,
  isHovered,
  onRename,
}: {
  readonly sessionId: SessionId;
  readonly index: number;
  readonly panelId: string;
  readonly isHovered: boolean;
  readonly onRename: (sessionId: SessionId) => void;
}) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  const pick = useCarrel((state) => state.picks[sessionId]);
  const isActive = useCarrel((state) => state.activeSessionId === sessionId);
  const { activateTab, closeTab } = useActions();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isActive, index]);
  if (!session) return null;

  const state = tabState(session);
  const words = WORDS[state];

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const target = neighbour(event.currentTarget, event.key);
    if (target) target.focus();
    else if (event.key === 'Enter' || event.key === ' ') activateTab(sessionId);
    else if (event.key === 'F2') onRename(sessionId);
    else if (event.key === 'Delete') void closeTab(sessionId);
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
      title={[session.title, session.cwd, session.program && `Runs ${session.program}`]
        .filter(Boolean)
        .join('\n')}
      style={{ gridColumn: index + 1 }}
      data-session={sessionId}
      data-hovered={isHovered}
      draggable
      onClick={() => activateTab(sessionId)}
      onDoubleClick={() => onRename(sessionId)}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onAuxClick={(event) => event.button === 1 && void closeTab(sessionId)}
      onKeyDown={onKeyDown}
    >
      <span id={`state-${sessionId}`} hidden>
        {session.program === undefined ? state : `${state}, runs ${session.program}`}
      </span>
      <span className="tab-body">
        <StatusMark mark={MARKS[state]} />
        <span className="tab-title cut">{session.title}</span>
        <span className="tab-number">{index < 9 && index + 1}</span>
        <span className="tab-agent cut">
          {words && <span className={words.className}>{words.word}</span>}
          <span className="tab-model">
            {words && ' · '}
            {modelLabel(shownModel(session, pick).model)}
          </span>
        </span>
      </span>
    </div>
  );
});

/** The tab that an arrow key, Home or End leads to. */
function neighbour(tab: HTMLElement, key: string): HTMLElement | null {
  const list = tab.parentElement;
  const found = {
    ArrowLeft: tab.previousElementSibling ?? list?.lastElementChild,
    ArrowRight: tab.nextElementSibling ?? list?.firstElementChild,
    Home: list?.firstElementChild,
    End: list?.lastElementChild,
  }[key];
  return found instanceof HTMLElement ? found : null;
}
