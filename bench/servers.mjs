import { join } from 'node:path';

const bench = import.meta.dirname;
const peer = (...path) => join(bench, 'peers', 'node_modules', ...path);

/**
 * The servers that are measured. `reads` says per kind of document under which language id an editor opens it, which
 * one-character edit makes the server publish another result (no edit does so for all of them), and where its hover
 * has something to say. In both patterns the group `spot` is the place; `text` is what the fault puts there.
 * `wait` is the pause in milliseconds that the server makes after an edit before it starts to work.
 */
export const servers = [
  {
    id: 'portolan',
    script: join(bench, '..', 'dist', 'server.js'),
    wait: 0,
    reads: {
      compose: {
        languageId: 'dockercompose',
        fault: { pattern: /^ {6}- "\d{4}(?<spot>):8080"/d, text: '0' },
        hover: /^\s+(?:- "|target: |published: ")(?!70000)(?<spot>\d{4,5})(?=[:"]|$)/d,
      },
      dockerfile: {
        languageId: 'dockerfile',
        fault: { pattern: /^EXPOSE 8080(?<spot>)/d, text: '0' },
        hover: /^EXPOSE (?<spot>\d{4})(?![\d-])/d,
      },
    },
  },
  {
    id: 'dockerfile-language-server-nodejs',
    script: peer('dockerfile-language-server-nodejs', 'bin', 'docker-langserver'),
    wait: 0,
    reads: {
      dockerfile: {
        languageId: 'dockerfile',
        fault: { pattern: /^(?<spot>E)XPOSE 8080/d, text: 'e' },
        hover: /^(?<spot>EXPOSE)/d,
      },
    },
  },
  {
    id: 'yaml-language-server',
    script: peer('yaml-language-server', 'bin', 'yaml-language-server'),
    // The constant validationDelayMs in its yamlSettings.js; no setting changes it.
    wait: 200,
    // Schemas would come over the network. Without them the server does less work, not more.
    settings: {
      yaml: {
        validate: true,
        hover: true,
        schemaStore: { enable: false },
        kubernetesCRDStore: { enable: false },
      },
    },
    reads: {
      compose: {
        languageId: 'yaml',
        fault: { pattern: /^ {6}QUEUE_(?<spot>2):/d, text: '1' },
        hover: /^ {4}(?<spot>image|ports|environment):/d,
      },
    },
  },
  {
    id: 'compose-language-service',
    script: peer('@microsoft', 'compose-language-service', 'bin', 'docker-compose-langserver'),
    // The constant DiagnosticDelay in its DiagnosticProvider.js, the default that editors run it with.
    wait: 1000,
    reads: {
      compose: {
        languageId: 'dockercompose',
        fault: { pattern: /^ {6}QUEUE_(?<spot>2):/d, text: '1' },
        hover: /^ {4}(?<spot>image|ports|environment):/d,
      },
    },
  },
];

/** The yardstick for start-up. It reads no documents. */
export const emptyServer = {
  id: 'empty server',
  script: join(bench, 'dist', 'empty-server.js'),
  wait: 0,
  reads: {},
};
