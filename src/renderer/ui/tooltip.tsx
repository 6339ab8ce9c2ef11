import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

/** Rest on a thing this long before its tooltip comes; the next one comes at once. */
const DELAY_MS = 500;

/** Must stand once above all tooltips. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Radix.Provider delayDuration={DELAY_MS}>{children}</Radix.Provider>;
}

/** Says more about its one child, which must take a ref and the props of an element. */
export function Tooltip({
  content,
  keys,
  side = 'bottom',
  children,
}: {
  readonly content: ReactNode;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom';
  readonly children: ReactNode;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {content}
          <Kbd keys={keys} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
