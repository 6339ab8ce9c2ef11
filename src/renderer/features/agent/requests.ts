import { createRequests } from '../../ui/create-requests.ts';

export const { request: requestOfAgent, useRequests: useAgentRequests } = createRequests<
  'send' | 'top' | 'bottom'
>('carrel-agent-request');
