import { StandInEmitter } from './emitter.ts';

/** Runs first in a utility process: gives it the line to the app that Electron gives it. */
const parentPort = new StandInEmitter('process.parentPort', ['message']);
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
// The app's process has gone; Electron ends the others with it.
process.once('disconnect', () => process.exit());
Object.assign(process, {
  parentPort: Object.assign(parentPort, {
    postMessage: (message: object) => process.send?.(message, undefined, undefined, () => {}),
  }),
});
