import { useEffect, type CSSProperties } from 'react';
import type { SessionId } from '../../shared/ids.ts';
import { AgentRegion } from '../features/agent/agent-region.tsx';
import { Notices } from '../features/notices/notices.tsx';
import type { AskedCommand } from '../features/terminal/blocks/block-actions.ts';
import { EndedCommands } from '../features/terminal/blocks/ended-commands.tsx';
import { quoteCommand } from '../features/terminal/blocks/words.ts';
import { TerminalRegion } from '../features/terminal/panes/terminal-region.tsx';
import { useActions, useCarrel } from '../store/store.ts';
import { AgentSeparator } from './agent-separator.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { focusRegion } from './focus.ts';

export const PANEL_ID = 'session';

/** The active tab: its shell and its agent. No other tab's regions are mounted. */
export function SessionView({ sessionId }: { readonly sessionId: SessionId }) {
  const title = useCarrel((state) => state.sessions[sessionId]?.title);
  const { isAgentVisible, agentWidth } = useCarrel((state) => state.layout);
  const activations = useCarrel((state) => state.activations);
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const { setDraft, toggleAgent } = useActions();

  function ask(asked: AskedCommand): void {
    if (!isAgentVisible) toggleAgent();
    setDraft(sessionId, `${quoteCommand(asked)}\n${draft}`);
    focusRegion('Agent');
  }

  return (
    <div
      className="session"
      id={PANEL_ID}
      role="tabpanel"
      aria-label={title}
      data-agent={isAgentVisible}
      style={{ '--agent-width': `${agentWidth}px` } as CSSProperties}
    >
      <div className="session-terminal">
        <ErrorBoundary key={sessionId} region="The terminal">
          <TerminalRegion sessionId={sessionId} onAsk={ask} />
        </ErrorBoundary>
        <Notices />
        <EndedCommands />
        <TerminalFocus key={activations} />
      </div>
      {isAgentVisible && (
        <div className="session-agent">
          <AgentSeparator />
          <ErrorBoundary key={sessionId} region="The agent">
            <AgentRegion sessionId={sessionId} />
          </ErrorBoundary>
        </div>
      )}
    </div>
  );
}

/** A tab that is activated takes what is typed next into its terminal, also when it was the active one already. */
function TerminalFocus() {
  useEffect(() => focusRegion('Terminal'), []);
  return null;
}
