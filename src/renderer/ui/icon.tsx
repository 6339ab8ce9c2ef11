import type { LucideIcon } from 'lucide-react';

/** An icon of the one size and stroke: 16 px, or 14 px beside small text. Decoration only; what it stands on has a name. */
export function Icon({
  of: Drawing,
  isSmall = false,
}: {
  readonly of: LucideIcon;
  readonly isSmall?: boolean;
}) {
  return <Drawing className="icon" size={isSmall ? 14 : 16} strokeWidth={1.75} aria-hidden="true" />;
}
