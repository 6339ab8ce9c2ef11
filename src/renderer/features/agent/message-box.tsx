import { Code, ImagePlus, Square, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isRunning, textOf, undoOf } from '../../../shared/agent.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { modelLabel, OFFLINE_GUIDE } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import { useKeys } from '../../store/keys.ts';
import { draftAttachments } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { DraftAttachments } from './attachments/draft-attachments.tsx';
import { useAttachFiles } from './attachments/use-attach-files.ts';
import { useMentions, type Mentions } from './attachments/use-mentions.ts';
import { ContextFiles } from './context-files.tsx';
import { useAgentRequests } from './requests.ts';
import { completionAria, CompletionList } from './slash/completion-list.tsx';
import { useSlash, type Slash } from './slash/use-slash.ts';

const BOX_ID = 'message-box';

/** There is one at most: only the active tab's agent is mounted. */
export function focusMessageBox(): void {
  document.getElementById(BOX_ID)?.focus();
}

/** Where one writes to the agent. What is typed belongs to the tab and is kept. */
export function MessageBox({ sessionId }: { readonly sessionId: SessionId }) {
  const session = useCarrel((state) => state.sessions[sessionId]);
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const { setDraft, send, stop, openDialog } = useActions();
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const slash = useSlash(sessionId);
  const { attachFiles, ...receiving } = useAttachFiles(sessionId);
  const attachments = useCarrel(useShallow((state) => draftAttachments(state, sessionId)));
  const sendDraft = () => slash.run() || void send(sessionId);
  const mentions = useMentions(sessionId, box, sendDraft);
  const onKeyDown = useBoxKeys(sessionId, [slash, mentions], sendDraft);
  useAgentRequests({ send: sendDraft, attach: () => picker.current?.click() });
  const [modeKeys, stopKeys, sendKeys] = [useKeys('mode.next'), useKeys('turn.stop'), useKeys('turn.send')];
  if (!session) return null;

  const isBusy = isRunning(session.agent);
  const mode = session.ai.next?.mode ?? session.ai.mode;
  const menu = slash.completions.length > 0 ? slash : mentions;
  return (
    <>
      <CompletionList menu={menu} />
      <div className="box" {...receiving}>
        <DraftAttachments sessionId={sessionId} attachments={attachments} />
        <textarea
          ref={box}
          id={BOX_ID}
          aria-label="Message"
          placeholder={placeholderFor(session)}
          rows={1}
          value={draft}
          {...completionAria(menu)}
          onChange={(event) => setDraft(sessionId, event.target.value)}
          onSelect={({ currentTarget }) =>
            mentions.onCaret(
              currentTarget.selectionEnd === currentTarget.selectionStart ? currentTarget.selectionEnd : 0,
            )
          }
          onKeyDown={onKeyDown}
        />
        <footer>
          <Button
            variant="quiet"
            aria-label={`Change mode (${mode})`}
            onClick={() => openDialog('mode-picker')}
          >
            <Icon of={Code} isSmall />
            <span className="strong">{mode}</span>
            <Kbd keys={modeKeys} />
          </Button>
          <ContextFiles sessionId={sessionId} />
          <IconButton label="Attach images" onClick={() => picker.current?.click()}>
            <Icon of={ImagePlus} isSmall />
          </IconButton>
          <input
            ref={picker}
            type="file"
            accept="image/*"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              attachFiles(currentTarget.files ?? []);
              currentTarget.value = '';
              box.current?.focus();
            }}
          />
          <span className="spacer" />
          {isBusy && (
            <Button variant="quiet" onClick={() => void stop(sessionId)}>
              <Icon of={Square} isSmall />
              Stop <Kbd keys={stopKeys} />
            </Button>
          )}
          <Button disabled={draft.trim() === '' && attachments.length === 0} onClick={sendDraft}>
            {isBusy || session.agent.status === 'paused' ? 'Queue' : 'Send'} <Kbd keys={sendKeys} />
          </Button>
        </footer>
      </div>
      <Refusal sessionId={sessionId} />
    </>
  );
}

/** Keys of the box itself; those of commands, as sending, come from their table. */
function useBoxKeys(
  sessionId: SessionId,
  [slash, mentions]: readonly [Slash, Mentions],
  sendDraft: () => void,
): (event: KeyboardEvent<HTMLTextAreaElement>) => void {
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const lastOwn = useCarrel((state) =>
    state.conversations[sessionId]?.messages.findLast(
      (message) => message.role === 'user' && !undoOf(message),
    ),
  );
  const { setDraft } = useActions();

  return (event) => {
    if (event.nativeEvent.isComposing) return;
    if (slash.onKeyDown(event) || mentions.onKeyDown(event)) {
      event.preventDefault();
      return;
    }
    // A list of completions stands over a command of one line.
    if (event.key === 'Enter' && !event.shiftKey && slash.completions.length > 0) sendDraft();
    else if (event.key === 'ArrowUp' && draft === '' && lastOwn) {
      setDraft(sessionId, textOf(lastOwn));
    } else return;
    event.preventDefault();
  };
}

function placeholderFor({ agent, ai }: Session): string {
  if (isRunning(agent)) return 'Write ahead: it is sent when this turn ends';
  if (agent.status === 'paused') return 'Waits until you allow more';
  if (agent.status === 'unavailable') return 'Start the agent again to send';
  return ai.model === OFFLINE_GUIDE ? 'Ask the guide' : `Ask ${modelLabel(ai.model)}`;
}

/** The command of this tab that failed last; a text that was not sent is still in the box. */
function Refusal({ sessionId }: { readonly sessionId: SessionId }) {
  const error = useCarrel((state) => state.callErrors[sessionId]);
  const { dismissCallError } = useActions();
  if (!error) return null;
  return (
    <div className="refusal" role="alert">
      <span className="spacer">{error.message}</span>
      <IconButton label="Dismiss" onClick={() => dismissCallError(sessionId)}>
        <Icon of={X} isSmall />
      </IconButton>
    </div>
  );
}
