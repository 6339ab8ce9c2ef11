import type { KeyboardEvent, PointerEvent } from 'react';
import { LEAST_AGENT_WIDTH } from '../store/layout.ts';
import { useActions, useCarrel } from '../store/store.ts';

/** CSS pixels an arrow key moves the edge. */
const KEY_STEP = 16;

/** The agent's left edge, moved by pointer or arrow keys; at most half of the window is the agent's. */
export function AgentSeparator() {
  const width = useCarrel((state) => state.layout.agentWidth);
  const { setAgentWidth } = useActions();
  const greatest = () => Math.max(LEAST_AGENT_WIDTH, Math.floor(window.innerWidth / 2));

  function resize(wanted: number): void {
    setAgentWidth(Math.min(Math.max(Math.round(wanted), LEAST_AGENT_WIDTH), greatest()));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(Math.min(width, greatest()) + step);
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  }

  return (
    // A separator that can be moved is a widget, and takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      className="agent-separator"
      aria-label="Agent width"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={LEAST_AGENT_WIDTH}
      aria-valuemax={greatest()}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
