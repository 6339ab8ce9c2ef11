import { FileText } from 'lucide-react';
import { useContext, useEffect, useState } from 'react';
import { isRunning } from '../../../shared/agent.ts';
import type { Output } from '../../../shared/contract.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { shortPath } from '../../store/selectors.ts';
import { CarrelContext, useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { runInTab } from './slash/run-in-tab.ts';

/** Says which instruction files the agent is given in this tab's folder; the button shows all that it is told. */
export function ContextFiles({ sessionId }: { readonly sessionId: SessionId }) {
  const carrel = useContext(CarrelContext);
  const context = useAgentContext(sessionId);
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  if (!carrel || !context) return null;
  const { taken, skipped } = context;
  if (taken.length + skipped.length === 0) return null;
  const nearest = taken.at(-1)?.path.split('/').at(-1);
  const words =
    nearest === undefined
      ? 'No instructions'
      : taken.length > 1
        ? `${nearest} +${taken.length - 1}`
        : nearest;
  return (
    <Tooltip
      side="top"
      content={
        <span className="context-files">
          {taken.map(({ path }) => (
            <span key={path}>{shortPath(path, homeFolder)}</span>
          ))}
          {skipped.map(({ path, reason }) => (
            <span key={path}>
              Left out: {shortPath(path, homeFolder)}, {reason}
            </span>
          ))}
        </span>
      }
    >
      <Button
        variant="quiet"
        className="box-context"
        aria-label={`Instructions: ${taken.map(({ path }) => shortPath(path, homeFolder)).join(', ') || 'none'}`}
        onClick={() => void runInTab(carrel, sessionId, 'context')}
      >
        <Icon of={FileText} isSmall />
        <span className="cut">{words}</span>
      </Button>
    </Tooltip>
  );
}

/** As it was when the tab came into its folder, or a turn began or ended: files may have been written since. */
function useAgentContext(sessionId: SessionId): Output<'context.describe'> | undefined {
  const { describeContext } = useActions();
  const moment = useCarrel(({ sessions }) => {
    const session = sessions[sessionId];
    return session && `${session.cwd} ${isRunning(session.agent)}`;
  });
  const [read, setRead] = useState<{
    readonly moment: string;
    readonly context: Output<'context.describe'>;
  }>();
  const isLate = moment !== undefined && read?.moment !== moment;
  useEffect(() => {
    let isGone = false;
    async function describe(at: string): Promise<void> {
      const outcome = await describeContext(sessionId);
      if (!isGone && outcome.ok) setRead({ moment: at, context: outcome.value });
    }
    if (isLate) void describe(moment);
    return () => {
      isGone = true;
    };
  }, [describeContext, sessionId, moment, isLate]);
  return read?.context;
}
