import { createRequests } from '../../ui/create-requests.ts';

type ViewRequest =
  | 'copy'
  | 'copy-html'
  | 'paste'
  | 'select-all'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'clear'
  | 'insert'
  | 'restart';

/** Of the block that is current, else of the last one. */
type BlockRequest =
  | 'previous-block'
  | 'next-block'
  | 'copy-command'
  | 'copy-output'
  | 'select-output'
  | 'fold'
  | 'run-again'
  | 'ask'
  | 'fix';

export const [requestOfTerminal, useTerminalRequests] = createRequests<ViewRequest | BlockRequest>(
  'carrel-terminal-request',
);
