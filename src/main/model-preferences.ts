import { z } from 'zod';
import { modelReference, type ModelPreferences, type ModelReference } from '../shared/models.ts';

const MOST_RECENT = 6;

/** The models that the user starred and picked last; they are the app's, and no tab's. */
export class KeptModelPreferences {
  readonly #state: { state(key: string): string | undefined; setState(key: string, value: string): void };
  readonly #changed: (preferences: ModelPreferences) => void;

  constructor(
    state: { state(key: string): string | undefined; setState(key: string, value: string): void },
    changed: (preferences: ModelPreferences) => void,
  ) {
    this.#state = state;
    this.#changed = changed;
  }

  get current(): ModelPreferences {
    return { favourites: this.#read('favourite-models'), recent: this.#read('recent-models') };
  }

  setFavourite(reference: ModelReference, isFavourite: boolean): void {
    const others = this.current.favourites.filter((other) => other !== reference);
    this.#write('favourite-models', isFavourite ? [...others, reference] : others);
  }

  picked(reference: ModelReference): void {
    const { recent } = this.current;
    if (recent[0] === reference) return;
    const others = recent.filter((other) => other !== reference);
    this.#write('recent-models', [reference, ...others].slice(0, MOST_RECENT));
  }

  #read(key: string): ModelReference[] {
    try {
      return z.array(modelReference).parse(JSON.parse(this.#state.state(key) ?? '[]'));
    } catch {
      return [];
    }
  }

  #write(key: string, references: readonly ModelReference[]): void {
    this.#state.setState(key, JSON.stringify(references));
    this.#changed(this.current);
  }
}
