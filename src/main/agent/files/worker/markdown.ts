import TurndownService from 'turndown';
import type { MarkdownJob } from './types.ts';

/** A page's text as Markdown. Pages can be made so that this takes very long, or overflows the stack. */
export function markdown({ page }: MarkdownJob): string {
  const turndown = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
  });
  turndown.remove(['script', 'style', 'noscript', 'iframe', 'template']);
  // An image as data would be thousands of letters that say nothing.
  turndown.addRule('image', {
    filter: 'img',
    replacement: (_content, node) => ('getAttribute' in node && node.getAttribute('alt')) || '',
  });
  return turndown.turndown(page);
}
