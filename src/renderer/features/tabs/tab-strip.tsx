import { type CSSProperties, type ReactNode } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { LEAST_RAIL_WIDTH } from '../../store/layout.ts';
import { activeSession, shortPath } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { WidthSeparator } from '../../ui/width-separator.tsx';
import { NeedsMeButton } from './needs-me-button.tsx';
import { NewTabButtons } from './new-tab-buttons.tsx';
import { TabList } from './tab-list.tsx';
import './tabs.css';

/** All tabs, a button for a new one, and what the window keeps at the strip's ends. Tabs at the left have an area of their own. */
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
  const isVertical = useCarrel((state) => state.settings?.appearance.tabs === 'left');
  const tabs = <TabList panelId={panelId} renaming={renaming} onRename={onRename} isVertical={isVertical} />;
  const newTab = <NewTabButtons />;
  return (
    <>
      <header className="strip">
        {before}
        {isVertical ? <ActiveTitle /> : tabs}
        {!isVertical && newTab}
        <span className="spacer" />
        <NeedsMeButton />
        {after}
      </header>
      {isVertical && <Rail head={newTab}>{tabs}</Rail>}
    </>
  );
}

/** The area at the window's left that holds the tabs, as wide as the person made it. */
function Rail({ head, children }: { readonly head: ReactNode; readonly children: ReactNode }) {
  const count = useCarrel((state) => state.order.length);
  const width = useCarrel((state) => state.layout.railWidth);
  const { setRailWidth } = useActions();
  return (
    <div className="rail" style={{ '--rail-width': `${width}px` } as CSSProperties}>
      <div className="rail-head">
        <span className="spacer strong">{count === 1 ? '1 tab' : `${count} tabs`}</span>
        {head}
      </div>
      {children}
      <WidthSeparator
        label="Tabs width"
        side="left"
        width={width}
        least={LEAST_RAIL_WIDTH}
        greatest={() => Math.floor(window.innerWidth * 0.4)}
        onResize={setRailWidth}
      />
    </div>
  );
}

function ActiveTitle() {
  const title = useCarrel((state) => activeSession(state)?.title);
  const folder = useCarrel((state) => shortPath(activeSession(state)?.cwd ?? '', state.host?.homeFolder));
  return (
    <div className="strip-title">
      <span className="strong cut">{title}</span>
      {folder !== title && <span className="muted cut">{folder}</span>}
    </div>
  );
}
