import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A search field over a list of options, which arrow keys move through while the field keeps the focus. For lists of at most a hundred. */
export function Chooser({
  searchLabel,
  listLabel,
  children,
  tools,
  bar,
  isBusy,
  onSearch,
  ...highlight
}: {
  readonly searchLabel: string;
  readonly listLabel: string;
  /** The option that is highlighted first. */
  readonly defaultValue?: string;
  /** The option that is highlighted, for one that wants to know which; with `onValueChange`. */
  readonly value?: string;
  readonly onValueChange?: (value: string) => void;
  /** Given, nothing is filtered here: the options are those that fit what is searched for. */
  readonly onSearch?: (search: string) => void;
  /** Stand in the search field's row, at its right. */
  readonly tools?: ReactNode;
  /** Between the search field and the list. */
  readonly bar?: ReactNode;
  /** The list is about to change. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Command
      className="chooser"
      label={searchLabel}
      loop
      shouldFilter={onSearch === undefined}
      {...highlight}
    >
      <div className="chooser-search">
        <Icon of={Search} />
        <Command.Input placeholder={searchLabel} {...(onSearch && { onValueChange: onSearch })} />
        {tools && <KeysOfItsOwn>{tools}</KeysOfItsOwn>}
      </div>
      {bar && <KeysOfItsOwn>{bar}</KeysOfItsOwn>}
      <Command.List className="chooser-list" label={listLabel} aria-busy={isBusy}>
        {children}
      </Command.List>
    </Command>
  );
}

/** What stands beside the list is used by its own keys: they neither move nor choose in the list. */
function KeysOfItsOwn({ children }: { readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="chooser-tools" onKeyDown={(event) => event.stopPropagation()}>
      {children}
    </div>
  );
}

export function ChooserOption({ className = '', ...rest }: ComponentProps<typeof Command.Item>) {
  return <Command.Item className={`chooser-option ${className}`} {...rest} />;
}

/** Options under a heading that names them. */
export function ChooserGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Command.Group className="chooser-group" heading={title}>
      {children}
    </Command.Group>
  );
}

export function ChooserEmpty({ children }: { readonly children: ReactNode }) {
  return <Command.Empty className="chooser-empty">{children}</Command.Empty>;
}
