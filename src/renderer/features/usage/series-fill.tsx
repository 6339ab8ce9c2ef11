type Fill = { readonly fill: string; readonly stroke: string };

/** How each series is filled, the dearest first: they differ without their colour. `prefix` is of the drawing's own hatches. */
export const FILLS: readonly ((prefix: string) => Fill)[] = [
  () => ({ fill: 'var(--c-accent-line)', stroke: 'var(--c-accent-line)' }),
  (prefix) => ({ fill: `url(#${prefix}-hatch)`, stroke: 'var(--c-muted)' }),
  () => ({ fill: 'var(--c-raised)', stroke: 'var(--c-muted)' }),
  (prefix) => ({ fill: `url(#${prefix}-dots)`, stroke: 'var(--c-muted)' }),
];

/** The patterns that the fills refer to, once in each drawing. */
export function Hatches({ prefix }: { readonly prefix: string }) {
  return (
    <defs>
      <pattern
        id={`${prefix}-hatch`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0V5" stroke="var(--c-muted)" strokeWidth="3" />
      </pattern>
      <pattern id={`${prefix}-dots`} width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r="1" fill="var(--c-muted)" />
      </pattern>
    </defs>
  );
}
