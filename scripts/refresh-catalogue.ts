import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  catalogueHead,
  catalogueLine,
  catalogueModel,
  type CatalogueLine,
  type CatalogueModel,
} from '../src/main/models/catalogue/catalogue-model.ts';
import { isChatModel } from '../src/main/models/catalogue/model-id.ts';
import type { Effort, Prices, ProviderKind } from '../src/shared/models.ts';
import { captureChild } from './lib/child.mjs';
import { main, PROJECT_FOLDER, say } from './lib/project.mjs';

/** Made from models.dev; MIT. */
const PACKAGE = '@earendil-works/pi-ai';
const CATALOGUE = join(PROJECT_FOLDER, 'src/main/models/catalogue/catalogue.jsonl');

/** The package's file for each kind that has a catalogue. */
const FILES = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'google',
  openrouter: 'openrouter',
  azure: 'azure',
  bedrock: 'amazon-bedrock',
  vertex: 'google-vertex',
  groq: 'groq',
  xai: 'xai',
  mistral: 'mistral',
  deepseek: 'deepseek',
} satisfies Partial<Record<ProviderKind, string>>;

/** Its levels of thinking, least first, and Carrel's words for them. */
const EFFORTS = {
  off: 'none',
  minimal: 'minimal',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'xhigh',
  max: 'max',
} as const;
/** Known of every model that reasons, unless it says otherwise. */
const USUAL_LEVELS: ReadonlySet<string> = new Set(['off', 'minimal', 'low', 'medium', 'high']);

/** Greater numbers are years or months. */
const GREATEST_VERSION = 20;

/** US dollars a million tokens; 0 stands for "not said" as well as for "nothing". */
const cost = z.object({
  input: z.number(),
  output: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
});
const sourceModel = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  input: z.array(z.string()).optional(),
  cost: cost.extend({ tiers: z.array(cost.extend({ inputTokensAbove: z.number() })).optional() }).optional(),
  reasoning: z.boolean().optional(),
  contextWindow: z.number().optional(),
  maxTokens: z.number().optional(),
  thinkingLevelMap: z.record(z.string(), z.string().nullable()).optional(),
});
type SourceModel = z.infer<typeof sourceModel>;

/** By kind of API and an id of the package's own. */
const sourceFile = z.record(z.string(), z.record(z.string(), sourceModel));

await main(async () => {
  const before = readCatalogue();
  const folder = mkdtempSync(join(tmpdir(), 'carrel-catalogue-'));
  try {
    const { head, lines } = readPackage(await download(folder));
    writeFileSync(CATALOGUE, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
    say(`${head.source}, ${head.date}`);
    for (const kind of Object.keys(FILES)) {
      const ofKind = (line: CatalogueLine) => line.kind === kind;
      say(`${kind}: ${describeChange(before.filter(ofKind), lines.filter(ofKind))}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});

function readCatalogue(): CatalogueLine[] {
  const [, ...lines] = readFileSync(CATALOGUE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => catalogueLine.parse(JSON.parse(line)));
}

/** The folder of the unpacked package. */
async function download(folder: string): Promise<string> {
  await run('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE], folder);
  await run('sh', ['-c', 'tar -xzf ./*.tgz'], folder);
  return join(folder, 'package');
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, output } = await captureChild(command, args, { cwd });
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} failed.\n${output}`);
}

function readPackage(folder: string) {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { version, license } = z
    .object({ version: z.string(), license: z.string() })
    .parse(read('package.json'));
  const { generatedAt } = z
    .object({ generatedAt: z.string() })
    .parse(read('dist/providers/data/.manifest.json'));
  const modelsOf = (file: string) => {
    const models = Object.values(sourceFile.parse(read(`dist/providers/data/${file}.json`)))
      .flatMap((models) => Object.values(models))
      .filter(({ id, type }) => type === 'chat' && isChatModel(id));
    if (models.length === 0) throw new Error(`${PACKAGE} ${version} has no chat models of ${file}.`);
    return models;
  };
  const windows = new Map(modelsOf(FILES.azure).map(({ id, contextWindow }) => [id, contextWindow]));
  const lines = Object.entries(FILES).flatMap(([kind, file]) =>
    modelsOf(file)
      .toSorted(newestFirst)
      .map((model) =>
        catalogueLine.parse({ kind, id: model.id, ...toFacts(withWholeWindow(model, windows)) }),
      ),
  );
  const source = `npm ${PACKAGE} ${version} (${license}), made from models.dev`;
  return { head: catalogueHead.parse({ source, date: generatedAt.slice(0, 10) }), lines };
}

/** The package ends some windows of OpenAI's where the dearer prices begin. Azure has the same models with all of it. */
function withWholeWindow(model: SourceModel, windows: ReadonlyMap<string, number | undefined>): SourceModel {
  const isCut = model.cost?.tiers?.some(({ inputTokensAbove }) => inputTokensAbove === model.contextWindow);
  return isCut ? { ...model, contextWindow: windows.get(model.id) ?? model.contextWindow } : model;
}

/** By maker, then by the version in the name, because the package knows no dates; of one version the dearest first. */
function newestFirst(one: SourceModel, other: SourceModel): number {
  return (
    makerOf(one).localeCompare(makerOf(other), 'en') ||
    versionOf(other) - versionOf(one) ||
    (other.cost?.output ?? 0) - (one.cost?.output ?? 0) ||
    one.id.localeCompare(other.id, 'en')
  );
}

function makerOf({ id }: SourceModel): string {
  return /^~?([\w-]+)\//.exec(id)?.[1] ?? /^(?:[a-z-]{2,6}\.)?([a-z]+)\.[a-z]/.exec(id)?.[1] ?? '';
}

/** The first number of the name that is not a size, as the 27 of "Qwen3.8 27B" is. */
function versionOf({ name }: SourceModel): number {
  const numbers = [...name.matchAll(/\d+(\.\d+)?(?!\d|\.\d|[bk]\b)/gi)].map(([number]) => Number(number));
  return numbers.find((number) => number <= GREATEST_VERSION) ?? 0;
}

function toFacts({ id, cost, ...model }: SourceModel): CatalogueModel {
  const prices = cost && toPrices(cost, id.endsWith(':free'));
  const tiers = cost?.tiers
    ?.toSorted((one, other) => one.inputTokensAbove - other.inputTokensAbove)
    .map(({ inputTokensAbove, ...tier }) => ({ aboveTokens: inputTokensAbove, ...toPrices(tier, true) }));
  return catalogueModel.parse({
    name: model.name.replace(/^[^:]+: /, '').replace(/ \(latest\)$/, ''),
    contextWindow: model.contextWindow,
    outputLimit: model.maxTokens,
    prices,
    ...(prices && tiers && { tiers }),
    abilities: {
      images: model.input?.includes('image'),
      // The package lists no chat model without.
      tools: true,
      reasoning: model.reasoning,
    },
    ...(model.reasoning && { efforts: effortsOf(model.thinkingLevelMap) }),
  });
}

function toPrices(
  { input, output, cacheRead, cacheWrite }: z.infer<typeof cost>,
  isFree: boolean,
): Prices | undefined {
  if (input === 0 && output === 0 && !isFree) return undefined;
  return {
    input,
    output,
    ...(cacheRead > 0 && { cachedInput: cacheRead }),
    ...(cacheWrite > 0 && { cacheWrite }),
  };
}

function effortsOf(levels: SourceModel['thinkingLevelMap'] = {}): Effort[] {
  return Object.entries(EFFORTS).flatMap(([level, effort]) => {
    const isKnown = levels[level] === undefined ? USUAL_LEVELS.has(level) : levels[level] !== null;
    return isKnown ? [effort] : [];
  });
}

function describeChange(before: readonly CatalogueLine[], after: readonly CatalogueLine[]): string {
  const old = new Map(before.map((line) => [line.id, line]));
  const ids = new Set(after.map(({ id }) => id));
  const repriced = after.filter((line) => old.has(line.id) && pricesOf(line) !== pricesOf(old.get(line.id)));
  const added = after.filter(({ id }) => !old.has(id));
  const gone = before.filter(({ id }) => !ids.has(id));
  return `${after.length} models, ${added.length} new, ${gone.length} gone, ${repriced.length} prices changed`;
}

function pricesOf(line: CatalogueLine | undefined): string {
  return JSON.stringify([line?.prices, line?.tiers]);
}
