import type { Input } from '../../shared/contract.ts';
import type { ModelReference } from '../../shared/models.ts';
import type { ActionParts } from './calls.ts';

/** What holds for all tabs: settings.toml, models, rules, and the records of approvals and usage. */
export function createSettingsActions({ store, calls }: ActionParts) {
  const { getState: state, setState } = store;
  const { call, callOrNotify, notify } = calls;

  async function openSettings(): Promise<void> {
    const opened = await callOrNotify('settings.toml was not opened', 'settings.open', {});
    // The web host has no editor to open it with.
    if (opened.ok && state().host?.kind === 'web') {
      notify('settings.open', {
        severity: 'info',
        title: 'Open settings.toml in your editor',
        body: opened.value.path,
      });
    }
  }

  return {
    openSettings,
    refreshModels: () => call('models.refresh', {}),
    setFavourite: (reference: ModelReference, isFavourite: boolean) =>
      callOrNotify('The star was not kept', 'models.setFavourite', { reference, isFavourite }),
    setDefaultModel: (reference: ModelReference) => call('settings.setDefaultModel', { reference }),
    /** An empty name leaves new tabs the default shell. */
    setDefaultProfile: (name: string) => call('settings.setDefaultProfile', { name }),
    setTerminalTheme: (input: Input<'settings.setTerminalTheme'>) => call('settings.setTerminalTheme', input),
    /** Shows a theme without choosing it; undefined shows the chosen one again. */
    previewTheme: (previewedTheme: string | undefined) => setState({ previewedTheme }),
    setKeys: (input: Input<'settings.setKeys'>) => call('settings.setKeys', input),
    saveProvider: (input: Input<'provider.save'>) => call('provider.save', input),
    setProviderKey: (input: Input<'provider.setKey'>) => call('provider.setKey', input),
    testProvider: (id: string) => call('provider.test', { id }),
    tryApproval: (input: Input<'approvals.try'>) => call('approvals.try', input),
    listRules: () => call('approvals.list', {}),
    removeRule: (kept: Input<'approvals.remove'>) => call('approvals.remove', kept),
    listLedger: (page: Input<'ledger.list'>) => call('ledger.list', page),
    ledgerChoices: () => call('ledger.choices', {}),
    reportUsage: (span: Input<'usage.report'>) => call('usage.report', span),
    exportUsage: (span: Input<'usage.export'>) =>
      callOrNotify('Usage was not exported', 'usage.export', span),
  };
}
