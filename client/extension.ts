import * as path from 'node:path';
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { type DocumentFilter, LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server; VS Code calls it when a file of a kind that Portolan reads is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Portolan', { log: true });
  const watchers = watchedFiles.map((pattern) => workspace.createFileSystemWatcher(pattern));
  client = new LanguageClient(
    'portolan',
    'Portolan',
    { module: path.join(context.extensionPath, 'dist', 'server.js'), transport: TransportKind.ipc },
    { documentSelector: documents, outputChannel: output, synchronize: { fileEvents: watchers } },
  );
  context.subscriptions.push(
    output,
    ...watchers,
    commands.registerCommand('portolan.restartServer', () => client?.restart()),
  );
  await client.start();
}

/** Stops the language server; VS Code waits for the promise. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

const composeFiles = '**/{compose,docker-compose,podman-compose,container-compose}*.{yml,yaml}';

/** Files that say something about ports or give the values of the variables that do, open in an editor or not. */
const watchedFiles = [
  composeFiles,
  '**/{Dockerfile,dockerfile,Containerfile,containerfile}*',
  '**/*.{Dockerfile,dockerfile,Containerfile,containerfile}',
  '**/.env',
];

/**
 * The schemes are named because the others hold old copies of the same files, the left side of a diff for one:
 * each copy would collide with its original.
 */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-remote'];

/** Editors without the language id `dockercompose` open compose files as `yaml`: their names tell them. */
const documents: DocumentFilter[] = schemes.flatMap((scheme) => [
  { scheme, language: 'dockerfile' },
  { scheme, language: 'dockercompose' },
  { scheme, language: 'yaml', pattern: composeFiles },
]);
