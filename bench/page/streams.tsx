import remend from 'remend';
import { createRoot } from 'react-dom/client';
import { Block, defaultRemarkPlugins, parseMarkdownIntoBlocks } from 'streamdown';
import type { SessionId } from '../../src/shared/ids.ts';
import { createClient } from '../../src/renderer/client/client.ts';
import { createWebSocketBridge } from '../../src/renderer/client/web-socket-bridge.ts';

/** As Carrel's own. */
const FLUSH_MS = 33;

const remarkPlugins = Object.values(defaultRemarkPlugins);
const rehypePlugins: [] = [];

/** Shows in each tab's place what its agent has written so far. */
type Show = (text: string, added: string) => void;

/** Shows all tabs' answers by the events that Carrel's window gets too, every tab in its place and the first one in front. */
const client = createClient(createWebSocketBridge(new URL('/socket', location.href).href));
const { promise: connected, resolve: isConnected } = Promise.withResolvers<void>();
client.onLink((link) => link === 'connected' && isConnected());
await connected;
const waiting = new Map<SessionId, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
client.onEvent(({ event }) => {
  if (event.type !== 'turn-delta') return;
  waiting.set(event.sessionId, (waiting.get(event.sessionId) ?? '') + event.text);
  timer ??= setTimeout(flush, FLUSH_MS);
});
const answer = await client.call('app.attach', {});
if (!answer.ok) throw new Error('The page was not attached');
const showIn = location.hash.startsWith('#memo') ? memoisedBlocks : plainText;
const tabs = new Map(
  answer.value.sessions.map(({ id }, index) => {
    const place = document.body.appendChild(document.createElement('div'));
    place.className = 'tab';
    if (index > 0) {
      if (location.hash.endsWith('none')) place.style.display = 'none';
      else place.style.visibility = 'hidden';
    }
    return [id, { text: '', show: showIn(heldAtEnd(place)) }];
  }),
);
Object.assign(globalThis, { isReady: true });

function flush(): void {
  timer = undefined;
  for (const [id, added] of waiting) {
    const tab = tabs.get(id);
    if (!tab) continue;
    tab.text += added;
    tab.show(tab.text, added);
  }
  waiting.clear();
}

/** What grows in a tab, with its end in sight. */
function heldAtEnd(place: HTMLElement): HTMLElement {
  const thread = place.appendChild(document.createElement('div'));
  new ResizeObserver(() => (place.scrollTop = place.scrollHeight)).observe(thread);
  return thread;
}

/** The least that shows an answer: its characters, at the end of a text. */
function plainText(thread: HTMLElement): Show {
  thread.className = 'plain';
  const shown = thread.appendChild(new Text());
  return (_, added) => shown.appendData(added);
}

/** As chat apps do it: the whole answer is cut anew, and blocks that are the same as before are not drawn again. */
function memoisedBlocks(thread: HTMLElement): Show {
  const root = createRoot(thread);
  return (text) => root.render(<Blocks text={text} />);
}

function Blocks({ text }: { readonly text: string }) {
  const blocks = parseMarkdownIntoBlocks(text);
  return blocks.map((block, index) => (
    <Block
      // oxlint-disable-next-line react/no-array-index-key -- a block stays at its place
      key={index}
      index={index}
      content={index === blocks.length - 1 ? remend(block) : block}
      isIncomplete={false}
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      shouldParseIncompleteMarkdown={false}
      shouldNormalizeHtmlIndentation={false}
    />
  ));
}
