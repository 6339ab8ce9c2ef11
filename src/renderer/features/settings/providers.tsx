import { Check, TriangleAlert } from 'lucide-react';
import type { ClientSettings } from '../../../shared/app.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';

type Provider = ClientSettings['providers'][number];

/** One of each kind of place that a model can come from. */
const EXAMPLE = `[providers.anthropic]
kind = "anthropic"
api_key = "$ANTHROPIC_API_KEY"

[providers.local]
kind = "ollama"
base_url = "http://127.0.0.1:11434"

[defaults]
model = "anthropic/claude-sonnet-4-5"
`;

/** Who answers, and whether each can be used now. A key itself is never shown. */
export function Providers({ settings: { providers } }: { readonly settings: ClientSettings }) {
  return (
    <>
      <header>
        <h3>Providers</h3>
        <p className="muted">Who answers, and where their keys lie. A key never reaches this window.</p>
      </header>
      {providers.length > 0 ? (
        <ul className="settings-card">
          {providers.map((provider) => (
            <ProviderRow key={provider.id} provider={provider} />
          ))}
        </ul>
      ) : (
        <p className="settings-card settings-none">
          No provider is set up. Until one is, the offline guide answers.
        </p>
      )}
      <section aria-labelledby="add-provider">
        <h4 id="add-provider">Add a provider</h4>
        <p className="muted">
          Put a block like these into settings.toml. Carrel watches the file: the models appear once it is
          saved.
        </p>
        <div className="settings-snippet">
          <pre>{EXAMPLE}</pre>
          <CopyButton text={EXAMPLE} label="Copy example" />
        </div>
      </section>
    </>
  );
}

function ProviderRow({ provider }: { readonly provider: Provider }) {
  const { id, kind, baseUrl, keySource } = provider;
  return (
    <li className="provider">
      <span className="strong cut">{id}</span>
      <span className="muted cut">{baseUrl === undefined ? kind : `${kind} at ${baseUrl}`}</span>
      <span className="mono text-small muted cut">{keySource}</span>
      <ProviderState provider={provider} />
    </li>
  );
}

function ProviderState({ provider: { isEnabled, problem } }: { readonly provider: Provider }) {
  if (!isEnabled) return <span className="provider-state faint">Off in settings</span>;
  if (problem === undefined) {
    return (
      <span className="provider-state muted">
        <Icon of={Check} isSmall />
        Ready
      </span>
    );
  }
  return (
    <span className="provider-state provider-problem fail">
      <Icon of={TriangleAlert} isSmall />
      {problem}
    </span>
  );
}
