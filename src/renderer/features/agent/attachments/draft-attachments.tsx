import { X } from 'lucide-react';
import type { Attachment, AttachmentMark } from '../../../../shared/attachments.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions } from '../../../store/store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { attachmentIcons } from './attachment-icons.ts';

/** What the message that is being written has beside its words. */
export function DraftAttachments({
  sessionId,
  attachments,
}: {
  readonly sessionId: SessionId;
  readonly attachments: readonly Attachment[];
}) {
  const { detach } = useActions();
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map(({ id, kind, name, detail, marks, thumbnail }) => (
        <li key={id} className="attachment" title={name}>
          {thumbnail === undefined ? (
            <Icon of={attachmentIcons[kind]} isSmall />
          ) : (
            <img className="attachment-thumbnail" src={thumbnail} alt="" />
          )}
          <span className={kind === 'image' ? 'cut' : 'cut mono'}>{name}</span>
          <span className="faint attachment-detail">
            {[detail, ...marks.map((mark) => MARKS[mark])].join(', ')}
          </span>
          <IconButton label={`Remove ${name}`} onClick={() => void detach(sessionId, id)}>
            <Icon of={X} isSmall />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

const MARKS: Readonly<Record<AttachmentMark, string>> = {
  cut: 'its ends',
  outside: 'outside this folder',
  secret: 'may hold secrets',
};
