import { startDesktop } from './electron/desktop.ts';

startDesktop(import.meta.dirname);
