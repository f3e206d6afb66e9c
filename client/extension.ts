import * as path from 'node:path';
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { type DocumentFilter, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { copyCheck, runCheck } from './checks';
import { giveOwnPorts, insertFreePort, moveCollidingPorts } from './free-ports';
import { lookUpPort } from './look-up';
import { openPlace } from './places';
import { PortPages } from './port-page';
import { updateRegistry, updateRegistryFromFile } from './update-registry';

let client: LanguageClient | undefined;

/** Starts the language server and offers its pages, its search and its update as commands. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Portolan', { log: true });
  const server = new LanguageClient(
    'portolan',
    'Portolan',
    { module: path.join(context.extensionPath, 'dist', 'server.js'), transport: TransportKind.ipc },
    {
      documentSelector: documents,
      outputChannel: output,
      // Hovers lead to these commands and to no others, whatever stands in the files they tell of.
      markdown: { isTrusted: { enabledCommands: linkedCommands } },
      initializationOptions: () => ({
        isTrusted: workspace.isTrusted,
        hasCommands: true,
        storage: context.globalStorageUri.fsPath,
      }),
    },
  );
  client = server;
  const pages = new PortPages(server);
  context.subscriptions.push(
    output,
    pages,
    workspace.onDidGrantWorkspaceTrust(() => server.sendNotification('portolan/trustGranted')),
    commands.registerCommand('portolan.restartServer', () => server.restart()),
    commands.registerCommand('portolan.lookUpPort', () => lookUpPort(server, pages)),
    commands.registerCommand('portolan.openPortPage', (port?: unknown) =>
      typeof port === 'number' ? pages.open(port) : lookUpPort(server, pages, numberAtCursor()),
    ),
    commands.registerCommand('portolan.openPlace', openPlace),
    commands.registerCommand('portolan.copyCheck', (...parameters: unknown[]) =>
      copyCheck(server, parameters),
    ),
    commands.registerCommand('portolan.runCheck', (...parameters: unknown[]) => runCheck(server, parameters)),
    commands.registerCommand('portolan.insertFreePort', () => insertFreePort(server)),
    commands.registerCommand('portolan.moveCollidingPorts', () => moveCollidingPorts(server)),
    commands.registerCommand('portolan.giveOwnPorts', (folder?: unknown) => giveOwnPorts(server, folder)),
    commands.registerCommand('portolan.updateRegistry', (from?: unknown) =>
      updateRegistry(server, typeof from === 'string' ? from : undefined),
    ),
    commands.registerCommand('portolan.updateRegistryFromFile', () => updateRegistryFromFile(server)),
  );
  await server.start();
}

/** Stops the language server; VS Code waits for the promise. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

/** The commands that a hover's links may call. */
const linkedCommands = ['portolan.openPortPage', 'portolan.openPlace', 'portolan.runCheck'];

/** What stands under the cursor, where it could be a port. */
function numberAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /\d{1,5}/);
  return range && editor?.document.getText(range);
}

/** Editors without the language id `dockercompose` open compose files as `yaml`: their names tell them. */
const composeFiles =
  '**/{compose,compose.*,compose-*,*docker*compose*,podman-compose*,container-compose*}.{yaml,yml}';

/**
 * The schemes are named because the others hold old copies of the same files, the left side of a diff for one,
 * and each copy would report its findings a second time.
 */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-remote'];

/** The language ids that mean one kind of file; three other extensions call nginx's files `nginx` or `NGINX`. */
const languages = [
  ...[
    'dockerfile',
    'dockercompose',
    'dotenv',
    'nginx',
    'NGINX',
    'iptables',
    'nft',
    'nftables',
    'ufw',
    'ufw-profile',
    'pf',
  ],
];

/** Names that other kinds of file have as well: the server looks at the text and takes what is its own. */
const candidates = [
  '**/*.{conf,conf.template,template,vhost,rules,v4,v6,nft,nginx,nginxconf,iptables,sh,bash,zsh,ksh}',
  '**/{nginx,sites-available,sites-enabled,conf.d,applications.d,pf.anchors,nftables,sysconfig}/**',
  '**/*.xml',
  '**/{rc.firewall*,rc.local,*firewall}',
  '**/{.env,.env.*,*.env}',
];

/** The settings for a folder, which the server checks, and follows as they are typed. */
const settingsFiles = '**/.portolan.json';

const documents: DocumentFilter[] = schemes.flatMap((scheme) => [
  ...languages.map((language) => ({ scheme, language })),
  { scheme, language: 'yaml', pattern: composeFiles },
  ...candidates.map((pattern) => ({ scheme, pattern })),
  { scheme, pattern: settingsFiles },
]);
