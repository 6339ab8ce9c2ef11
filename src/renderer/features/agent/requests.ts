import { createRequests } from '../../ui/create-requests.ts';

export const [requestOfAgent, useAgentRequests] = createRequests<
  'send' | 'attach' | 'top' | 'bottom' | 'question'
>('carrel-agent-request');
