import remend from 'remend';
import { createRoot } from 'react-dom/client';
import { Block, defaultRemarkPlugins, parseMarkdownIntoBlocks } from 'streamdown';
import type { SessionId } from '../../src/shared/ids.ts';
import { createClient } from '../../src/renderer/client/client.ts';
import { createWebSocketBridge } from '../../src/renderer/client/web-socket-bridge.ts';

const remarkPlugins = Object.values(defaultRemarkPlugins);
const rehypePlugins: [] = [];

/** Adds to what one tab shows. */
type Add = (text: string) => void;

/** Shows all tabs' answers by the events that Carrel's window gets too, each as it comes. */
const client = createClient(createWebSocketBridge(new URL('/socket', location.href).href));
const tabs = new Map<SessionId, Add>();
client.onEvent(({ event }) => {
  if (event.type === 'turn-delta') tabs.get(event.sessionId)?.(event.text);
});
const attached = await client.call('app.attach', {});
if (!attached.ok) throw new Error('The page was not attached');
const showIn = location.hash === '#memo' ? memoisedBlocks : plainText;
for (const { id } of attached.value.sessions) tabs.set(id, showIn(openTab(tabs.size === 0)));
Object.assign(globalThis, { isReady: true });

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
  return (added) => root.render(<Blocks text={(text += added)} />);
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
