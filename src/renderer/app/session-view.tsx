import { useEffect, type CSSProperties } from 'react';
import type { SessionId } from '../../shared/ids.ts';
import { AgentRegion } from '../features/agent/agent-region.tsx';
import { Notices } from '../features/notices/notices.tsx';
import type { AskedCommand } from '../features/terminal/blocks/block-actions.ts';
import { EndedCommands } from '../features/terminal/blocks/ended-commands.tsx';
import { TerminalRegion } from '../features/terminal/panes/terminal-region.tsx';
import { requestOfTerminal } from '../features/terminal/requests.ts';
import { useActions, useCarrel } from '../store/store.ts';
import { AgentSeparator } from './agent-separator.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { focusRegion } from './focus.ts';

export const PANEL_ID = 'session';

/** What "Fix this" says with the command. */
const FIX = 'This failed. Find out why, and fix it.';

/** The active tab: its shell and its agent. No other tab's regions are mounted. */
export function SessionView({ sessionId }: { readonly sessionId: SessionId }) {
  const title = useCarrel((state) => state.sessions[sessionId]?.title);
  const { isAgentVisible, agentWidth } = useCarrel((state) => state.layout);
  const activations = useCarrel((state) => state.activations);
  const { attach, sendMessage, toggleAgent } = useActions();

  /** The command goes with the message that is being written, or with one of its own that leaves the other alone. */
  async function ask({ wish, ...block }: AskedCommand): Promise<void> {
    if (!isAgentVisible) toggleAgent();
    const attached = await attach(sessionId, { type: 'block', ...block });
    focusRegion('Agent');
    if (attached.ok && wish === 'fix')
      await sendMessage(sessionId, { text: FIX, attachments: [attached.value.id] });
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
          <TerminalRegion sessionId={sessionId} onAsk={(asked) => void ask(asked)} />
        </ErrorBoundary>
        <Notices />
        <EndedCommands />
        <TerminalFocus key={activations} />
      </div>
      {isAgentVisible && (
        <div className="session-agent">
          <AgentSeparator />
          <ErrorBoundary key={sessionId} region="The agent">
            <AgentRegion sessionId={sessionId} onInsert={(text) => requestOfTerminal('insert', text)} />
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
