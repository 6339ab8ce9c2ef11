import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { ArchiveReader } from './archive.ts';
import { PROMPT, TemporaryHome } from './home.ts';
import type { RunningHost, StartHost } from './host.ts';

export type LaunchOptions = {
  readonly home?: TemporaryHome;
  /** The text of settings.toml. */
  readonly settings?: string;
  readonly environment?: NodeJS.ProcessEnv;
};

type Answer = { ok: true; value: unknown } | { ok: false; error: { code: string; message: string } };

/** A running Carrel as a person uses it: by what its window names. Tabs count from 0. */
export class Carrel implements AsyncDisposable {
  readonly home: TemporaryHome;
  readonly archive: ArchiveReader;
  readonly #start: StartHost;
  readonly #environment: NodeJS.ProcessEnv;
  #host: RunningHost;

  private constructor(
    home: TemporaryHome,
    start: StartHost,
    environment: NodeJS.ProcessEnv,
    host: RunningHost,
  ) {
    this.home = home;
    this.archive = new ArchiveReader(home);
    this.#start = start;
    this.#environment = environment;
    this.#host = host;
  }

  static async launch(
    start: StartHost,
    { home, settings = '', environment = {} }: LaunchOptions = {},
  ): Promise<Carrel> {
    await using resources = new AsyncDisposableStack();
    const ownHome = resources.use(home ?? new TemporaryHome(settings));
    const carrel = resources.use(new Carrel(ownHome, start, environment, await start(ownHome, environment)));
    await carrel.#isReady();
    resources.move();
    return carrel;
  }

  get page(): Page {
    return this.#host.page;
  }

  /** Electron's main process. Desktop only. */
  get app(): ElectronApplication {
    if (!this.#host.app) throw new Error('The web host has no Electron');
    return this.#host.app;
  }

  /** Of the process that owns shells and archive. */
  get pid(): number {
    return this.#host.pid;
  }

  resize(size: { width: number; height: number }): Promise<void> {
    return this.#host.resize(this.page, size);
  }

  /** The same Carrel by its other window, once there are two; it ends with the app, and is not started again. */
  async otherWindow(): Promise<Carrel> {
    const host = this.#host;
    await expect.poll(() => host.pages().length).toBe(2);
    const page = host.pages().find((page) => page !== this.page) ?? this.page;
    const other = new Carrel(this.home, this.#start, this.#environment, { ...host, page });
    await other.#isReady();
    return other;
  }

  /** Whether its window has the focus. */
  async isInFront(): Promise<boolean> {
    const focused = await this.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getFocusedWindow()?.webContents.getURL(),
    );
    return focused !== undefined && new URL(focused).search === new URL(this.page.url()).search;
  }

  /** Quits as a person would. */
  close(): Promise<void> {
    return this.#host.quit();
  }

  /** `kill -9`. */
  kill(): Promise<void> {
    return this.#host.kill();
  }

  /** Starts it with the same home, after `close` or `kill`. */
  async start(): Promise<void> {
    this.#host = await this.#start(this.home, this.#environment);
    await this.#isReady();
  }

  async restart(): Promise<void> {
    await this.close();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.kill();
    } finally {
      this.home[Symbol.dispose]();
    }
  }

  async #isReady(): Promise<void> {
    await expect(this.tabs.and(this.page.locator('[aria-selected="true"]'))).toBeVisible({ timeout: 15_000 });
  }

  // Tabs

  get tabs(): Locator {
    return this.page.getByRole('tablist', { name: 'Sessions' }).getByRole('tab');
  }

  tab(index: number): Locator {
    return this.tabs.nth(index);
  }

  async newTab(): Promise<void> {
    const count = await this.tabs.count();
    await this.page.getByRole('button', { name: 'New tab' }).click();
    await expect(this.tab(count)).toHaveAttribute('aria-selected', 'true');
  }

  async switchTo(index: number): Promise<void> {
    await this.page.keyboard.press(`Alt+${index + 1}`);
    await expect(this.tab(index)).toHaveAttribute('aria-selected', 'true');
  }

  async renameTab(index: number, title: string): Promise<void> {
    await this.tab(index).dblclick();
    const field = this.page.getByRole('textbox', { name: /^New title for / });
    await field.fill(title);
    await field.press('Enter');
    await expect(this.tab(index)).toHaveAccessibleName(title);
  }

  /** Closes the active tab. */
  async closeTab(): Promise<void> {
    const count = await this.tabs.count();
    await this.page.keyboard.press('Control+Shift+W');
    await expect(this.tabs).toHaveCount(count - 1);
  }

  /** The id of the tab at this place, as the archive has it. */
  sessionId(index: number): string {
    const row = this.archive.openSessions()[index];
    if (!row) throw new Error(`The archive has no open tab ${index}`);
    return row.id;
  }

  // Agent

  get agent(): Locator {
    return this.page.getByRole('region', { name: 'Agent' });
  }

  get conversation(): Locator {
    return this.agent.getByRole('log', { name: 'Conversation' });
  }

  get message(): Locator {
    return this.agent.getByRole('textbox', { name: 'Message' });
  }

  get queue(): Locator {
    return this.agent.getByRole('list', { name: 'Queued' });
  }

  async send(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
    await expect(this.message).toHaveValue('');
  }

  /** Sends, and waits until the whole answer stands and the turn is over. */
  async ask(question: string, answer: string): Promise<void> {
    await this.send(question);
    await this.waitForAnswer(answer);
  }

  async waitForAnswer(text: string): Promise<void> {
    await expect(this.conversation).toContainText(text);
    await this.isIdle();
  }

  async isIdle(): Promise<void> {
    await expect(this.agent.getByRole('button', { name: 'Stop', exact: true })).toBeHidden();
  }

  /** Runs a slash command, which leaves the box empty. */
  async slash(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
    await expect(this.message).toHaveValue('');
  }

  /** A slash command that is refused: its text stays in the box, and the refusal says why. */
  async slashRefused(text: string, reason: string | RegExp): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
    await expect(this.agent.getByRole('alert')).toContainText(reason);
    await expect(this.message).toHaveValue(text);
    await this.message.fill('');
  }

  // Status bar and dialogs

  get statusBar(): Locator {
    return this.page.getByRole('toolbar', { name: 'Status bar' });
  }

  get model(): Locator {
    return this.statusBar.getByRole('button', { name: /^Model: / });
  }

  /** As "m1", or "m1, next m2" while a pick waits for the turn to end. */
  async expectModel(label: string): Promise<void> {
    await expect(this.model).toHaveAccessibleName(`Model: ${label}`);
  }

  async openModelPicker(): Promise<Locator> {
    await this.model.click();
    const picker = this.page.getByRole('dialog', { name: 'Choose a model' });
    await expect(picker).toBeVisible();
    return picker;
  }

  async pickModel(name: string): Promise<void> {
    const picker = await this.openModelPicker();
    await picker.getByRole('combobox', { name: 'Search models' }).fill(name);
    await picker.getByRole('option', { name }).first().click();
    await expect(picker).toBeHidden();
  }

  async setMode(name: string): Promise<void> {
    await this.statusBar.getByRole('button', { name: /^Mode: / }).click();
    await this.page.getByRole('option', { name }).click();
    await expect(this.statusBar.getByRole('button', { name: `Mode: ${name}` })).toBeVisible();
  }

  async runCommand(name: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+P');
    const palette = this.page.getByRole('dialog', { name: 'Command palette' });
    await palette.getByRole('combobox').fill(name);
    await palette.getByRole('option', { name }).first().click();
    await expect(palette).toBeHidden();
  }

  /** The question whether this tool may do what it wants to. */
  approval(tool: string): Locator {
    return this.conversation.getByRole('group', { name: `Approval: ${tool}` });
  }

  get notices(): Locator {
    return this.page.getByRole('region', { name: 'Notices' }).getByRole('alert');
  }

  // Terminal

  get terminal(): Locator {
    return this.page.getByRole('region', { name: 'Terminal' });
  }

  /** What the terminal holds, wrapped lines joined. */
  terminalText(): Promise<string> {
    return this.terminal.evaluate(readTerminal);
  }

  /** Waits until the terminal shows the text. */
  async expectTerminal(text: string | RegExp, timeout = 10_000): Promise<void> {
    const expected = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(() => this.terminalText(), { timeout }).toEqual(expected);
  }

  async expectPrompt(timeout?: number): Promise<void> {
    await this.expectTerminal(new RegExp(`${RegExp.escape(PROMPT.trim())}\\s*$`), timeout);
  }

  /** Types into the terminal; line feeds are Enter. */
  async type(text: string): Promise<void> {
    const input = this.terminal.getByRole('textbox', { name: 'Terminal input' });
    await input.focus();
    await this.page.keyboard.type(text);
  }

  // Contract

  /** A command through the page's own bridge, as any client could give it. Desktop only. */
  call(name: string, input: unknown): Promise<Answer> {
    return this.page.evaluate(
      ([name, input]) =>
        (
          globalThis as unknown as { carrel: { call(name: string, input: unknown): Promise<Answer> } }
        ).carrel.call(name, input),
      [name, input] as const,
    );
  }
}

type Line = { readonly isWrapped: boolean; translateToString(trimRight: boolean): string };
type Terminal = {
  readonly buffer: { readonly active: { readonly length: number; getLine(index: number): Line | undefined } };
};

/** Runs in the page. */
export function readTerminal(region: { querySelectorAll(selector: string): Iterable<object> }): string {
  const host = [...region.querySelectorAll('*')].find((element) => 'carrelTerminal' in element);
  if (!host) return '';
  const { active } = (host as { carrelTerminal: Terminal }).carrelTerminal.buffer;
  let text = '';
  for (let index = 0; index < active.length; index += 1) {
    const line = active.getLine(index);
    if (line) text += `${line.isWrapped || index === 0 ? '' : '\n'}${line.translateToString(true)}`;
  }
  return text.trimEnd();
}
