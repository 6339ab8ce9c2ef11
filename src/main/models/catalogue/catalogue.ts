import type { ProviderKind } from '../../../shared/models.ts';
import text from './catalogue.jsonl?raw';
import { lineStart, type CatalogueLine, type CatalogueModel } from './catalogue-model.ts';
import { isBedrockArea, plainId, withoutDate } from './model-id.ts';

type Index = {
  /** In the catalogue's order, the newest first. */
  readonly exact: ReadonlyMap<string, CatalogueModel>;
  readonly plain: ReadonlyMap<string, CatalogueModel>;
};

/** Kinds in whose catalogues the ids of a compatible server may occur, as those of the makers of open weights. */
const OPEN_KINDS = ['groq', 'openrouter'] as const;

/** What Carrel knows of models without asking anyone. Read when it is first looked into. */
export class Catalogue {
  #lines: readonly string[] | undefined;
  readonly #indices = new Map<ProviderKind, Index>();

  /** Finds the model also under an id with a date or, on Bedrock, a region; prices only where they are sure to be its own. */
  find(kind: ProviderKind, id: string): CatalogueModel | undefined {
    if (kind === 'ollama') return undefined;
    if (kind === 'openai-compatible') return this.#findOpen(id);
    const { exact, plain } = this.#indexOf(kind);
    const own = exact.get(id);
    if (own) return own;
    const wanted = plainId(kind, id);
    const found = plain.get(wanted.plain);
    return found && !wanted.isSamePrice ? withoutPrices(found) : found;
  }

  /** The models of the kind, the newest first; neither snapshots of one that is there itself nor, on Bedrock, other regions'. */
  offered(kind: ProviderKind, region: string): string[] {
    const { exact } = this.#indexOf(kind);
    if (kind !== 'bedrock') return [...exact.keys()].filter((id) => isNewest(id, exact));
    const withArea = new Set([...exact.keys()].filter((id) => isBedrockArea(id, region) === true));
    const models = new Set([...withArea].map((id) => plainId(kind, id).plain));
    return [...exact.keys()].filter(
      (id) =>
        withArea.has(id) || (isBedrockArea(id, region) === undefined && !models.has(plainId(kind, id).plain)),
    );
  }

  /** Only what the weights themselves can do: window and prices are the server's. */
  #findOpen(id: string): CatalogueModel | undefined {
    for (const kind of OPEN_KINDS) {
      const { name, contextWindow, abilities } = this.#indexOf(kind).exact.get(id) ?? {};
      if (abilities) return { ...(name && { name }), ...(contextWindow && { contextWindow }), abilities };
    }
    return undefined;
  }

  #indexOf(kind: ProviderKind): Index {
    const known = this.#indices.get(kind);
    if (known) return known;
    this.#lines ??= text.split('\n');
    const start = lineStart(kind);
    const exact = new Map(this.#lines.filter((line) => line.startsWith(start)).map(parseLine));
    const index = { exact, plain: plainIndex(kind, exact) };
    this.#indices.set(kind, index);
    return index;
  }
}

/** Not checked against its schema each time: a test does that once. */
function parseLine(line: string): [string, CatalogueModel] {
  const { kind: _, id, ...model } = JSON.parse(line) as CatalogueLine;
  return [id, model];
}

/** By plain id. A model's own entry goes before those with a date or a region; where only such differ, none is sure. */
function plainIndex(
  kind: ProviderKind,
  exact: ReadonlyMap<string, CatalogueModel>,
): Map<string, CatalogueModel> {
  const index = new Map<string, CatalogueModel>();
  const isPriced = new Set<string>();
  for (const [id, model] of exact) {
    const { plain, isSamePrice } = plainId(kind, id);
    if (exact.has(plain) && plain !== id) continue;
    const other = index.get(plain);
    if (!isSamePrice) index.set(plain, other ?? withoutPrices(model));
    else index.set(plain, isPriced.has(plain) && !isSame(other, model) ? withoutPrices(model) : model);
    if (isSamePrice) isPriced.add(plain);
  }
  return index;
}

function isSame(one: CatalogueModel | undefined, other: CatalogueModel): boolean {
  return JSON.stringify([one?.prices, one?.tiers]) === JSON.stringify([other.prices, other.tiers]);
}

function isNewest(id: string, exact: ReadonlyMap<string, CatalogueModel>): boolean {
  const undated = withoutDate(id);
  return undated === id || !exact.has(undated);
}

function withoutPrices(model: CatalogueModel): CatalogueModel {
  const { prices: _, tiers: __, ...facts } = model;
  return facts;
}
