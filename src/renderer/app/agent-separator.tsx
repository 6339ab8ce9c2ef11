import { LEAST_AGENT_WIDTH } from '../store/layout.ts';
import { useActions, useCarrel } from '../store/store.ts';
import { WidthSeparator } from '../ui/width-separator.tsx';

/** The agent's left edge; at most half of the window is the agent's. */
export function AgentSeparator() {
  const width = useCarrel((state) => state.layout.agentWidth);
  const { setAgentWidth } = useActions();
  return (
    <WidthSeparator
      label="Agent width"
      side="right"
      width={width}
      least={LEAST_AGENT_WIDTH}
      greatest={() => Math.floor(window.innerWidth / 2)}
      onResize={setAgentWidth}
    />
  );
}
