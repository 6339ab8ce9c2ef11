import { X } from 'lucide-react';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Markdown } from '../markdown.tsx';

/** What a slash command answered. It is no part of the conversation: no model reads it, and it goes with the next message. */
export function CommandOutput({ sessionId }: { readonly sessionId: SessionId }) {
  const output = useCarrel((state) => state.commandOutputs[sessionId]);
  const { showOutput } = useActions();
  return (
    <output className="command-output-place">
      {output && (
        <section className="command-output" aria-label={output.command}>
          <header>
            <span className="mono text-small strong spacer">{output.command}</span>
            <IconButton label="Dismiss" onClick={() => showOutput(sessionId, undefined)}>
              <Icon of={X} isSmall />
            </IconButton>
          </header>
          <Markdown text={output.text} isStreaming={false} />
        </section>
      )}
    </output>
  );
}
