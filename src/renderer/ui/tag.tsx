import type { ReactNode } from 'react';

/** A word in a small frame, as a status code or a kind. */
export function Tag({ children }: { readonly children: ReactNode }) {
  return <span className="tag">{children}</span>;
}
