import { Plus } from 'lucide-react';
import { useState, type DragEvent, type ReactNode, type SyntheticEvent, type WheelEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CloseButton } from './close-button.tsx';
import { NeedsMeButton } from './needs-me-button.tsx';
import { RenameField } from './rename-field.tsx';
import { Tab } from './tab.tsx';
import './tabs.css';

/** All tabs, a button for a new one, and what the window keeps at the strip's ends. */
export function TabStrip({
  panelId,
  renaming,
  onRename,
  before,
  after,
}: {
  /** Id of the element that shows the active tab. */
  readonly panelId: string;
  /** The tab whose title is being edited. */
  readonly renaming: SessionId | undefined;
  readonly onRename: (sessionId: SessionId | undefined) => void;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}) {
  const order = useCarrel((state) => state.order);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const { openTab } = useActions();
  const newTabKeys = useKeys('tab.new');
  const [hovered, setHovered] = useState<SessionId>();
  const { dropIndex, dragHandlers } = useTabDrag(order);
  const widths = order.map((id) => `var(--tab${id === activeSessionId ? '-active' : ''}-width)`);

  return (
    <header className="strip">
      {before}
      <div
        className="tabs"
        style={{ gridTemplateColumns: widths.join(' ') }}
        onPointerOver={(event) => setHovered(sessionUnder(event))}
        onPointerLeave={() => setHovered(undefined)}
        onWheel={scrollSideways}
        {...dragHandlers}
      >
        <div role="tablist" aria-label="Sessions" className="tablist">
          {order.map((id, index) => (
            <Tab
              key={id}
              sessionId={id}
              index={index}
              panelId={panelId}
              isHovered={id === hovered}
              onRename={onRename}
            />
          ))}
        </div>
        {order.map((id, index) =>
          id === renaming ? (
            <RenameField key={id} sessionId={id} index={index} onDone={() => onRename(undefined)} />
          ) : (
            <CloseButton key={id} sessionId={id} index={index} isHovered={id === hovered} />
          ),
        )}
        {dropIndex !== undefined && <span className="tab-drop" style={dropPlace(dropIndex, order.length)} />}
      </div>
      <IconButton className="new-tab" label="New tab" keys={newTabKeys} onClick={() => void openTab()}>
        <Icon of={Plus} />
      </IconButton>
      <span className="spacer" />
      <NeedsMeButton />
      {after}
    </header>
  );
}

/** Drags a tab to another place; the order changes when it is dropped. */
function useTabDrag(order: readonly SessionId[]) {
  const [dragged, setDragged] = useState<SessionId>();
  const [dropIndex, setDropIndex] = useState<number>();
  const { moveTab } = useActions();

  function end(): void {
    setDragged(undefined);
    setDropIndex(undefined);
  }

  return {
    dropIndex,
    dragHandlers: {
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(sessionUnder(event));
      },
      onDragOver(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        setDropIndex(tabsLeftOf(event.currentTarget, event.clientX));
      },
      onDrop(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        const from = order.indexOf(dragged);
        const place = tabsLeftOf(event.currentTarget, event.clientX);
        const position = place > from ? place - 1 : place;
        if (position !== from) void moveTab(dragged, position);
        end();
      },
      onDragEnd: end,
    },
  };
}

function tabsLeftOf(tabs: HTMLElement, x: number): number {
  return [...tabs.querySelectorAll('[role=tab]')].filter((tab) => {
    const { left, width } = tab.getBoundingClientRect();
    return left + width / 2 < x;
  }).length;
}

/** Before the tab at `index`, or behind the last one. */
function dropPlace(index: number, count: number) {
  return index < count
    ? { gridColumn: index + 1, justifySelf: 'start' }
    : { gridColumn: count, justifySelf: 'end' };
}

function sessionUnder({ target }: SyntheticEvent): SessionId | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-session]') : undefined;
  return element?.dataset['session'] as SessionId | undefined;
}

/** A wheel without a sideways axis moves a long strip too. */
function scrollSideways({ currentTarget, deltaX, deltaY }: WheelEvent<HTMLElement>): void {
  if (deltaX === 0) currentTarget.scrollLeft += deltaY;
}
