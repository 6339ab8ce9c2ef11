type Fill = { readonly fill: string; readonly stroke: string };

/** How each series is filled, the dearest first: they differ without their colour. */
export const FILLS: readonly Fill[] = [
  { fill: 'var(--c-accent-line)', stroke: 'var(--c-accent-line)' },
  { fill: 'url(#usage-hatch)', stroke: 'var(--c-muted)' },
  { fill: 'var(--c-raised)', stroke: 'var(--c-muted)' },
  { fill: 'url(#usage-dots)', stroke: 'var(--c-muted)' },
];

/** The patterns that fills refer to, once in the page. */
export function FillPatterns() {
  return (
    <svg className="visually-hidden" aria-hidden="true">
      <defs>
        <pattern
          id="usage-hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V5" stroke="var(--c-muted)" strokeWidth="3" />
        </pattern>
        <pattern id="usage-dots" width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="2.5" cy="2.5" r="1" fill="var(--c-muted)" />
        </pattern>
      </defs>
    </svg>
  );
}

/** How the series is drawn, beside its name. */
export function Swatch({ index }: { readonly index: number }) {
  return (
    <svg width="12" height="12" aria-hidden="true">
      <rect x="0.5" y="0.5" width="11" height="11" rx="2" {...FILLS[index]} />
    </svg>
  );
}
