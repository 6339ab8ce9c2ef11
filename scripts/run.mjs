// What every npm script calls: `node scripts/run.mjs TASK …`. Runs on whatever Node the machine has, before anything is
// installed; the task itself then runs on the Node of node_modules.
const OLDEST_NODE = 20;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `Carrel needs Node ${OLDEST_NODE} or later to install itself; this is ${process.versions.node}. See https://nodejs.org/\n`,
  );
  process.exitCode = 1;
} else {
  // Imported only now, so that an old Node reads nothing that it does not understand.
  void Promise.all([import('./lib/project.mjs'), import('./lib/run-task.mjs')]).then(
    ([{ main }, { runTask }]) => main(runTask),
  );
}
