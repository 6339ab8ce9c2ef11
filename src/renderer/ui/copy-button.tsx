import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import { copyText } from './copy.ts';
import { Icon } from './icon.tsx';

/** How long the tick stays. */
const TICK_MS = 1_500;

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { isCopied, copy } = useCopy(text);
  return (
    <IconButton label={isCopied ? 'Copied' : label} onClick={copy}>
      <Icon of={isCopied ? Check : Copy} isSmall />
    </IconButton>
  );
}

/** Copies on demand and remembers it for a moment, so that it can be said. */
export function useCopy(text: string): { readonly isCopied: boolean; readonly copy: () => void } {
  const [isCopied, setIsCopied] = useState(false);
  async function copy(): Promise<void> {
    if (!(await copyText(text))) return;
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), TICK_MS);
  }
  return { isCopied, copy: () => void copy() };
}
