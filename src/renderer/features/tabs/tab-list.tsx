import { Pin } from 'lucide-react';
import { useState, type WheelEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useCarrel } from '../../store/store.ts';
import { Icon } from '../../ui/icon.tsx';
import { CloseButton } from './close-button.tsx';
import { RenameField } from './rename-field.tsx';
import { Tab } from './tab.tsx';
import { TabMenu } from './tab-menu.tsx';
import { sessionUnder, useTabDrag } from './use-tab-drag.ts';

/** The tabs in their order, side by side or one below the other, and what lies over them: a tab may hold no other control. */
export function TabList({
  panelId,
  renaming,
  onRename,
  isVertical,
}: {
  readonly panelId: string;
  readonly renaming: SessionId | undefined;
  readonly onRename: (sessionId: SessionId | undefined) => void;
  readonly isVertical: boolean;
}) {
  const order = useCarrel((state) => state.order);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const pinned = useCarrel((state) => state.order.filter((id) => state.sessions[id]?.isPinned).length);
  const [hovered, setHovered] = useState<SessionId>();
  const { dropIndex, dragHandlers } = useTabDrag({ order, pinned, isVertical });
  // Pinned tabs come first.
  const widths = order.map((id, index) => {
    if (index < pinned && id !== renaming) return 'var(--tab-pinned-width)';
    return `var(--tab${id === activeSessionId ? '-active' : ''}-width)`;
  });
  const placeOf = (index: number) => (isVertical ? { gridRow: index + 1 } : { gridColumn: index + 1 });

  return (
    <TabMenu onRename={onRename}>
      <div
        className={`tabs tabs-${isVertical ? 'vertical' : 'horizontal'}`}
        style={isVertical ? undefined : { gridTemplateColumns: widths.join(' ') }}
        onPointerOver={(event) => setHovered(sessionUnder(event))}
        onPointerLeave={() => setHovered(undefined)}
        onWheel={isVertical ? undefined : scrollSideways}
        {...dragHandlers}
      >
        <div
          role="tablist"
          aria-label="Sessions"
          aria-orientation={isVertical ? 'vertical' : 'horizontal'}
          className="tablist"
        >
          {order.map((id, index) => (
            <Tab
              key={id}
              sessionId={id}
              index={index}
              isVertical={isVertical}
              panelId={panelId}
              isHovered={id === hovered}
              onRename={onRename}
            />
          ))}
        </div>
        {order.map((id, index) => {
          if (id === renaming) {
            return (
              <RenameField
                key={id}
                sessionId={id}
                place={placeOf(index)}
                onDone={() => onRename(undefined)}
              />
            );
          }
          if (index < pinned) {
            return (
              <span key={id} className="tab-pin" style={placeOf(index)} aria-hidden="true">
                <Icon of={Pin} isSmall />
              </span>
            );
          }
          return <CloseButton key={id} sessionId={id} place={placeOf(index)} isHovered={id === hovered} />;
        })}
        {dropIndex !== undefined && (
          <span
            className="tab-drop"
            // Before the tab at the index, or behind the last one.
            data-end={dropIndex === order.length}
            style={placeOf(Math.min(dropIndex, order.length - 1))}
          />
        )}
      </div>
    </TabMenu>
  );
}

/** A wheel without a sideways axis moves a long strip too. */
function scrollSideways({ currentTarget, deltaX, deltaY }: WheelEvent<HTMLElement>): void {
  if (deltaX === 0) currentTarget.scrollLeft += deltaY;
}
