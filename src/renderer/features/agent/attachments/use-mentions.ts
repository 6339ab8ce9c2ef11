import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { Mention } from '../../../../shared/attachments.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
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
  const { setDraft, attach } = useActions();
  const draft = useCarrel((state) => state.drafts[sessionId] ?? '');
  const [caret, setCaret] = useState(0);
  const caretToBe = useRef<number>(undefined);
  const [closedFor, setClosedFor] = useState<string>();
  const [choice, setChoice] = useState<{ readonly query: string; readonly index: number }>();
  const typed = mentionAt(draft, caret);
  /** Enter, or Tab, was pressed before it was known what this stands for. */
  const wanted = useRef<string>(undefined);
  const found = useFound(sessionId, typed?.query, (query, [first]) => {
    if (wanted.current !== query) return;
    wanted.current = undefined;
    if (first) add(first);
    else onEnter();
  });
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

  function replace(text: string): void {
    if (!typed) return;
    const before = draft.slice(0, typed.start) + text;
    caretToBe.current = before.length;
    setCaret(before.length);
    setDraft(sessionId, before + draft.slice(caret).replace(/^"/, ''));
  }

  function add(mention: Mention): void {
    if (mention.type === 'block') {
      replace(`${mentioned(mention.commandLine)} `);
      const { paneId, blockId } = mention;
      void attach(sessionId, { type: 'block', paneId, blockId });
    } else {
      replace(`${mentioned(mention.path)} `);
      void attach(sessionId, { type: 'path', path: mention.path });
    }
    box.current?.focus();
  }

  /** A folder is gone into by Tab, and added by Enter. */
  function goInto({ path }: Extract<Mention, { type: 'path' }>): void {
    replace(/\s/.test(path) ? `@"${path}` : `@${path}`);
  }

  function onKeyDown({ key, shiftKey }: KeyboardEvent): boolean {
    wanted.current = undefined;
    const takes = (key === 'Tab' || key === 'Enter') && !shiftKey;
    if (isPending && takes) {
      wanted.current = typed.query;
      return true;
    }
    const mention = mentions[highlighted];
    if (!mention || !typed) return false;
    const step = (by: number) =>
      setChoice({ query: typed.query, index: (highlighted + by + mentions.length) % mentions.length });
    if (key === 'ArrowDown') step(1);
    else if (key === 'ArrowUp') step(-1);
    else if (key === 'Escape') setClosedFor(draft.slice(0, typed.start));
    else if (key === 'Tab' && !shiftKey && mention.type === 'path' && mention.path.endsWith('/'))
      goInto(mention);
    else if (takes) add(mention);
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
      if (mention) add(mention);
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
  onFound: (query: string, mentions: readonly Mention[]) => void,
): { readonly query?: string; readonly mentions: readonly Mention[] } {
  const { findMentions } = useActions();
  const [found, setFound] = useState<ReturnType<typeof useFound>>({ mentions: NONE });
  const tell = useEffectEvent(onFound);
  useEffect(() => {
    let isLate = false;
    async function find(wanted: string): Promise<void> {
      const outcome = await findMentions(sessionId, wanted);
      if (isLate) return;
      const mentions = outcome.ok ? outcome.value.mentions : NONE;
      setFound({ query: wanted, mentions });
      tell(wanted, mentions);
    }
    if (query !== undefined) void find(query);
    return () => {
      isLate = true;
    };
  }, [findMentions, sessionId, query]);
  return found;
}
