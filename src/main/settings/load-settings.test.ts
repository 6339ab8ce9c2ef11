import { expect, it } from 'vitest';
import { providerKind } from '../../shared/models.ts';
import { loadSettings } from './load-settings.ts';
import type { ModeSettings, Settings } from './types.ts';

const builtInModes = {
  code: { description: 'Codes', prompt: 'Write code.' },
  plan: { description: 'Plans', prompt: 'Plan first.' },
} satisfies Record<string, ModeSettings>;

const load = (text: string) => loadSettings(text, builtInModes);
const defaults = load('').settings;

/** Problems as one reads them: `line:column severity: message`. */
function problemsOf(text: string): string[] {
  return load(text).problems.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity}: ${message}`,
  );
}

it('has a default for everything', () => {
  expect(load('')).toEqual({
    settings: {
      defaults: { mode: 'code', effort: 'default' },
      aliases: {},
      budget: { tab: {} },
      switching: { askAboveDollars: 0.25 },
      providers: {},
      modes: builtInModes,
      approvals: { allow: [], ask: [], deny: [] },
      profiles: {},
      appearance: { theme: 'system', tabs: 'top' },
      terminal: {
        theme: 'Carrel',
        fontFamily: '"JetBrains Mono Variable", monospace',
        fontSize: 13,
        fontWeight: 400,
        fontWeightBold: 700,
        lineHeight: 1.54,
        letterSpacing: 0,
        minimumContrast: 4.5,
        ligatures: false,
        scrollback: 5000,
        scrollSpeed: 1,
        smoothScrolling: false,
        cursorStyle: 'block',
        cursorInactiveStyle: 'outline',
        cursorBlink: false,
        bell: 'visual',
        progress: true,
        images: true,
        copyOnSelect: false,
        middleClickPaste: true,
        pasteAsksAbout: ['lines', 'sudo'],
        rightClick: 'menu',
        wordSeparators: ' ()[]{}\',"`│',
        screenReader: 'auto',
        shellIntegration: true,
      },
      keys: {},
      agent: {
        idleTimeoutSeconds: 60,
        maxSteps: 50,
        retries: 2,
        commandTimeoutSeconds: 120,
        sandbox: 'auto',
        sandboxHosts: [],
      },
    } satisfies Settings,
    problems: [],
    exists: true,
  });
});

it('takes every key', () => {
  const { settings, problems } = load(`
    [defaults]
    model = "work/claude/x:1"
    mode = "review"
    effort = "high"
    shell = "fish"
    cwd = "~/code"
    profile = "database"
    [aliases]
    my-Own1 = "work/z"
    [budget]
    tab_dollars = 0.5
    tab_tokens = 1_000
    tab_turns = 3
    day_dollars = 10
    [switching]
    ask_above_dollars = 0
    [providers.work]
    kind = "openai-compatible"
    api_key = "$KEY"
    base_url = "http://127.0.0.1:1/v1"
    models = ["claude/x:1"]
    headers = { X-Team = "one two" }
    enabled = false
    context_window = 32_768
    region = "eu-west-1"
    project = "my-project"
    api_version = "2024-10-21"
    [modes.plan]
    model = "my-Own1"
    [modes.review]
    prompt = "Review."
    approvals = "read-only"
    tools = ["read_file"]
    [approvals]
    allow = ["npm test"]
    ask = ["git push *"]
    deny = ["rm *"]
    [profiles.database]
    command = "ssh"
    args = ["-t", "db", ""]
    env = { TERM = "xterm", EMPTY = "" }
    cwd = "~"
    icon = "database"
    colour = "teal"
    model = "my-Own1"
    mode = "review"
    hidden = true
    [profiles."the other"]
    [appearance]
    theme = "light"
    tabs = "left"
    [terminal]
    theme = "Nord"
    theme_light = "Solarized Light"
    font_family = "Menlo"
    font_size = 12.5
    font_weight = 300
    font_weight_bold = 600
    line_height = 1.2
    letter_spacing = -0.5
    minimum_contrast = 1
    ligatures = true
    scrollback = 0
    scroll_speed = 2.5
    smooth_scrolling = true
    cursor_style = "bar"
    cursor_inactive_style = "none"
    cursor_blink = true
    bell = "sound"
    progress = false
    images = false
    editor_command = "code -g {path}"
    copy_on_select = true
    middle_click_paste = false
    right_click = "copy_or_paste"
    paste_asks_about = ["sudo"]
    word_separators = " "
    screen_reader = "on"
    shell_integration = false
    [keys]
    palette = ""
    "tab.new" = ["ctrl+shift+t", { key = "F6", when = "" }]
    "terminal.copy" = { key = "Ctrl+C", when = "terminal && hasSelection" }
    "settings.keys" = "Ctrl+K  Ctrl+S"
    [agent]
    idle_timeout_seconds = 5
    max_steps = 7
    retries = 0
    command_timeout_seconds = 9
    sandbox = "off"
    sandbox_hosts = ["*.example.com", "localhost:80"]`);
  expect([settings, problems]).toEqual([
    {
      defaults: {
        model: 'work/claude/x:1',
        mode: 'review',
        effort: 'high',
        shell: 'fish',
        cwd: '~/code',
        profile: 'database',
      },
      aliases: { 'my-Own1': 'work/z' },
      budget: { tab: { dollars: 0.5, tokens: 1000, turns: 3 }, dayDollars: 10 },
      switching: { askAboveDollars: 0 },
      providers: {
        work: {
          kind: 'openai-compatible',
          apiKey: '$KEY',
          baseUrl: 'http://127.0.0.1:1/v1',
          models: ['claude/x:1'],
          headers: { 'X-Team': 'one two' },
          isEnabled: false,
          contextWindow: 32_768,
          region: 'eu-west-1',
          project: 'my-project',
          apiVersion: '2024-10-21',
        },
      },
      modes: {
        code: builtInModes.code,
        plan: { description: 'Plans', prompt: 'Plan first.', model: 'work/z' },
        review: { description: '', prompt: 'Review.', approvals: 'read-only', tools: ['read_file'] },
      },
      approvals: { allow: ['npm test'], ask: ['git push *'], deny: ['rm *'] },
      profiles: {
        database: {
          command: 'ssh',
          args: ['-t', 'db', ''],
          env: { TERM: 'xterm', EMPTY: '' },
          cwd: '~',
          icon: 'database',
          colour: 'teal',
          model: 'work/z',
          mode: 'review',
          isHidden: true,
        },
        'the other': { env: {}, isHidden: false },
      },
      appearance: { theme: 'light', tabs: 'left' },
      terminal: {
        theme: 'Nord',
        themeLight: 'Solarized Light',
        fontFamily: 'Menlo',
        fontSize: 12.5,
        fontWeight: 300,
        fontWeightBold: 600,
        lineHeight: 1.2,
        letterSpacing: -0.5,
        minimumContrast: 1,
        ligatures: true,
        scrollback: 0,
        scrollSpeed: 2.5,
        smoothScrolling: true,
        cursorStyle: 'bar',
        cursorInactiveStyle: 'none',
        cursorBlink: true,
        bell: 'sound',
        progress: false,
        images: false,
        editorCommand: 'code -g {path}',
        copyOnSelect: true,
        middleClickPaste: false,
        pasteAsksAbout: ['sudo'],
        rightClick: 'copy_or_paste',
        wordSeparators: ' ',
        screenReader: 'on',
        shellIntegration: false,
      },
      keys: {
        palette: [],
        'tab.new': [{ key: 'Ctrl+Shift+T' }, { key: 'F6', when: '' }],
        'terminal.copy': [{ key: 'Ctrl+C', when: 'terminal && hasSelection' }],
        'settings.keys': [{ key: 'Ctrl+K Ctrl+S' }],
      },
      agent: {
        idleTimeoutSeconds: 5,
        maxSteps: 7,
        retries: 0,
        commandTimeoutSeconds: 9,
        sandbox: 'off',
        sandboxHosts: ['*.example.com', 'localhost:80'],
      },
    } satisfies Settings,
    [],
  ]);
});

it('passes unknown keys over, and names the nearest known one without naming the key', () => {
  const text = [
    '[terminal]',
    'font_sise = 11',
    '"sk-secret" = 1',
    'font_size = 11',
    '[apearance]',
    '[providers.a]',
    'kind = "openai"',
    '  apikey = "sk-secret"',
    'models.x = 1',
  ].join('\n');
  expect([load(text).settings.terminal.fontSize, problemsOf(text)]).toEqual([
    11,
    [
      '2:1 warning: Unknown key in terminal; the nearest known one is "font_size".',
      expect.stringMatching(/^3:1 warning: Unknown key in terminal; the nearest known one is "\w+"\.$/),
      '5:2 warning: Unknown table; the nearest known one is "appearance".',
      '8:3 warning: Unknown key in providers.a; the nearest known one is "api_key".',
      '9:1 error: providers.a.models must be a list of model names.',
    ],
  ]);
});

const wrongValues: [line: string, at: string, message: string][] = [
  ['terminal.font_size = 5.9', '1:22', 'terminal.font_size must be a number of pixels from 6 to 40.'],
  ['terminal.font_size = "13"', '1:22', 'terminal.font_size must be a number of pixels from 6 to 40.'],
  ['terminal.font_size = nan', '1:22', 'terminal.font_size must be a number of pixels from 6 to 40.'],
  [
    'terminal = { scrollback = 100_001 }',
    '1:27',
    'terminal.scrollback must be a number of whole lines from 0 to 100000.',
  ],
  [
    'terminal = { scrollback = 1.5 }',
    '1:27',
    'terminal.scrollback must be a number of whole lines from 0 to 100000.',
  ],
  [
    'terminal.scrollback = 99999999999999999999',
    '1:23',
    'terminal.scrollback must be a number of whole lines from 0 to 100000.',
  ],
  ['"terminal".cursor_blink = 1', '1:27', 'terminal.cursor_blink must be true or false.'],
  [
    'terminal."cursor_style" = "beam"',
    '1:27',
    'terminal.cursor_style must be one of "block", "bar", "underline".',
  ],
  ['terminal.font_weight = 1000', '1:24', 'terminal.font_weight must be a weight from 100 to 900.'],
  ['terminal.minimum_contrast = 0', '1:29', 'terminal.minimum_contrast must be a ratio from 1 to 21.'],
  ['terminal.scroll_speed = 0', '1:25', 'terminal.scroll_speed must be a factor from 0.1 to 20.'],
  ['[profiles.a]\nargs = "-l"', '2:8', 'profiles.a.args must be a list of texts.'],
  ['[profiles.a]\nargs = ["-l", 1]', '2:15', 'profiles.a.args must be a list of texts.'],
  ['[profiles.a.env]\nX = 1', '2:5', 'profiles.a.env.X must be a text.'],
  [
    '[profiles.a.env]\n"A-B" = "1"',
    '2:1',
    'A name in profiles.a.env must be made of letters, digits and underscores.',
  ],
  ['terminal.theme = ""', '1:18', 'terminal.theme must be a text that is not empty.'],
  ['terminal = true', '1:12', 'terminal must be a table.'],
  ['[[terminal]]', '1:3', 'terminal must be a table.'],
  [
    '[agent]\r\nidle_timeout_seconds = 0',
    '2:24',
    'agent.idle_timeout_seconds must be a number of seconds from 1 to 3600.',
  ],
  [
    '[defaults]\n\tmodel = "a model"',
    '2:10',
    'defaults.model must be a model, written "provider/model", or the name of an alias; none is defined in [aliases].',
  ],
  [
    'modes.code.model = "fast"',
    '1:20',
    'modes.code.model must be a model, written "provider/model", or the name of an alias; none is defined in [aliases].',
  ],
  [
    'defaults.effort = "much"',
    '1:19',
    'defaults.effort must be one of "default", "none", "minimal", "low", "medium", "high", "xhigh", "max".',
  ],
  ['aliases.fast = "faster"', '1:16', 'aliases.fast must be a model, written "provider/model".'],
  [
    'aliases."so fast" = "offline/guide"',
    '1:9',
    'A name in aliases must be made of letters, digits and dashes.',
  ],
  ['budget.tab_dollars = 0', '1:22', 'budget.tab_dollars must be a number of US dollars above 0.'],
  ['budget.tab_turns = 1.5', '1:20', 'budget.tab_turns must be a whole number of turns, 1 or more.'],
  [
    'switching.ask_above_dollars = inf',
    '1:31',
    'switching.ask_above_dollars must be a number of US dollars from 0 to 1000.',
  ],
  ['defaults.cwd = "code"', '1:16', 'defaults.cwd must be an absolute path, or one that starts with "~/".'],
  ['defaults.shell = ""', '1:18', 'defaults.shell must be a text that is not empty.'],
  ['defaults.mode = "plam"', '1:17', 'defaults.mode must be the name of a mode; the nearest one is "plan".'],
  [
    'modes."my mode".description = "x"',
    '1:7',
    'modes."my mode".prompt is missing; only a built-in mode can do without.',
  ],
  ['modes.code.prompt = ""', '1:21', 'modes.code.prompt must be a text that is not empty.'],
  ['[modes.""]\nprompt = "x"', '1:8', 'A name in modes must be a text that is not empty.'],
];

it.each(wrongValues)('tells that %j is wrong, and has the default', (text, at, message) => {
  expect([problemsOf(text), load(text).settings]).toEqual([[`${at} error: ${message}`], defaults]);
});

it('keeps the rules beside one that cannot be read, and says what else that means', () => {
  const text = '[approvals]\nallow = ["npm test", "npm * &&"]\ndeny = [\n  "rm *",\n  "Bash(rm)",\n]';
  expect([load(text).settings.approvals.deny.length, problemsOf(text)]).toEqual([
    2,
    [
      '2:22 error: A rule in approvals.allow cannot be read: it is more than one plain command: each command of a line is decided by itself, so write a rule for each.',
      '5:3 error: A rule in approvals.deny cannot be read: a tool’s name is written in small letters; for commands write run_command(…). Until it is mended, nothing in approvals.allow counts.',
    ],
  ]);
});

it('allows nothing where a list of rules is none', () => {
  const text = 'approvals.allow = ["npm test"]\napprovals.ask = ["x"]\napprovals.deny = "rm *"';
  expect([load(text).settings.approvals, problemsOf(text)]).toEqual([
    { allow: [], ask: ['x'], deny: [] },
    ['3:18 error: approvals.deny must be a list of rules, each a text.'],
  ]);
});

const wrongInProfiles: typeof wrongValues = [
  [
    'profiles.a.colour = "mauve"',
    '1:21',
    'profiles.a.colour must be one of "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink".',
  ],
  [
    'profiles.a.cwd = "code"',
    '1:18',
    'profiles.a.cwd must be an absolute path, or one that starts with "~/".',
  ],
  [
    'profiles.a.mode = "cod"',
    '1:19',
    'profiles.a.mode must be the name of a mode; the nearest one is "code".',
  ],
  [
    'profiles.a.model = "fast"',
    '1:20',
    'profiles.a.model must be a model, written "provider/model", or the name of an alias; none is defined in [aliases].',
  ],
];

it.each(wrongInProfiles)('tells that %j is wrong, and keeps the rest of the profile', (text, at, message) => {
  expect([problemsOf(text), load(text).settings.profiles]).toEqual([
    [`${at} error: ${message}`],
    { a: { env: {}, isHidden: false } },
  ]);
});

it('keeps all but the one wrong key', () => {
  const text = `
[providers.a]
kind = "openai"
models = [
  "one",
  2,
]
headers = { good = "1", bad = 2, "no good" = "3" }
[providers.'b"c']
kind = "google"
[appearance]
theme = "drak"
[terminal]
font_size = 20`;
  const { settings } = load(text);
  expect([settings.providers, settings.appearance, settings.terminal.fontSize, problemsOf(text)]).toEqual([
    {
      a: { kind: 'openai', headers: { good: '1' }, isEnabled: true },
      'b"c': { kind: 'google', headers: {}, isEnabled: true },
    },
    { theme: 'system', tabs: 'top' },
    20,
    [
      '6:3 error: providers.a.models must be a list of model names.',
      '8:31 error: providers.a.headers.bad must be a text of one line in plain ASCII.',
      '8:34 error: A name in providers.a.headers must be made of letters, digits and dashes.',
      '12:9 error: appearance.theme must be one of "system", "dark", "light".',
    ],
  ]);
});

const kinds = providerKind.options.map((kind) => `"${kind}"`).join(', ');
const key =
  'the name of a variable, written "$NAME", of a key in the keychain, written "keychain:NAME", or the key itself without spaces';
const leftOut: [table: string, problem: string][] = [
  ['[providers.x]\nkind = "opnai"', `2:8 error: providers.x.kind must be one of ${kinds}.`],
  [
    '[providers.x]\n[providers.x.headers]\nX-Team = "one"',
    `1:12 error: providers.x.kind is missing; it must be one of ${kinds}.`,
  ],
  ['[providers.x]', `1:12 error: providers.x.kind is missing; it must be one of ${kinds}.`],
  [
    '[providers.x]\nkind = "openai"\nenabled = "no"',
    '3:11 error: providers.x.enabled must be true or false.',
  ],
  [
    '[providers."x"]\nkind = "openai"\nbase_url = "ftp://a"',
    '3:12 error: providers.x.base_url must be an http:// or https:// address.',
  ],
  [
    '[providers.x]\nkind = "openai"\napi_key = "two words"',
    `3:11 error: providers.x.api_key must be ${key}.`,
  ],
  [
    '[providers.x]\nkind = "openai"\napi_key = "keychain:"',
    `3:11 error: providers.x.api_key must be ${key}.`,
  ],
  [
    '[providers.x]\nkind = "bedrock"\nregion = "evil.example/"',
    '3:10 error: providers.x.region must be made of small letters, digits and dashes.',
  ],
  [
    '[providers.offline]\nkind = "openai"',
    '1:12 error: A name in providers must be without spaces and slashes, and not "offline", which is built in.',
  ],
  [
    '[providers."a b"]\nkind = "openai"',
    '1:12 error: A name in providers must be without spaces and slashes, and not "offline", which is built in.',
  ],
  ['[[providers.x]]\nkind = "openai"', '1:13 error: providers.x must be a table.'],
];

it.each(leftOut)('leaves a provider out that could go astray: %j', (table, problem) => {
  const text = `${table}\n[providers.good]\nkind = "ollama"`;
  expect([problemsOf(text), Object.keys(load(text).settings.providers)]).toEqual([[problem], ['good']]);
});

it('keeps a model whose provider is not configured, and a provider without an address, and says so', () => {
  const text = `
[defaults]
model = "gone/one"
[modes.plan]
model = "away/two"
[modes.code]
model = "offline/guide"
[providers.compatible]
kind = "openai-compatible"`;
  const { settings } = load(text);
  expect([
    settings.defaults.model,
    settings.modes['plan']?.model,
    settings.providers,
    problemsOf(text),
  ]).toEqual([
    'gone/one',
    'away/two',
    { compatible: { kind: 'openai-compatible', headers: {}, isEnabled: true } },
    [
      '3:9 warning: defaults.model names a provider that is not configured.',
      '5:9 warning: modes.plan.model names a provider that is not configured.',
      '8:12 error: providers.compatible.base_url is missing; the kind "openai-compatible" has no address of its own.',
    ],
  ]);
});

it('replaces aliases, and names the nearest for one that there is not', () => {
  const text = `
[aliases]
fast = "offline/guide"
large = "gone/one"
wrong = "not a model"
[defaults]
model = "fats"
[modes.plan]
model = "large"
[modes.code]
model = "toString"`;
  const { settings } = load(text);
  expect([settings.defaults.model, settings.modes, settings.aliases, problemsOf(text)]).toEqual([
    undefined,
    { plan: { ...builtInModes.plan, model: 'gone/one' }, code: builtInModes.code },
    { fast: 'offline/guide', large: 'gone/one' },
    [
      '4:9 warning: aliases.large names a provider that is not configured.',
      '5:9 error: aliases.wrong must be a model, written "provider/model".',
      '7:9 error: defaults.model must be a model, written "provider/model", or the name of an alias; the nearest: "fast", "large".',
      '11:9 error: modes.code.model must be a model, written "provider/model", or the name of an alias; the nearest: "fast", "large".',
    ],
  ]);
});

it('takes no half of a key, and says where it is wrong and what is near', () => {
  const text = `
[keys]
"tab.new" = "Ctrl+Shft+T"
"tab.close" = ["F6", "Ctrl+A Ctrl+B Ctrl+C"]
"tab.nxt" = "F7"
"terminal.copy" = { key = "Ctrl+C", when = "terminal && selection" }
"terminal.paste" = [{ key = "F8", wen = "terminal" }]
usage = 5
palette = { key = "F9", when = true }
tab.fork = "F6"
"usage.export" = { when = "" }
settings = "F10"`;
  expect([load(text).settings.keys, problemsOf(text)]).toEqual([
    { settings: [{ key: 'F10' }] },
    [
      '3:13 error: Part 2 of this key is none that Carrel knows. The nearest is "Shift".',
      '4:22 error: A key is one chord, or two after one another.',
      '5:1 warning: There is no command of this name; the nearest are "tab.next", "tab.new", "tab.pin".',
      '6:44 error: There is no context of this name, at character 13 of this condition. The nearest is "hasSelection".',
      '7:21 error: Beside a key stands only "when".',
      '8:9 error: A key is a text as "Ctrl+Shift+T", or a table as { key = "Ctrl+Shift+T", when = "terminal" }.',
      '9:32 error: A "when" is a text.',
      '10:1 warning: The name of a command stands in quotes, as "tab.new".',
      '11:18 error: A key is a text as "Ctrl+Shift+T", or a table as { key = "Ctrl+Shift+T", when = "terminal" }.',
    ],
  ]);
});

it('does not write through names that every object has', () => {
  const text = [
    'constructor.carrel = 1',
    '__proto__.carrel = 1',
    '[providers.__proto__]',
    'kind = "openai"',
    '[providers.ok]',
    'kind = "openai"',
    'headers = { valueOf = "x" }',
    '[aliases]',
    'toString = "a/b"',
  ].join('\n');
  const { settings } = load(text);
  const message = 'error: This name cannot be used; choose another.';
  expect([
    settings.aliases,
    settings.providers,
    'carrel' in Object,
    'carrel' in {},
    problemsOf(text),
  ]).toEqual([
    {},
    { ok: { kind: 'openai', headers: {}, isEnabled: true } },
    false,
    false,
    ['1:1', '2:1', '3:12', '7:13', '9:1'].map((place) => `${place} ${message}`),
  ]);
});

const notToml: [name: string, text: string, at: string][] = [
  ['a value is missing', '[agent]\nidle_timeout_seconds = \n[terminal]\n', '2:23'],
  ['a value is missing in the first line', 'agent = \n[terminal]\n', '1:8'],
  ['a value is missing at the end', '[agent]\nidle_timeout_seconds =\n\n', '2:23'],
  ['a key is there twice', '[terminal]\nfont_size = 1\nfont_size = 2', '3:1'],
  ['a table is there twice', '[terminal]\n[agent]\n[terminal]', '3:1'],
  ['a table extends a dotted key', '[a]\nx.y = 1\n[a.x]\nz = 2', '3:1'],
  ['a text is not closed', '[providers.a]\r\napi_key = "sk-secret\r\nkind = "openai"', '2:21'],
  ['a list is not closed', '[providers.a]\nmodels = ["sk-secret",\n[terminal]', '3:2'],
  ['it is a key alone', 'sk-secret', '1:10'],
  ['it is junk', '\0\x01\x02\uFFFDsk-secret', '1:1'],
  ['a date does not exist', 'a = 2020-13-45', '1:5'],
];

it.each(notToml)('has all defaults and one error when %s', (_name, text, at) => {
  const { settings, problems } = load(text);
  expect([settings, problemsOf(text)]).toEqual([
    defaults,
    [expect.stringMatching(`^${at} error: This is not TOML: [^\\n]+\\.$`)],
  ]);
  expect(JSON.stringify(problems)).not.toContain('sk-secret');
});

it('reads a file with a byte order mark, with Windows line ends, of 1 MB, or nested without end', () => {
  const prompt = 'word '.repeat(200_000);
  expect([
    problemsOf('\uFEFFtheme = 1\r\n'),
    load('\uFEFF[terminal]\r\nfont_size = 20\r\n').settings.terminal.fontSize,
    load(`[modes.long]\nprompt = """${prompt}"""`).settings.modes['long']?.prompt,
    load('# comment\n'.repeat(100_000)).problems,
    problemsOf(`defaults.shell = ${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  ]).toEqual([
    [expect.stringMatching(/^1:1 warning: Unknown table; /)],
    20,
    prompt,
    [],
    ['1:1 error: This is not TOML: it cannot be read.'],
  ]);
});

it('is quick with a file of 1 MB that is full of problems', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `[providers.p${index}]\nkind = "nothing"\n`).join(
    '',
  );
  const { settings, problems } = load(text);
  expect([settings, problems.length, problems.at(-1)?.line]).toEqual([defaults, 20_000, 40_000]);
}, 60_000);

it('gives up on a file with more faults than can be told', () => {
  const text = `providers.a = { kind = "openai", models = [${'3,'.repeat(200_000)}] }`;
  expect([load(text).settings, problemsOf(text)]).toEqual([
    defaults,
    ['1:1 error: More is wrong in this file than can be told.'],
  ]);
}, 20_000);

it('never quotes a value or an unknown name', () => {
  const secret = 'sk-secret value';
  const text = `
"${secret}" = 1
[providers.a]
kind = "${secret}"
[providers.b]
kind = "openai"
api_key = "${secret}"
base_url = "${secret}"
headers = { "${secret}" = "x", y = "\\n${secret}" }
[providers."${secret}"]
[defaults]
model = "${secret}"
mode = "${secret}"
cwd = "${secret}"
[keys]
"${secret}" = "F6"
palette = "Ctrl+${secret}"
usage = { key = "F7", when = "${secret}", "${secret}" = 1 }
settings = { key = "F7", when = "${secret}" }`;
  const { problems } = load(text);
  expect(problems).toHaveLength(14);
  expect(JSON.stringify(problems)).not.toContain('sk-secret');
});
