import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = ComponentProps<'button'> & {
  /** At most one `primary` in a view. */
  readonly variant?: 'outline' | 'primary' | 'quiet' | 'danger';
};

export function Button({ variant = 'outline', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames('button', `button-${variant}`, className)} {...rest} />;
}

/** An icon alone, named for assistive technology and in a tooltip. */
export function IconButton({
  label,
  keys,
  children,
  className,
  ...rest
}: Omit<ButtonProps, 'aria-label' | 'children'> & {
  readonly label: string;
  readonly keys?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip content={label} keys={keys}>
      <Button variant="quiet" className={classNames('button-icon', className)} aria-label={label} {...rest}>
        {children}
      </Button>
    </Tooltip>
  );
}
