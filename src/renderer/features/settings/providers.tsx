import { Check, ChevronRight, KeyRound, Plus, TriangleAlert } from 'lucide-react';
import { Accordion } from 'radix-ui';
import { useState } from 'react';
import type { ClientSettings, ProviderDescription } from '../../../shared/app.ts';
import type { ModelEntry } from '../../../shared/models.ts';
import { useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AddProvider } from './add-provider.tsx';
import { kindWords } from './kinds.ts';
import { counted, ProviderForm } from './provider-form.tsx';
import type { Told } from './use-task.ts';

/** Who answers, whether each can be used now, and where its key lies. A key itself is never shown. */
export function Providers({
  settings,
  opened = '',
}: {
  readonly settings: ClientSettings;
  /** The id of the one whose row is open at first. */
  readonly opened?: string | undefined;
}) {
  const { providers, defaults, keychain } = settings;
  const { models } = useCarrel((state) => state.models);
  const [openId, setOpenId] = useState(opened);
  const [isAdding, setIsAdding] = useState(false);
  const [added, setAdded] = useState<{ id: string; told: Told | undefined }>();
  return (
    <>
      <div className="settings-head">
        <header>
          <h3>Providers</h3>
          <p className="muted">
            Who answers, and where their keys lie. A key never reaches a log, the history or a shell.
          </p>
        </header>
        {!isAdding && (
          <Button onClick={() => setIsAdding(true)}>
            <Icon of={Plus} isSmall />
            Add provider
          </Button>
        )}
      </div>
      {isAdding && (
        <AddProvider
          settings={settings}
          onCancel={() => setIsAdding(false)}
          onAdded={(id, told) => {
            setIsAdding(false);
            setAdded({ id, told });
            setOpenId(id);
          }}
        />
      )}
      {providers.length === 0 && !isAdding && (
        <p className="settings-card settings-none">
          No provider is set up. Until one is, the offline guide answers.
        </p>
      )}
      {providers.length > 0 && (
        <Accordion.Root
          className="settings-card"
          type="single"
          collapsible
          value={openId}
          onValueChange={setOpenId}
        >
          {providers.map((provider) => {
            const own = models.filter((model) => model.provider === provider.id);
            return (
              <Accordion.Item key={provider.id} value={provider.id}>
                <ProviderHead provider={provider} models={own} />
                <Accordion.Content>
                  <ProviderForm
                    provider={provider}
                    models={own}
                    keychain={keychain}
                    told={added?.id === provider.id ? added.told : undefined}
                  />
                </Accordion.Content>
              </Accordion.Item>
            );
          })}
        </Accordion.Root>
      )}
      <p className="faint text-small">
        Open tabs keep the model they have. New tabs start with {defaults.model ?? 'the offline guide'}.
      </p>
    </>
  );
}

function ProviderHead({
  provider,
  models,
}: {
  readonly provider: ProviderDescription;
  readonly models: readonly ModelEntry[];
}) {
  const { id, kind, isEnabled, problem } = provider;
  const cannotBeUsed = isEnabled && problem !== undefined;
  return (
    <Accordion.Header asChild>
      <h4>
        <Accordion.Trigger className="provider">
          <Icon of={ChevronRight} />
          <span className="strong cut">{id}</span>
          <span className="muted cut">
            {kindWords[kind].name}, {modelsOf(provider, models)}
          </span>
          {cannotBeUsed ? (
            <span className="provider-state fail">
              <Icon of={TriangleAlert} isSmall />
              <span className="cut">{problem}</span>
            </span>
          ) : (
            <span className="provider-state muted">
              <Icon of={KeyRound} isSmall />
              <span className="cut">{keyWords(provider)}</span>
            </span>
          )}
          {isEnabled && !cannotBeUsed && <Icon of={Check} />}
        </Accordion.Trigger>
      </h4>
    </Accordion.Header>
  );
}

function modelsOf({ isEnabled, problem }: ProviderDescription, models: readonly ModelEntry[]): string {
  if (!isEnabled) return 'off';
  if (problem === undefined) return counted(models.length, 'model');
  return models.length === 0 ? 'cannot be used' : `its ${counted(models.length, 'model')} cannot be picked`;
}

function keyWords({ keyPlace, keySource }: ProviderDescription): string {
  const words = { environment: keySource, keychain: 'Keychain', settings: 'settings.toml', none: 'No key' };
  return words[keyPlace];
}
