import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

/** Keeps a bug in one region from taking the others with it. */
export class ErrorBoundary extends Component<
  { readonly region: string; readonly children: ReactNode },
  { readonly error?: unknown }
> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (!('error' in this.state)) return this.props.children;
    const { error } = this.state;
    return (
      <div className="region-broken" role="alert">
        <p className="strong">{this.props.region} cannot be shown</p>
        <p className="muted">{error instanceof Error ? error.message : String(error)}</p>
        <p className="muted">Shells and agents run on; nothing is lost.</p>
        <Button onClick={() => location.reload()}>Reload</Button>
      </div>
    );
  }
}
