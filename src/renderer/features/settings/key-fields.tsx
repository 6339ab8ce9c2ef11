import { RadioGroup } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';

export type KeyPlace = 'keychain' | 'environment' | 'settings';

/** What a person says of a key. Of a variable it is the name. */
export type KeyInput = { readonly place: KeyPlace; readonly text: string };

const PLACES: readonly { readonly place: KeyPlace; readonly name: string }[] = [
  { place: 'keychain', name: 'System keychain' },
  { place: 'environment', name: 'Environment' },
  { place: 'settings', name: 'settings.toml' },
];

/** The field of a key and where it is kept, with the line of settings.toml that comes of it. */
export function KeyFields({
  id,
  input,
  onInput,
  keychain,
  placeholder,
  children,
}: {
  /** Of the provider. */
  readonly id: string;
  readonly input: KeyInput;
  readonly onInput: (input: KeyInput) => void;
  readonly keychain: ClientSettings['keychain'];
  readonly placeholder?: string;
  /** Buttons beside the field. */
  readonly children?: ReactNode;
}) {
  const fieldId = useId();
  const reasonId = useId();
  const { place, text } = input;
  const isVariable = place === 'environment';
  return (
    <>
      <label htmlFor={fieldId}>{isVariable ? 'Variable' : 'API key'}</label>
      <div className="settings-row">
        <input
          id={fieldId}
          className="settings-field mono"
          // A key is typed once and never shown; a variable's name is no secret.
          type={isVariable ? 'text' : 'password'}
          value={text}
          placeholder={isVariable ? 'ANTHROPIC_API_KEY' : placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onInput({ place, text: event.target.value })}
        />
        {children}
      </div>
      <span className="muted">Kept in</span>
      <div className="settings-row">
        <RadioGroup.Root
          className="settings-segments"
          aria-label="Kept in"
          orientation="horizontal"
          value={place}
          // A name is no key and a key no name.
          onValueChange={(chosen) => onInput({ place: chosen as KeyPlace, text: '' })}
        >
          {PLACES.map((each) => {
            const isMissing = each.place === 'keychain' && keychain.status === 'unavailable';
            return (
              <RadioGroup.Item
                key={each.place}
                value={each.place}
                disabled={isMissing}
                aria-describedby={isMissing ? reasonId : undefined}
              >
                {each.name}
              </RadioGroup.Item>
            );
          })}
        </RadioGroup.Root>
        <code className="faint text-small cut">{lineOf(id, input)}</code>
      </div>
      {keychain.status === 'unavailable' && (
        <p id={reasonId} className="settings-hint faint text-small">
          {keychain.reason}
        </p>
      )}
    </>
  );
}

/** What will stand in settings.toml; a key itself is not shown. */
function lineOf(id: string, { place, text }: KeyInput): string {
  const values = {
    keychain: `keychain:${id}`,
    environment: `$${text.replace(/^\$/, '') || 'NAME'}`,
    settings: '•••',
  };
  return `api_key = "${values[place]}"`;
}
