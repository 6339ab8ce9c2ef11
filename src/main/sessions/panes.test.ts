import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { paneId } from '../../shared/ids.ts';
import { MAX_PANES, panesOf, type PaneLayout } from '../../shared/panes.ts';
import type { Result } from '../../shared/result.ts';
import { activePane, describeSession, type LiveSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

function valueOf<Value>(result: Result<Value, { message: string }>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function split({ registry }: TestRegistry, session: LiveSession, direction: 'row' | 'column' = 'row') {
  valueOf(registry.panes.split(session, activePane(session), direction));
  return activePane(session);
}

/** What a person sees of a tab's panes. */
function shape(session: LiveSession): unknown {
  const { panes, layout, activePaneId, cwd } = describeSession(session);
  const ids = panesOf(layout);
  const names = (part: PaneLayout): unknown =>
    typeof part === 'string'
      ? ids.indexOf(part)
      : [part.direction, ...part.parts.map(({ share, layout }) => [share, names(layout)])];
  return [panes.map((pane) => pane.cwd), names(layout), ids.indexOf(activePaneId), cwd];
}

describe('panes of a tab', () => {
  it('has one, whose id is the session’s', async () => {
    const { open } = await openRegistry('[defaults]\ncwd = "/"');
    const session = await open();
    expect(describeSession(session)).toMatchObject({
      panes: [{ id: session.id, cwd: '/', pty: { status: 'not-started' } }],
      layout: session.id,
      activePaneId: session.id,
    });
  });

  it('come back after a restart with places, folders, screens and the active one', async () => {
    const started = await openRegistry('[defaults]\ncwd = "/"');
    const session = await started.open();
    const second = split(started, session);
    started.ptys.at(-1)?.options.listener.cwdChanged('/tmp');
    split(started, session, 'column');
    valueOf(started.registry.panes.activate(session, second));
    const before = shape(session);
    expect(before).toEqual([
      ['/', '/tmp', '/tmp'],
      ['row', [0.5, 0], [0.5, ['column', [0.5, 1], [0.5, 2]]]],
      1,
      '/tmp',
    ]);
    const restarted = await started.restart();
    const again = live(restarted.registry, session.id);
    expect(shape(again)).toEqual(before);
    const opened = restarted.ptys.filter(({ options }) => options.readRestored?.());
    expect(opened.map(({ options }) => [options.cwd, options.readRestored?.()?.text])).toEqual(
      expect.arrayContaining([
        ['/', 'screen'],
        ['/tmp', 'screen'],
        ['/tmp', 'screen'],
      ]),
    );
  });

  it('tell each which program runs in them, and the active one for the tab', async () => {
    const started = await openRegistry();
    const session = await started.open();
    split(started, session);
    const [first, second] = started.ptys.slice(-2);
    const running = () => {
      const { runningProgram, panes } = describeSession(session);
      return [runningProgram, ...panes.map((pane) => pane.runningProgram)];
    };
    first?.options.listener.programChanged('vim');
    const beside = running();
    second?.options.listener.programChanged('top');
    expect([beside, running()]).toEqual([
      [undefined, 'vim', undefined],
      ['top', 'vim', 'top'],
    ]);
  });

  it('ends the shell of a pane that is closed and gives its room to the others', async () => {
    const started = await openRegistry('[defaults]\ncwd = "/"');
    const session = await started.open();
    split(started, session);
    const [first] = started.ptys.slice(-2);
    const pane = valueOf(started.registry.panes.find(session, paneId.parse(session.id)));
    valueOf(await started.registry.panes.close(session, pane));
    expect([shape(session), first?.isDisposed]).toEqual([[['/'], 0, 0, '/'], true]);
    const last = await started.registry.panes.close(session, activePane(session));
    expect(last).toMatchObject({ ok: false, error: { code: 'not-supported' } });
    const again = live((await started.restart()).registry, session.id);
    expect(shape(again)).toEqual([['/'], 0, 0, '/']);
  });

  it('refuses a layout that leaves one out, doubles one or names a stranger', async () => {
    const started = await openRegistry();
    const session = await started.open();
    const { id } = split(started, session);
    const first = paneId.parse(session.id);
    const row = (...layouts: PaneLayout[]): PaneLayout => ({
      direction: 'row',
      parts: layouts.map((layout) => ({ share: 1 / layouts.length, layout })),
    });
    for (const layout of [first, row(first, first), row(first, id, id), row(first, paneId.parse(ulid()))])
      expect(started.registry.panes.arrange(session, layout)).toMatchObject({ error: { code: 'bad-input' } });
    expect(valueOf(started.registry.panes.arrange(session, row(id, first))).layout).toEqual(row(id, first));
    const stranger = started.registry.panes.find(session, paneId.parse(ulid()));
    expect(stranger).toMatchObject({ error: { code: 'pane-not-found' } });
  });

  it('has a limit, and changes nothing that cannot be written', async () => {
    const started = await openRegistry();
    const session = await started.open();
    started.faults.savePanes = () => {
      throw new Error('The disk is full');
    };
    expect(started.registry.panes.split(session, activePane(session), 'row')).toMatchObject({
      error: { code: 'archive-write-failed' },
    });
    expect([session.panes.size, session.layout]).toEqual([1, session.id]);
    delete started.faults.savePanes;
    for (let count = 1; count < MAX_PANES; count += 1) split(started, session);
    expect(started.registry.panes.split(session, activePane(session), 'row')).toMatchObject({
      error: { code: 'not-supported' },
    });
  });

  it('opens with what can be read where rows are damaged', async () => {
    const started = await openRegistry('[defaults]\ncwd = "/"');
    const session = await started.open();
    split(started, session);
    const { archive } = started;
    const stored = archive.config(session.id).panes ?? '';
    const other = paneId.parse(ulid());
    archive.setConfig(session.id, 'panes', stored.replace(session.id, other));
    const second = await started.restart();
    expect(shape(live(second.registry, session.id))).toEqual([['/'], 0, 0, '/']);
    second.archive.setConfig(session.id, 'panes', '{"layout":');
    const third = await second.restart();
    expect(live(third.registry, session.id).layout).toBe(session.id);
  });

  it('keeps its panes when the tab is reset, and a fork has one in the active folder', async () => {
    const started = await openRegistry('[defaults]\ncwd = "/"');
    const session = await started.open();
    split(started, session);
    started.ptys.at(-1)?.options.listener.cwdChanged('/tmp');
    await started.registry.clearing.reset(session);
    const fork = valueOf(await started.registry.fork(session, undefined));
    const again = await started.restart();
    expect([session.id, fork.id].map((id) => shape(live(again.registry, id)))).toEqual([
      [['/', '/tmp'], ['row', [0.5, 0], [0.5, 1]], 1, '/tmp'],
      [['/tmp'], 0, 0, '/tmp'],
    ]);
  });

  it('ends every shell when the tab is closed', async () => {
    const started = await openRegistry();
    const session = await started.open();
    split(started, session);
    await started.registry.close(session);
    expect(started.ptys.slice(-2).map(({ isDisposed }) => isDisposed)).toEqual([true, true]);
  });
});
