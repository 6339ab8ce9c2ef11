import type { IProgressState } from '@xterm/addon-progress';
import type { Terminal } from '@xterm/xterm';
import { useEffect, useState } from 'react';
import type { TerminalSettings } from '../../../shared/app.ts';

type Signals = Pick<TerminalSettings, 'bell' | 'progress'>;

/** What programs signal beside their text: the bell, and how far they are. */
export function TerminalSignals({
  terminal,
  settings: { bell, progress },
}: {
  readonly terminal: Terminal;
  readonly settings: Signals;
}) {
  return (
    <>
      {bell !== 'none' && <Bell terminal={terminal} isAudible={bell === 'sound'} />}
      {progress && <Progress terminal={terminal} />}
    </>
  );
}

/** How long the frame stands. */
const BELL_MS = 200;

function Bell({ terminal, isAudible }: { readonly terminal: Terminal; readonly isAudible: boolean }) {
  const [isRinging, setIsRinging] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listening = terminal.onBell(() => {
      // Many bells at once are one.
      if (timer !== undefined) return;
      if (isAudible) beep();
      else setIsRinging(true);
      timer = setTimeout(() => {
        timer = undefined;
        setIsRinging(false);
      }, BELL_MS);
    });
    return () => {
      clearTimeout(timer);
      listening.dispose();
    };
  }, [terminal, isAudible]);

  return isRinging && <div className="terminal-bell" />;
}

const BEEP_HERTZ = 660;
const BEEP_SECONDS = 0.12;
const BEEP_GAIN = 0.08;

function beep(): void {
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: BEEP_GAIN });
  const tone = new OscillatorNode(context, { frequency: BEEP_HERTZ });
  tone.connect(gain).connect(context.destination);
  gain.gain.setTargetAtTime(0, BEEP_SECONDS / 2, BEEP_SECONDS / 6);
  tone.start();
  tone.stop(BEEP_SECONDS);
  tone.addEventListener('ended', () => void context.close());
}

/** As ConEmu's sequence counts them. */
const STATES = ['none', 'normal', 'failed', 'unknown', 'paused'] as const;

function Progress({ terminal }: { readonly terminal: Terminal }) {
  const [{ state, value }, setProgress] = useState<IProgressState>({ state: 0, value: 0 });

  useEffect(() => {
    const resources = new DisposableStack();
    async function follow(): Promise<void> {
      const { ProgressAddon } = await import('@xterm/addon-progress');
      if (resources.disposed) return;
      const addon = resources.adopt(new ProgressAddon(), (addon) => addon.dispose());
      terminal.loadAddon(addon);
      addon.onChange(setProgress);
    }
    void follow();
    return () => resources.dispose();
  }, [terminal]);

  const kind = STATES[state];
  if (kind === 'none') return null;
  return (
    <progress
      className="terminal-progress"
      aria-label="Progress"
      data-kind={kind}
      max={100}
      value={kind === 'unknown' ? undefined : value}
    />
  );
}
