import { useState, type CSSProperties } from 'react';
import type { SessionId } from '../../../../shared/ids.ts';
import { panesOf, type PaneLayout } from '../../../../shared/panes.ts';
import { dividersOf, placesOf, type Rectangle } from '../../../store/pane-geometry.ts';
import { useKeys } from '../../../store/keys.ts';
import { shortPath, shownLayout } from '../../../store/selectors.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import type { AskedCommand } from '../blocks/block-actions.ts';
import { TerminalPane } from '../terminal-pane.tsx';
import { useRegionLook } from '../use-terminal-look.ts';
import { PaneDivider } from './pane-divider.tsx';
import './panes.css';

/** The shells of the active tab. A pane keeps its terminal whatever becomes of the others: only its place changes. */
export function TerminalRegion({
  sessionId,
  onAsk,
}: {
  readonly sessionId: SessionId;
  /** A command is to be asked about. */
  readonly onAsk: (asked: AskedCommand) => void;
}) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  const kept = useCarrel((state) => shownLayout(state, sessionId));
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const { arrangePanes, toggleZoomedPane } = useActions();
  /** While an edge is moved, and until the core has taken it up. */
  const [moved, setMoved] = useState<PaneLayout>();
  const look = useRegionLook();
  const zoomKeys = useKeys('pane.zoom');
  if (!session || kept === undefined) return null;
  const layout = moved ?? kept;
  const places = placesOf(layout);
  const isLone = panesOf(session.layout).length === 1;

  async function settle(): Promise<void> {
    if (moved !== undefined) await arrangePanes(sessionId, moved);
    setMoved(undefined);
  }

  return (
    <section className="terminal-region" aria-label="Terminal" {...look}>
      {session.panes.map(({ id, cwd }, index) => {
        const place = places.get(id);
        if (!place) return null;
        const name = `Pane ${index + 1} of ${session.panes.length}: ${shortPath(cwd, homeFolder)}`;
        return (
          <TerminalPane
            key={id}
            sessionId={sessionId}
            paneId={id}
            name={isLone ? undefined : name}
            isActive={id === session.activePaneId}
            style={styleOf(place)}
            onAsk={onAsk}
          />
        );
      })}
      {dividersOf(layout).map((divider) => (
        <PaneDivider
          key={`${divider.path.join('.')}/${divider.index}`}
          divider={divider}
          style={styleOf(divider.place)}
          layout={layout}
          onMove={setMoved}
          onSettle={() => void settle()}
        />
      ))}
      {kept !== session.layout && (
        <Button className="pane-zoomed" onClick={() => toggleZoomedPane(sessionId)}>
          Show all {session.panes.length} panes <Kbd keys={zoomKeys} />
        </Button>
      )}
    </section>
  );
}

function styleOf({ left, top, width, height }: Rectangle): CSSProperties {
  const percent = (share: number) => `${share * 100}%`;
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
}
