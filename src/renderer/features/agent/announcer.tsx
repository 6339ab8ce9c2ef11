import { useState } from 'react';
import type { Message } from '../../../shared/agent.ts';
import { finishedParts } from './announcements.ts';

/** Older ones have been read. */
const KEPT = 3;

type Said = {
  readonly id: Message['id'] | undefined;
  /** Parts of that message that were said. */
  readonly count: number;
  readonly words: readonly { readonly key: string; readonly text: string }[];
};

/** Tells screen readers each part of an answer when it is whole: a turn with tools takes long, and its log is told at no other time. */
export function Announcer({ last }: { readonly last: Message | undefined }) {
  // What was there when the tab was shown is no news.
  const [said, setSaid] = useState<Said>({
    id: last?.id,
    count: last ? finishedParts(last).length : 0,
    words: [],
  });
  const parts = last ? finishedParts(last) : [];
  const count = said.id === last?.id ? said.count : 0;

  if (last && (said.id !== last.id || parts.length > count)) {
    const words = parts
      .slice(count)
      .map((text, index) => ({ key: `${last.id} ${count + index}`, text }))
      .filter(({ text }) => text !== '');
    setSaid({ id: last.id, count: parts.length, words: [...said.words, ...words].slice(-KEPT) });
  }

  return (
    <div className="visually-hidden" aria-live="polite">
      {said.words.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
