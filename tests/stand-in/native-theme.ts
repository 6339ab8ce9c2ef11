import { refuseUnknown, StandInEmitter } from './emitter.ts';

export type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's `nativeTheme`. The stand-in's system is light. */
export class NativeTheme extends StandInEmitter {
  #source: ThemeSource = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
    refuseUnknown('nativeTheme', this);
  }

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
