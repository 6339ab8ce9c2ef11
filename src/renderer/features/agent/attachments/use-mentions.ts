import {
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { Mention } from '../../../../shared/attachments.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { CarrelContext, useActions, useCarrel } from '../../../store/store.ts';
import type { Completion } from '../slash/completions.ts';
import type { CompletionMenu } from '../slash/completion-list.tsx';
import { mentionAt, mentioned } from './mention-syntax.ts';

export type Mentions = CompletionMenu & {
  /** The caret is there now. */
  readonly onCaret: (caret: number) => void;
  /** Handles the keys of the open list, and says whether it did. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
};

/** `@` in the message box: what it may stand for, and adding that to the message. */
export function useMentions(
  sessionId: SessionId,
  box: RefObject<HTMLTextAreaElement | null>,
  /** Enter was pressed, and there is nothing that the mention stands for. */
  onEnter: () => void,
): Mentions {
  const carrel = useContext(CarrelContext);
  const { setDraft, attach, findMentions } = useActions();
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const [caret, setCaret] = useState(0);
  const caretToBe = useRef<number>(undefined);
  const [closedFor, setClosedFor] = useState<string>();
  const [choice, setChoice] = useState<{ readonly query: string; readonly index: number }>();
  const typed = mentionAt(draft, caret);
  const found = useFound(sessionId, typed?.query);
  const isOpen = typed !== undefined && closedFor !== draft.slice(0, typed.start);
  const mentions = isOpen ? found.mentions : NONE;
  const isPending = isOpen && found.query !== typed.query;
  const reached = choice && choice.query === typed?.query ? choice.index : 0;
  const highlighted = Math.min(reached, mentions.length - 1);

  useLayoutEffect(() => {
    if (caretToBe.current === undefined) return;
    box.current?.setSelectionRange(caretToBe.current, caretToBe.current);
    caretToBe.current = undefined;
  });

  /** Puts a text in the place of one that stood there and is there still; what was typed since stays behind it. */
  function replace(stood: number, written: string, text: string): boolean {
    const present = carrel?.store.getState().drafts[sessionId] ?? '';
    // A mention before it may have grown longer meanwhile.
    const start = present.indexOf(written, stood);
    if (start < 0) return false;
    const rest = present.slice(start + written.length);
    const at = (box.current?.selectionEnd ?? present.length) - written.length + text.length;
    caretToBe.current = at;
    setCaret(at);
    setDraft(sessionId, present.slice(0, start) + text + rest.replace(/^"? ?/, ''));
    return true;
  }

  function add(start: number, written: string, mention: Mention): void {
    const name = mention.type === 'block' ? mention.commandLine : mention.path;
    if (!replace(start, written, `${mentioned(name)} `)) return;
    void attach(sessionId, mention);
    box.current?.focus();
  }

  /** Enter came before it was known what this stands for. */
  async function addFirst(start: number, written: string, query: string): Promise<void> {
    const outcome = await findMentions(sessionId, query);
    const [first] = outcome.ok ? outcome.value.mentions : [];
    if (first) add(start, written, first);
    else if (carrel?.store.getState().drafts[sessionId] === draft) onEnter();
  }

  function onKeyDown({ key, shiftKey }: KeyboardEvent): boolean {
    if (!typed || !isOpen) return false;
    const { start, query } = typed;
    const written = draft.slice(start, caret);
    const takes = (key === 'Tab' || key === 'Enter') && !shiftKey;
    const mention = mentions[highlighted];
    const step = (by: number) =>
      setChoice({ query, index: (highlighted + by + mentions.length) % mentions.length });
    if (takes && isPending) void addFirst(start, written, query);
    else if (!mention) return false;
    else if (key === 'ArrowDown') step(1);
    else if (key === 'ArrowUp') step(-1);
    else if (key === 'Escape') setClosedFor(draft.slice(0, start));
    // A folder is gone into by Tab, and added by Enter.
    else if (key === 'Tab' && takes && mention.type === 'path' && mention.path.endsWith('/'))
      replace(start, written, mentioned(mention.path).replace(/"$/, ''));
    else if (takes) add(start, written, mention);
    else return false;
    return true;
  }

  return {
    label: 'Mentions',
    completions: mentions.map(inList),
    highlighted,
    isPending,
    take: ({ text }) => {
      const mention = mentions.find((one) => inList(one).text === text);
      if (mention && typed) add(typed.start, draft.slice(typed.start, caret), mention);
    },
    onCaret: setCaret,
    onKeyDown,
  };
}

function inList(mention: Mention): Completion {
  if (mention.type === 'path') return { text: mention.path, label: mention.path };
  const { blockId, commandLine, outcome } = mention;
  return { text: `block ${blockId}`, label: commandLine, summary: outcome };
}

const NONE: readonly Mention[] = [];

/** What was found last stands until the next is there, so that the list does not blink with each letter. */
function useFound(
  sessionId: SessionId,
  query: string | undefined,
): { readonly query?: string; readonly mentions: readonly Mention[] } {
  const { findMentions } = useActions();
  const [found, setFound] = useState<ReturnType<typeof useFound>>({ mentions: NONE });
  useEffect(() => {
    let isLate = false;
    async function find(wanted: string): Promise<void> {
      const outcome = await findMentions(sessionId, wanted);
      if (!isLate) setFound({ query: wanted, mentions: outcome.ok ? outcome.value.mentions : NONE });
    }
    if (query !== undefined) void find(query);
    return () => {
      isLate = true;
    };
  }, [findMentions, sessionId, query]);
  return found;
}
