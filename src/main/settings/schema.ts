import { z } from 'zod';
import { pasteReason } from '../../shared/app.ts';
import { effort, modelReference, OFFLINE_GUIDE, providerKind, splitReference } from '../../shared/models.ts';
import { profileIcon, tabColour } from '../../shared/profiles.ts';
import { commandName, keySetting } from './key-setting.ts';

/*
 * settings.toml as it is written. Each description says what is expected, in words that follow "must be" in a message;
 * defaults, the names that unknown keys are compared with, and the tests of the example and the guide come from here too.
 */

const GUIDE_PROVIDER = splitReference(OFFLINE_GUIDE).provider;

function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values).describe(`one of ${values.map((value) => `"${value}"`).join(', ')}`);
}

function numberFrom(least: number, most: number, unit: string) {
  return z.number().min(least).max(most).describe(`a number of ${unit} from ${least} to ${most}`);
}

function countFrom(least: number, unit: string) {
  return z.number().int().min(least).describe(`a whole number of ${unit}, ${least} or more`);
}

const dollars = z.number().positive().describe('a number of US dollars above 0');
const fontWeight = z.number().min(100).max(900).describe('a weight from 100 to 900');
const yesOrNo = z.boolean().describe('true or false');
const text = z.string().min(1).describe('a text that is not empty');
const model = modelReference.describe('a model, written "provider/model"');
const modelOrAlias = z.string().describe('a model, written "provider/model", or the name of an alias');
/** Becomes part of a host's name. */
const region = z
  .string()
  .regex(/^[a-z0-9-]+$/)
  .describe('made of small letters, digits and dashes');
const word = z
  .string()
  .regex(/^[\w.:-]+$/)
  .describe('made of letters, digits, dots and dashes');
const aliasName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/)
  .describe('made of letters, digits and dashes');

/** Sent in a header, so it has no spaces or control characters. */
const apiKey = z
  .string()
  .regex(/^(\$[A-Za-z_]\w*|keychain:[\w.-]+|(?!\$|keychain:)[!-~]+)$/)
  .describe(
    'the name of a variable, written "$NAME", of a key in the keychain, written "keychain:NAME", or the key itself without spaces',
  );

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/)
  .describe('made of letters, digits and dashes');
const headerValue = z
  .string()
  .regex(/^[\t -~]*$/)
  .describe('a text of one line in plain ASCII');

const providerId = z
  .string()
  .regex(/^[^/\s]+$/)
  .refine((id) => id !== GUIDE_PROVIDER)
  .describe(`without spaces and slashes, and not "${GUIDE_PROVIDER}", which is built in`);

const provider = z.strictObject({
  kind: oneOf(providerKind.options),
  api_key: apiKey.exactOptional(),
  base_url: z
    .url({ protocol: /^https?$/ })
    .describe('an http:// or https:// address')
    .exactOptional(),
  models: z.array(text).describe('a list of model names').exactOptional(),
  headers: z.record(headerName, headerValue).prefault({}),
  enabled: yesOrNo.default(true),
  context_window: countFrom(1000, 'tokens').exactOptional(),
  region: region.exactOptional(),
  project: word.exactOptional(),
  api_version: word.exactOptional(),
});

const mode = z.strictObject({
  description: z.string().describe('a text').exactOptional(),
  prompt: text.exactOptional(),
  model: modelOrAlias.exactOptional(),
  approvals: oneOf(['ask', 'allow-edits', 'read-only']).exactOptional(),
  tools: z.array(text).describe('a list of names of tools').exactOptional(),
});

/** Two labels at least behind a wildcard: the sandbox refuses more. */
const host = z
  .string()
  .regex(/^(localhost|(\*\.)?([\w-]+\.)+[A-Za-z][\w-]*)(:\d{1,5})?$/)
  .refine((name) => !/^\*\.[^.]*$/.test(name))
  .describe('a host name, as "registry.npmjs.org" or "*.example.com", perhaps with a port');
const rules = z.array(text).describe('a list of rules, each a text').default([]);

const folder = z
  .string()
  .regex(/^(~(\/|$)|\/|[A-Za-z]:[/\\])/)
  .describe('an absolute path, or one that starts with "~/"');

const profileName = z
  .string()
  .regex(/^[^\p{Cc}]{1,64}$/u)
  .describe('of one line and at most 64 characters');
const variableName = z
  .string()
  .regex(/^[A-Za-z_]\w*$/)
  .describe('made of letters, digits and underscores');
/** The system could not pass on anything else. */
const withoutNull = z.string().regex(/^[^\0]*$/);

const profile = z.strictObject({
  command: text.exactOptional(),
  args: z.array(withoutNull).describe('a list of texts').exactOptional(),
  env: z.record(variableName, withoutNull.describe('a text')).describe('a table of texts').prefault({}),
  cwd: folder.exactOptional(),
  icon: oneOf(profileIcon.options).exactOptional(),
  colour: oneOf(tabColour.options).exactOptional(),
  model: modelOrAlias.exactOptional(),
  mode: text.exactOptional(),
  hidden: yesOrNo.default(false),
});

export const fileSchema = z.strictObject({
  defaults: z
    .strictObject({
      model: modelOrAlias.exactOptional(),
      mode: text.default('code'),
      effort: oneOf(effort.options).default('default'),
      shell: text.exactOptional(),
      cwd: folder.exactOptional(),
      profile: text.exactOptional(),
    })
    .prefault({}),
  aliases: z.record(aliasName, model).prefault({}),
  budget: z
    .strictObject({
      tab_dollars: dollars.exactOptional(),
      tab_tokens: countFrom(1, 'tokens').exactOptional(),
      tab_turns: countFrom(1, 'turns').exactOptional(),
      day_dollars: dollars.exactOptional(),
    })
    .prefault({}),
  switching: z
    .strictObject({ ask_above_dollars: numberFrom(0, 1000, 'US dollars').default(0.25) })
    .prefault({}),
  providers: z.record(providerId, provider).prefault({}),
  modes: z.record(text, mode).prefault({}),
  approvals: z.strictObject({ allow: rules, ask: rules, deny: rules }).prefault({}),
  profiles: z.record(profileName, profile).prefault({}),
  appearance: z
    .strictObject({
      theme: oneOf(['system', 'dark', 'light']).default('system'),
      tabs: oneOf(['top', 'left']).default('top'),
    })
    .prefault({}),
  terminal: z
    .strictObject({
      theme: text.default('Carrel'),
      theme_light: text.exactOptional(),
      font_family: text.default('"JetBrains Mono Variable", monospace'),
      font_size: numberFrom(6, 40, 'pixels').default(13),
      font_weight: fontWeight.default(400),
      font_weight_bold: fontWeight.default(700),
      line_height: numberFrom(1, 3, 'font sizes').default(1.54),
      letter_spacing: numberFrom(-5, 20, 'pixels').default(0),
      minimum_contrast: z.number().min(1).max(21).describe('a ratio from 1 to 21').default(4.5),
      ligatures: yesOrNo.default(false),
      scrollback: numberFrom(0, 100_000, 'whole lines').int().default(5000),
      scroll_speed: z.number().min(0.1).max(20).describe('a factor from 0.1 to 20').default(1),
      smooth_scrolling: yesOrNo.default(false),
      cursor_style: oneOf(['block', 'bar', 'underline']).default('block'),
      cursor_inactive_style: oneOf(['outline', 'block', 'bar', 'underline', 'none']).default('outline'),
      cursor_blink: yesOrNo.default(false),
      bell: oneOf(['none', 'visual', 'sound']).default('visual'),
      progress: yesOrNo.default(true),
      images: yesOrNo.default(true),
      editor_command: text.exactOptional(),
      copy_on_select: yesOrNo.default(false),
      middle_click_paste: yesOrNo.default(true),
      paste_asks_about: z
        .array(oneOf(pasteReason.options))
        .describe('a list of "lines" and "sudo"')
        .default(['lines', 'sudo']),
      right_click: oneOf(['menu', 'paste', 'copy_or_paste']).default('menu'),
      word_separators: z.string().describe('a text').default(' ()[]{}\',"`│'),
      screen_reader: oneOf(['auto', 'on', 'off']).default('auto'),
      shell_integration: yesOrNo.default(true),
    })
    .prefault({}),
  keys: z.record(commandName, keySetting).prefault({}),
  agent: z
    .strictObject({
      idle_timeout_seconds: numberFrom(1, 3600, 'seconds').default(60),
      max_steps: numberFrom(1, 1000, 'whole steps').int().default(50),
      retries: numberFrom(0, 10, 'whole tries').int().default(2),
      command_timeout_seconds: numberFrom(1, 86_400, 'seconds').default(120),
      sandbox: oneOf(['auto', 'off']).default('auto'),
      sandbox_hosts: z.array(host).describe('a list of host names').default([]),
    })
    .prefault({}),
});
export type FileContent = z.output<typeof fileSchema>;

export type Path = readonly PropertyKey[];

/** The schema of what lies at a path, without what only says that it may be absent. */
export function schemaAt(path: Path): z.core.$ZodType {
  return path.reduce<z.core.$ZodType>((schema, key) => bare(childOf(schema, key)), fileSchema);
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.core.$ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  throw new Error('Only tables have keys');
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional;
  return isWrapped ? bare(schema.unwrap()) : schema;
}
