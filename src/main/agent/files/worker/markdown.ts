import TurndownService from 'turndown';
import type { MarkdownJob } from './types.ts';

/** A page's text as Markdown; the page itself where it is nested too deep. Pages can be made so that this takes very long. */
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
  try {
    return turndown.turndown(page);
  } catch (error) {
    if (error instanceof RangeError) return page;
    throw error;
  }
}
