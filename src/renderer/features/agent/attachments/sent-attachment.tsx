import { useState } from 'react';
import type { MessagePart } from '../../../../shared/agent.ts';
import { Icon } from '../../../ui/icon.tsx';
import { attachmentIcons } from './attachment-icons.ts';

/** What was sent with a message, folded: the person can read what the model read. */
export function SentAttachment({ part }: { readonly part: Extract<MessagePart, { type: 'attachment' }> }) {
  const [isOpen, setIsOpen] = useState(false);
  const { kind, name, text, exitCode } = part;
  return (
    <details className="attached" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <Icon of={attachmentIcons[kind]} isSmall />
        <span className="cut mono">{name}</span>
        {exitCode !== undefined && <span className="faint attachment-detail">exit {exitCode}</span>}
      </summary>
      {isOpen && <pre>{text === '' ? '(nothing)' : text}</pre>}
    </details>
  );
}
