import { matchesAccelerator } from './accelerator.ts';
import type { BrowserWindow } from './browser-window.ts';
import { refuseUnknown } from './emitter.ts';
import { ROLES } from './menu-roles.ts';
import type { KeyPress } from './page/messages.ts';
import type { WindowHost } from './window-host.ts';

type Click = (item: MenuItem, window: BrowserWindow | null, event: object) => void;

export type MenuItemOptions = {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  registerAccelerator?: boolean;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  click?: Click;
  submenu?: MenuItemOptions[] | Menu;
};

type Host = Pick<WindowHost, 'app' | 'windows'>;

/** One entry. It is data, as nothing is drawn; clicking it works. */
export class MenuItem {
  id: string | undefined;
  label: string;
  role: string | undefined;
  type: string;
  accelerator: string | undefined;
  registerAccelerator: boolean;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu: Menu | undefined;
  click: () => void;

  constructor(host: Host, options: MenuItemOptions) {
    const role = options.role === undefined ? undefined : ROLES[options.role.toLowerCase()];
    if (options.role !== undefined && !role)
      throw new Error(`stand-in: the role '${options.role}' is not implemented`);
    const { submenu } = options;
    this.submenu = Array.isArray(submenu) ? buildMenu(host, submenu) : submenu;
    this.id = options.id;
    this.label = options.label ?? role?.label ?? '';
    this.role = options.role;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator ?? role?.accelerator;
    this.registerAccelerator = options.registerAccelerator ?? role?.registerAccelerator ?? true;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = () => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (options.click) options.click(this, host.windows.focused, {});
      else role?.act?.(host.windows.focused, host.app);
    };
    refuseUnknown('MenuItem', this);
  }
}

export class Menu {
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
    refuseUnknown('Menu', this);
  }

  getMenuItemById(id: string): MenuItem | null {
    return find(this, (item) => item.id === id) ?? null;
  }

  /** Clicks the item whose accelerator the key press is. */
  press(press: KeyPress): void {
    const isPressed = ({ accelerator, registerAccelerator, enabled }: MenuItem) =>
      enabled &&
      registerAccelerator &&
      accelerator &&
      matchesAccelerator(accelerator, press, process.platform);
    find(this, (item) => Boolean(isPressed(item)))?.click();
  }
}

export function buildMenu(host: Host, template: readonly MenuItemOptions[]): Menu {
  return new Menu(template.map((options) => new MenuItem(host, options)));
}

function find(menu: Menu, isWanted: (item: MenuItem) => boolean): MenuItem | undefined {
  for (const item of menu.items) {
    const found = isWanted(item) ? item : item.submenu && find(item.submenu, isWanted);
    if (found) return found;
  }
  return undefined;
}
