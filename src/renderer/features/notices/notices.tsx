import { Info, TriangleAlert, X } from 'lucide-react';
import type { Notice } from '../../../shared/app.ts';
import { useActions, useCarrel } from '../../store/store.ts';
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

function NoticeCard({ notice: { id, severity, title, body, offersSettings } }: { readonly notice: Notice }) {
  const { dismissNotice, openSettings } = useActions();
  return (
    <div className="notice" role="alert">
      <span className={severity === 'error' ? 'fail' : 'muted'}>
        <Icon of={severity === 'info' ? Info : TriangleAlert} />
      </span>
      <div className="notice-words">
        <p className="strong">{title}</p>
        {body !== '' && <p className="notice-body">{body}</p>}
        {offersSettings && <Button onClick={() => void openSettings()}>Open settings.toml</Button>}
      </div>
      <IconButton label="Dismiss" onClick={() => dismissNotice(id)}>
        <Icon of={X} isSmall />
      </IconButton>
    </div>
  );
}
