import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import type { ComponentProps, KeyboardEventHandler, ReactNode, UIEventHandler } from 'react';
import { Icon } from './icon.tsx';

/** A search field over a list of options, which arrow keys move through while the field keeps the focus. */
export function Chooser({
  searchLabel,
  listLabel,
  search,
  onSearch,
  beside,
  value,
  onValue,
  shouldFilter = true,
  onKeyDown,
  onScroll,
  children,
}: {
  readonly searchLabel: string;
  readonly listLabel: string;
  readonly search?: string;
  readonly onSearch?: (search: string) => void;
  /** Stands at the right of the field. */
  readonly beside?: ReactNode;
  /** The option the keyboard is at. */
  readonly value?: string;
  readonly onValue?: (value: string) => void;
  /** False where the caller filters and sorts. */
  readonly shouldFilter?: boolean;
  /** Sees keys before the list does. */
  readonly onKeyDown?: KeyboardEventHandler;
  readonly onScroll?: UIEventHandler<HTMLElement>;
  readonly children: ReactNode;
}) {
  const given = defined({ value, onValueChange: onValue, onKeyDown });
  return (
    <Command className="chooser" label={searchLabel} shouldFilter={shouldFilter} loop {...given}>
      <div className="chooser-search">
        <Icon of={Search} />
        <Command.Input placeholder={searchLabel} {...defined({ value: search, onValueChange: onSearch })} />
        {beside}
      </div>
      <Command.List className="chooser-list" label={listLabel} {...defined({ onScroll })}>
        {children}
      </Command.List>
    </Command>
  );
}

export function ChooserOption({ className = '', ...rest }: ComponentProps<typeof Command.Item>) {
  return <Command.Item className={`chooser-option ${className}`} {...rest} />;
}

export const ChooserGroup = Command.Group;

export function ChooserEmpty({ children }: { readonly children: ReactNode }) {
  return <Command.Empty className="chooser-empty">{children}</Command.Empty>;
}

type Defined<Props> = { [Name in keyof Props]?: Exclude<Props[Name], undefined> };

/** Leaves out what is undefined: a controlled prop that is present and undefined is not the same as an absent one. */
function defined<Props extends Record<string, unknown>>(props: Props): Defined<Props> {
  return Object.fromEntries(
    Object.entries(props).filter(([, value]) => value !== undefined),
  ) as Defined<Props>;
}
