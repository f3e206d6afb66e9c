import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Uri } from '../model/snapshot';
import type { Workspace } from '../workspace/workspace';
import { guard, type Log } from './guard';

/** What reading the open documents needs. */
export interface ReadingParts {
  readonly log: Log;
  /** The document as the editor has it; undefined where it is not open. */
  documentOf(uri: Uri): TextDocument | undefined;
  workspace(): Workspace;
  /** Told once of a document that is too long to be read. */
  tooLong(uri: Uri): void;
  /** Told of the first document of ours. */
  begun(uri: Uri): void;
}

/** Reads the texts of open documents when they are asked for: of a burst of edits, the last one's alone. */
export class ReadingDesk {
  private readonly unread = new Set<Uri>();
  private readonly leftOut = new Set<Uri>();
  private isBegun = false;

  constructor(private readonly parts: ReadingParts) {}

  /** Notes that the text is new. It is read when it is asked for, or when the edits that wait behind this one are in. */
  take(uri: Uri): void {
    this.unread.add(uri);
  }

  /** Forgets a document that is closed. */
  drop(uri: Uri): void {
    this.unread.delete(uri);
    this.leftOut.delete(uri);
  }

  /** Reads the texts that changed since they were last read. */
  read(): void {
    for (const uri of this.unread) {
      const document = this.parts.documentOf(uri);
      if (document !== undefined) guard(this.parts.log, uri, undefined, () => this.update(document));
    }
    this.unread.clear();
  }

  private update(document: TextDocument): void {
    const { uri, languageId } = document;
    const outcome = this.parts.workspace().update(uri, document.getText(), languageId);
    if (outcome !== 'too long') this.leftOut.delete(uri);
    else if (!this.leftOut.has(uri)) {
      this.leftOut.add(uri);
      this.parts.tooLong(uri);
    }
    if (outcome !== 'read' || this.isBegun) return;
    this.isBegun = true;
    this.parts.begun(uri);
  }
}
