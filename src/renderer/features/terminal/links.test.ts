import { describe, expect, it } from 'vitest';
import { createLinkHandler, isOpenable, type HoveredLink } from './links.ts';

function click(target: string, keys: { ctrlKey: boolean; metaKey: boolean }): string[] {
  const opened: string[] = [];
  const handler = createLinkHandler({ onHover: () => undefined, openLink: (url) => opened.push(url) });
  handler.activate(keys as MouseEvent, target);
  return opened;
}

describe('links in the terminal', () => {
  it('opens web and mail addresses only', () => {
    expect(['https://a.example', 'HTTP://a.example', 'mailto:a@b.example'].every(isOpenable)).toBe(true);
    expect(
      ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'ssh://host', 'https://', 'a'].filter(
        isOpenable,
      ),
    ).toEqual([]);
  });

  it('shows where a link really goes', () => {
    const hovered: (HoveredLink | undefined)[] = [];
    const handler = createLinkHandler({ onHover: (link) => hovered.push(link), openLink: () => undefined });
    handler.hover({ clientX: 1, clientY: 2 } as MouseEvent, 'https://\u0430pple.example/\u200Bpath');
    expect(hovered).toEqual([{ target: 'https://xn--pple-43d.example/%E2%80%8Bpath', x: 1, y: 2 }]);
  });

  it('needs the modifier', () => {
    const both = { ctrlKey: true, metaKey: true };
    expect(click('https://a.example', both)).toEqual(['https://a.example/']);
    expect(click('https://a.example', { ctrlKey: false, metaKey: false })).toEqual([]);
    expect(click('javascript:alert(1)', both)).toEqual([]);
  });
});
