import type { AgentError } from '../../../shared/agent.ts';

/** A title, and the few words that fit behind "Failed". */
const WORDS: Readonly<Record<AgentError['code'], readonly [title: string, short: string]>> = {
  'credential-missing': ['There is no key for this provider', 'no key'],
  'credential-refused': ['The provider refused the key', 'key refused'],
  'model-unknown': ['The provider has no such model', 'unknown model'],
  'rate-limited': ['The provider asks to slow down', 'too many requests'],
  'quota-spent': ['Nothing is left on the account', 'quota spent'],
  'context-exceeded': ['The conversation is too long for the model', 'conversation too long'],
  'provider-failed': ['The provider has a problem', 'provider error'],
  network: ['The provider cannot be reached', 'no connection'],
  'stream-cut': ['The answer broke off', 'answer broke off'],
  'answer-cut': ['The answer is not whole', 'answer not whole'],
  'bad-response': ['The answer could not be read', 'unreadable answer'],
  'request-refused': ['The provider refused the request', 'request refused'],
  'timed-out': ['No answer came in time', 'no answer in time'],
  'not-available': ['This model is not available', 'model not available'],
  'step-limit': ['The agent took too many steps', 'too many steps'],
};

export function failureTitle({ code }: AgentError): string {
  return WORDS[code][0];
}

export function failureInShort({ code, status }: AgentError): string {
  return [WORDS[code][1], status].filter((word) => word !== undefined).join(', ');
}
