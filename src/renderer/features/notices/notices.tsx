import { Info, TriangleAlert, X } from 'lucide-react';
import type { ShownNotice } from '../../store/state.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { addressOf } from '../../store/window-actions.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import './notices.css';

/** What a person should know that belongs to no conversation. Lies over the terminal and never resizes it. */
export function Notices() {
  const notices = useCarrel((state) => state.notices);
  return (
    <section className="notices" aria-label="Notices">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({
  notice: { id, severity, title, body, offersSettings, blockedWindow },
}: {
  readonly notice: ShownNotice;
}) {
  const { dismissNotice, openSettings, moveTabToWindow } = useActions();
  return (
    <div className="notice" role="alert">
      <span className={severity === 'error' ? 'fail' : 'muted'}>
        <Icon of={severity === 'info' ? Info : TriangleAlert} />
      </span>
      <div className="notice-words">
        <p className="strong">{title}</p>
        {body !== '' && <p className="notice-body">{body}</p>}
        {blockedWindow && (
          <a
            className="button button-outline"
            href={addressOf(blockedWindow.windowId)}
            target="_blank"
            rel="noreferrer"
            onClick={() => {
              void moveTabToWindow(blockedWindow.sessionId, blockedWindow.windowId);
              dismissNotice(id);
            }}
          >
            Open the window
          </a>
        )}
        {offersSettings && <Button onClick={() => void openSettings()}>Open settings.toml</Button>}
      </div>
      <IconButton label="Dismiss" onClick={() => dismissNotice(id)}>
        <Icon of={X} isSmall />
      </IconButton>
    </div>
  );
}
