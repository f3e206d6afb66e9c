import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../model/snapshot';
import type { Workspace } from '../workspace/workspace';
import { guard, sent } from './guard';
import type { Engine } from './server-parts';
import { askedSettings, defaultSettings, type Settings, settingsOf, surroundOf } from './settings';

/** What the desk works with. */
export interface SettingsHost {
  readonly connection: Connection;
  readonly folders: readonly Uri[];
  readonly session: () => { readonly engine: Engine; readonly workspace: Workspace };
  /** Tells the user of a setting that cannot be followed. */
  readonly warn: (message: string) => void;
  /** Is called when the settings are known, the first time and each time that they have changed. */
  readonly settled: () => void;
}

/** Has the editor's settings, and hands the workspace what they settle of it. */
export class SettingsDesk {
  settings: Settings = defaultSettings;
  /** What the user was told of; the same is not told twice. */
  private warned: ReadonlySet<string> = new Set();

  constructor(private readonly host: SettingsHost) {}

  /** Asks the editor, if it is one that can be asked. */
  ask(isAskable: boolean): void {
    const { connection, folders, settled } = this.host;
    const log = connection.console;
    const asked = isAskable
      ? askedSettings(connection, folders)
      : Promise.resolve({ portolan: undefined, excluded: new Map(folders.map((uri) => [uri, undefined])) });
    const taken = asked
      .then((sections) => guard(log, 'settings', undefined, () => this.take(sections)))
      .finally(settled);
    sent(log, 'The settings cannot be had', taken);
  }

  private take(sections: Awaited<ReturnType<typeof askedSettings>>): void {
    const { session, warn } = this.host;
    const told = new Set<string>();
    const tell = (message: string): void => void told.add(message);
    this.settings = settingsOf(sections.portolan, tell);
    const { workspace, engine } = session();
    workspace.settle(surroundOf(sections, engine, tell));
    for (const message of told) if (!this.warned.has(message)) warn(message);
    this.warned = told;
  }
}
