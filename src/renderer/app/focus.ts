const TEXTBOXES = {
  Terminal: 'section[aria-label="Terminal"] [data-active="true"] .xterm-helper-textarea',
  Agent: 'section[aria-label="Agent"] textarea[aria-label="Message"]',
} as const;

export type RegionName = keyof typeof TEXTBOXES;

/** How long a region that is being mounted may take, for a font to load. */
const PATIENCE_MS = 5_000;

/** Puts the focus where one types in a region, as soon as the region is there, unless the person moved it meanwhile. */
export function focusRegion(name: RegionName): void {
  const deadline = performance.now() + PATIENCE_MS;
  const start = document.activeElement;
  function attempt(): void {
    const textbox = document.querySelector<HTMLElement>(TEXTBOXES[name]);
    if (textbox) textbox.focus();
    else if (performance.now() < deadline) requestAnimationFrame(attemptAgain);
  }
  function attemptAgain(): void {
    const { activeElement } = document;
    if (activeElement === start || activeElement === document.body) attempt();
  }
  attempt();
}

export function isFocusIn(name: RegionName): boolean {
  return document.activeElement?.closest(`section[aria-label="${name}"]`) !== null;
}

/** Round the notices, from the one that has the focus. */
export function focusNextNotice(): void {
  const dismissals = [...document.querySelectorAll<HTMLElement>('.notices button[aria-label="Dismiss"]')];
  const present = document.activeElement?.closest('.notice');
  const index = dismissals.findIndex((button) => button.closest('.notice') === present);
  dismissals[(index + 1) % dismissals.length]?.focus();
}
