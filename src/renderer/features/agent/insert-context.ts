import { createContext } from 'react';

/** Puts code on the prompt of the tab's shell; undefined where there is none beside. */
export const InsertContext = createContext<((code: string) => void) | undefined>(undefined);
