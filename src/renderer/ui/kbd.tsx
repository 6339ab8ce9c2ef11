import { capsOf, isMac, type Keys } from './keys.ts';

/** A key hint: plain faint text, or caps in the foot of a dialog. Hidden from assistive technology: in a button it would become part of its name. */
export function Kbd({ keys, isCap = false }: { readonly keys: Keys; readonly isCap?: boolean }) {
  const caps = capsOf(keys);
  if (!isCap) return <kbd aria-hidden="true">{caps.join(isMac ? '' : ' ')}</kbd>;
  return (
    <span className="kbd-caps" aria-hidden="true">
      {caps.map((cap) => (
        <kbd key={cap} className="kbd-cap">
          {cap}
        </kbd>
      ))}
    </span>
  );
}
