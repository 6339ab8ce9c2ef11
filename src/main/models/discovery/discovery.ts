import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isReachable, type Provider, type ReachableProvider } from '../provider.ts';
import { TransportError } from '../transport-error.ts';
import { askProvider } from './ask-provider.ts';
import { listedModel, type ListedModel } from './listed-model.ts';

/** Where what was listed is kept over restarts. */
export type ListingCache = { load(): string | undefined; save(text: string): void };

export type DiscoveryOptions = {
  readonly fetch: typeof globalThis.fetch;
  readonly cache: ListingCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A provider that has not answered whole by then has failed. */
  readonly timeoutMs: number;
};

/** A server on this machine answers at once, and its models come and go with a command. */
const LOOPBACK_FRESH_MS = 30_000;
const FRESH_MS = 10 * 60_000;

/** What a provider listed. */
type Listing = {
  /** Its address: what was listed elsewhere does not count. */
  readonly place: string;
  /** Address, key and headers; unknown after a restart, because no key is kept. */
  readonly identity: string | undefined;
  readonly models: ReadonlyMap<string, ListedModel>;
  /** Milliseconds since 1970; 0 after a restart. */
  readonly listedAt: number;
};

const stored = z.record(z.string(), z.object({ place: z.string(), models: z.array(listedModel) }));

type Asked = Result<ReadonlyMap<string, ListedModel>, TransportError>;

/** Asks providers for their models, and keeps what each one listed last. */
export class Discovery implements Disposable {
  readonly #options: DiscoveryOptions;
  readonly #listings = new Map<string, Listing>();
  readonly #asking = new Map<string, Promise<Asked>>();
  readonly #listeners = new Set<() => void>();
  readonly #disposal = new AbortController();

  constructor(options: DiscoveryOptions) {
    this.#options = options;
    for (const [id, { place, models }] of Object.entries(this.#load())) {
      this.#listings.set(id, { place, identity: undefined, models: byId(models), listedAt: 0 });
    }
  }

  /** What the provider listed last, in its order; undefined when it never did, or has another address or key since. */
  listed(provider: Provider): ReadonlyMap<string, ListedModel> | undefined {
    const listing = this.#listings.get(provider.id);
    return listing && isReachable(provider) && isOf(listing, provider) ? listing.models : undefined;
  }

  /** Asks the provider unless it was asked lately or `isForced`. A failure changes nothing. */
  async ask(provider: ReachableProvider, { isForced }: { readonly isForced: boolean }): Promise<Asked> {
    const listing = this.#listings.get(provider.id);
    const freshMs = provider.isLoopback ? LOOPBACK_FRESH_MS : FRESH_MS;
    const isFresh = listing && isOf(listing, provider) && this.#options.now() - listing.listedAt < freshMs;
    if (isFresh && !isForced) return ok(listing.models);
    const identity = identityOf(provider);
    const asking = this.#asking.get(identity) ?? this.#askNow(provider, identity);
    this.#asking.set(identity, asking);
    return await asking.finally(() => this.#asking.delete(identity));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  [Symbol.dispose](): void {
    this.#disposal.abort();
    this.#listeners.clear();
  }

  async #askNow(provider: ReachableProvider, identity: string): Promise<Asked> {
    const { fetch, timeoutMs, now } = this.#options;
    const signal = AbortSignal.any([this.#disposal.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const models = byId(await askProvider(provider, { fetch, signal }));
      if (!this.#disposal.signal.aborted) {
        this.#keep(provider.id, { place: placeOf(provider), identity, models, listedAt: now() });
      }
      return ok(models);
    } catch (error) {
      if (error instanceof TransportError) return err(error);
      if (!signal.aborted) throw error;
      return err(new TransportError('timed-out', `did not answer within ${timeoutMs / 1000} s.`));
    }
  }

  #keep(id: string, listing: Listing): void {
    const before = this.#stored();
    this.#listings.set(id, listing);
    const after = this.#stored();
    if (before === after) return;
    try {
      this.#options.cache.save(after);
    } catch {
      // The next start asks once more.
    }
    for (const listener of this.#listeners) listener();
  }

  #stored(): string {
    const entries = [...this.#listings].map(([id, { place, models }]) => [
      id,
      { place, models: [...models.values()] },
    ]);
    return JSON.stringify(Object.fromEntries(entries));
  }

  #load(): z.infer<typeof stored> {
    try {
      return stored.parse(JSON.parse(this.#options.cache.load() ?? '{}'));
    } catch {
      // It is only a copy of what the providers say: they are asked again.
      return {};
    }
  }
}

function byId(models: readonly ListedModel[]): ReadonlyMap<string, ListedModel> {
  return new Map(models.map((model) => [model.id, model]));
}

function isOf({ place, identity }: Listing, provider: ReachableProvider): boolean {
  return identity === undefined ? place === placeOf(provider) : identity === identityOf(provider);
}

function placeOf({ settings: { kind }, endpoint }: ReachableProvider): string {
  return `${kind} ${endpoint.href}`;
}

function identityOf(provider: ReachableProvider): string {
  const { credential, settings } = provider;
  const key = credential.status === 'key' ? credential.key : '';
  return JSON.stringify([provider.id, placeOf(provider), key, settings.headers]);
}
