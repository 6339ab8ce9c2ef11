import { Fragment } from 'react';
import { capsOf } from '../../shared/keys.ts';
import { isMac } from './keys.ts';

/** A key hint: plain faint text, or caps in the foot of a dialog. Hidden from assistive technology: in a button it would become part of its name. */
export function Kbd({
  keys,
  isCap = false,
}: {
  readonly keys: string | undefined;
  readonly isCap?: boolean;
}) {
  if (keys === undefined) return null;
  const chords = capsOf(keys, isMac);
  if (!isCap)
    return <kbd aria-hidden="true">{chords.map((caps) => caps.join(isMac ? '' : ' ')).join(', ')}</kbd>;
  return (
    <span className="kbd-caps" aria-hidden="true">
      {chords.map((caps, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- both chords may be the same
        <Fragment key={index}>
          {index > 0 && <span className="faint">then</span>}
          {caps.map((cap) => (
            <kbd key={cap} className="kbd-cap">
              {cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
