import * as path from 'node:path';
import { commands, type ExtensionContext, window } from 'vscode';
import { type DocumentFilter, LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language server; the server itself asks for the files to be watched. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Portolan', { log: true });
  client = new LanguageClient(
    'portolan',
    'Portolan',
    { module: path.join(context.extensionPath, 'dist', 'server.js'), transport: TransportKind.ipc },
    { documentSelector: documents, outputChannel: output },
  );
  context.subscriptions.push(
    output,
    commands.registerCommand('portolan.restartServer', () => client?.restart()),
  );
  await client.start();
}

/** Stops the language server; VS Code waits for the promise. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

/** Editors without the language id `dockercompose` open compose files as `yaml`: their names tell them. */
const composeFiles =
  '**/{compose,compose.*,compose-*,*docker*compose*,podman-compose*,container-compose*}.{yaml,yml}';

/**
 * The schemes are named because the others hold old copies of the same files, the left side of a diff for one,
 * and each copy would report its findings a second time.
 */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-remote'];

const documents: DocumentFilter[] = schemes.flatMap((scheme) => [
  { scheme, language: 'dockerfile' },
  { scheme, language: 'dockercompose' },
  { scheme, language: 'yaml', pattern: composeFiles },
]);
