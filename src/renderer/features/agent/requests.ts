import { createRequests } from '../../ui/create-requests.ts';

export const [requestOfAgent, useAgentRequests] = createRequests<'send' | 'top' | 'bottom'>(
  'carrel-agent-request',
);
