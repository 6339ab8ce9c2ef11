import { createContext, useContext, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const AskToOpen = createContext<(url: string) => void>(() => undefined);

/** A link of an answer, which a model wrote: it opens nothing before its true host was shown and agreed to. */
export function Link({ url, children }: { readonly url: string | undefined; readonly children: ReactNode }) {
  const askToOpen = useContext(AskToOpen);
  if (url === undefined || !isOpenable(url)) return children;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') askToOpen(url ?? '');
  }

  return (
    <span
      // Not an `a` with an address: a middle click or a drag would go past the question.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="link"
      tabIndex={0}
      className="link"
      title={new URL(url).href}
      onClick={() => askToOpen(url)}
      onKeyDown={onKeyDown}
    >
      {children}
    </span>
  );
}

/** Asks, for all links below it, before one is opened. */
export function LinkQuestion({ children }: { readonly children: ReactNode }) {
  const [url, setUrl] = useState<string>();
  return (
    <AskToOpen value={setUrl}>
      {children}
      {url !== undefined && <OpenLinkDialog url={url} onClose={() => setUrl(undefined)} />}
    </AskToOpen>
  );
}

function OpenLinkDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { openLink } = useActions();
  const { href, host, protocol, pathname } = new URL(url);
  const isMail = protocol === 'mailto:';

  function open(): void {
    openLink(href);
    onClose();
  }

  return (
    <Dialog title="Open this link?" isTitleShown onClose={onClose} className="link-dialog">
      <div className="link-dialog-body">
        <p>
          {isMail ? 'It writes a mail to ' : 'It leads to '}
          <b className="strong">{isMail ? pathname : host}</b>
        </p>
        <p className="mono muted text-small">{href}</p>
      </div>
      <footer className="link-dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button onClick={open}>{isMail ? 'Write mail' : `Open ${host}`}</Button>
      </footer>
    </Dialog>
  );
}

/** `URL` writes a host in its true form: letters of other scripts that look alike become visible as `xn--…`. */
function isOpenable(url: string): boolean {
  return /^(?:https?|mailto):/i.test(url) && URL.canParse(url);
}
