import type { ProgramSpec } from './types.ts';

const DOCKER_LOOK: ProgramSpec = {
  options:
    '-aqnfl: -s --all --quiet --no-trunc --format= --filter= --last= --latest --size --tail= --follow --timestamps -t --since= --until= --no-color --services --details',
};

const KUBE_LOOK: ProgramSpec = {
  options:
    '-Aown: -l: --all-namespaces --output= --namespace= --selector= --watch -w --tail= --since= --container= -c: --previous --show-labels --sort-by= --no-headers --field-selector= --timestamps --context=',
  check: (words) => (words.some(({ text }) => /secret/i.test(text)) ? 'It may show secrets.' : undefined),
};

/** Programs that speak to services. */
export const services: Readonly<Record<string, ProgramSpec>> = {
  docker: {
    options: '-v --version',
    subcommands: {
      ps: DOCKER_LOOK,
      images: DOCKER_LOOK,
      logs: DOCKER_LOOK,
      version: DOCKER_LOOK,
      info: DOCKER_LOOK,
      stats: { options: '-a --no-stream --all --no-trunc --format=' },
      top: { options: '' },
      port: { options: '' },
      diff: { options: '' },
      history: DOCKER_LOOK,
      compose: {
        options: '',
        subcommands: {
          ps: DOCKER_LOOK,
          logs: DOCKER_LOOK,
          ls: DOCKER_LOOK,
          top: { options: '' },
          images: DOCKER_LOOK,
          version: DOCKER_LOOK,
          up: {
            mustBeNamed: true,
            options: '-d --detach --build --wait --no-build --quiet-pull --remove-orphans',
          },
          down: { mustBeNamed: true, options: '--remove-orphans' },
        },
      },
      image: { options: '', subcommands: { ls: DOCKER_LOOK, history: DOCKER_LOOK } },
      container: { options: '', subcommands: { ls: DOCKER_LOOK, logs: DOCKER_LOOK, top: { options: '' } } },
      volume: { options: '', subcommands: { ls: DOCKER_LOOK } },
      network: { options: '', subcommands: { ls: DOCKER_LOOK } },
      exec: { mustBeNamed: true, options: '-it', first: ['text'], operands: 'runs' },
    },
  },
  kubectl: {
    options: '-n: --namespace= --context=',
    subcommands: {
      get: KUBE_LOOK,
      describe: KUBE_LOOK,
      logs: KUBE_LOOK,
      top: KUBE_LOOK,
      version: { options: '--client --short --output=' },
      explain: KUBE_LOOK,
      'api-resources': KUBE_LOOK,
      'cluster-info': { options: '' },
    },
  },
  gh: {
    options: '--version',
    subcommands: Object.fromEntries(
      ['pr', 'issue', 'run', 'repo', 'release', 'workflow'].map((name) => [
        name,
        {
          options: '',
          subcommands: Object.fromEntries(
            ['list', 'view', 'status', 'diff', 'checks'].map((verb) => [
              verb,
              {
                options:
                  '-L: -s: --limit= --state= --json= --comments --author= --label= --branch= --log --log-failed --name-only',
              },
            ]),
          ),
        },
      ]),
    ),
  },
};
