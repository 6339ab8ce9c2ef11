import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';
import type { StreamsOptions } from '../lib/stream-window.ts';
import { speech } from '../lib/speech.ts';

/** Adds to what one tab shows. */
type Add = (text: string) => void;

/** As often as Carrel draws what an agent writes. */
const FLUSH_MS = 50;

/** Shows what agents write in all tabs, each as it comes, without the way that it took. */
const { view, tabs, tokensPerSecond, opening } = JSON.parse(
  decodeURIComponent(location.hash.slice(1)),
) as StreamsOptions;
const showIn = view === 'memo' ? memoisedBlocks : plainText;
const shown = Array.from({ length: tabs }, (_, tab) => showIn(openTab(tab === 0)));
for (const add of shown) add(speech(0, opening));
const startedAt = performance.now();
for (const add of shown) {
  let said = opening;
  setInterval(() => {
    const due = opening + Math.floor(((performance.now() - startedAt) / 1000) * tokensPerSecond);
    if (due > said) add(speech(said, due - said));
    said = due;
  }, FLUSH_MS);
}

/** What grows in a tab, with its end in sight. Hidden ones keep their places, so that they are there as they were left. */
function openTab(isInFront: boolean): HTMLElement {
  const place = document.body.appendChild(document.createElement('div'));
  place.className = 'tab';
  place.style.visibility = isInFront ? 'visible' : 'hidden';
  const thread = place.appendChild(document.createElement('div'));
  new ResizeObserver(() => (place.scrollTop = place.scrollHeight)).observe(thread);
  return thread;
}

/** The least that shows an answer: its characters, at the end of a text. */
function plainText(thread: HTMLElement): Add {
  thread.className = 'plain';
  const shown = thread.appendChild(new Text());
  return (added) => shown.appendData(added);
}

/** As chat apps do it: the whole answer is cut anew, and blocks that are the same as before are not drawn again. */
function memoisedBlocks(thread: HTMLElement): Add {
  const root = createRoot(thread);
  let text = '';
  return (added) => root.render(<Streamdown>{(text += added)}</Streamdown>);
}
