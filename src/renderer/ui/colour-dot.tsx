import type { TabColour } from '../../shared/profiles.ts';

/** A colour that tabs are told apart by; an empty ring where there is none. Its name stands beside it. */
export function ColourDot({ colour }: { readonly colour: TabColour | undefined }) {
  return <span className="colour-dot" data-colour={colour} aria-hidden="true" />;
}
