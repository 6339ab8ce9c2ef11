import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { OutcomeMark } from './block-mark.tsx';
import { endedOutOfSight, type EndedCommand } from './long-commands.ts';
import { durationInWords } from './words.ts';
import './blocks.css';

/** Tells of long commands that ended in other tabs, until their tab is looked at. Must stay mounted while tabs change. */
export function EndedCommands() {
  const sessions = useCarrel((state) => state.sessions);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const seen = useRef(sessions);
  const [ended, setEnded] = useState<readonly EndedCommand[]>([]);

  useEffect(() => {
    const news = endedOutOfSight(seen.current, sessions, activeSessionId);
    seen.current = sessions;
    setEnded((shown) => {
      const kept = shown.filter(
        ({ sessionId }) =>
          sessionId !== activeSessionId &&
          sessionId in sessions &&
          !news.some((other) => other.sessionId === sessionId),
      );
      return news.length === 0 && kept.length === shown.length ? shown : [...kept, ...news];
    });
  }, [sessions, activeSessionId]);

  if (ended.length === 0) return null;
  return (
    <section className="ended-commands" aria-label="Ended commands">
      {ended.map((command) => (
        <EndedCommandCard
          key={command.sessionId}
          ended={command}
          onDismiss={() => setEnded((shown) => shown.filter((other) => other !== command))}
        />
      ))}
    </section>
  );
}

function EndedCommandCard({
  ended: { sessionId, command },
  onDismiss,
}: {
  readonly ended: EndedCommand;
  readonly onDismiss: () => void;
}) {
  const { activateTab } = useActions();
  const title = useCarrel((state) => state.sessions[sessionId]?.title);
  const { commandLine, exitCode, durationMs } = command;
  const hasFailed = exitCode !== undefined && exitCode !== 0;
  return (
    <output className="ended-command">
      <OutcomeMark state={exitCode === undefined ? 'unknown' : hasFailed ? 'failed' : 'succeeded'} />
      <div className="ended-command-words">
        <p className="strong">{commandLine || 'A command'}</p>
        <p className="muted text-small numbers">
          Ended in {title} after {durationInWords(durationMs)}
          {exitCode !== undefined && `, exit ${exitCode}`}
        </p>
      </div>
      <Button variant="quiet" onClick={() => activateTab(sessionId)}>
        Go to tab
      </Button>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <Icon of={X} isSmall />
      </IconButton>
    </output>
  );
}
