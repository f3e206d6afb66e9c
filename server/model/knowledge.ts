import type { PortRange, Transport } from './port';
import type { Registry } from './registry';

/**
 * How sure it is that a program is found on a port: `default` says that the program itself listens there unless it is
 * told otherwise, `convention` that people put this kind of program there, `seen` that public configuration does.
 */
export const certainties = ['default', 'convention', 'seen'] as const;
export type Certainty = (typeof certainties)[number];

/**
 * Whom a service is for: people's browsers; programs that store or pass on data; those who run it (consoles, metrics,
 * debuggers); other parts of the same system; or anybody, with something else than a browser (mail, DNS, games).
 */
export const exposures = ['web', 'data', 'admin', 'internal', 'public'] as const;
export type Exposure = (typeof exposures)[number];

/** One program, or kind of program, that is found on a port in practice. */
export interface PracticeRecord {
  readonly ports: PortRange;
  readonly transports: readonly Transport[];
  readonly software: string;
  readonly certainty: Certainty;
  /** True when what it speaks there is what the port is registered for. */
  readonly isAsRegistered: boolean;
  /** Container images that listen there, without registry host and tag. */
  readonly images: readonly string[];
  readonly exposure: Exposure;
  readonly note?: string;
  /** The address of a page or file that says so. */
  readonly source: string;
}

/** A port that the software of a container image listens on, as the image comes. */
export interface ImagePort {
  readonly port: number;
  readonly transport: Transport;
  /** The part of the software that listens there; absent for its main port. */
  readonly part?: string;
  readonly exposure: Exposure;
  readonly source: string;
}

/** What is known of a container image. */
export interface ImageRecord {
  /** The name without registry host, tag and digest. */
  readonly image: string;
  readonly software: string;
  readonly ports: readonly ImagePort[];
}

/** An image reference that was recognised, and how. */
export interface ImageMatch {
  readonly record: ImageRecord;
  /** True for the very image; false for another build or packaging of the same software. */
  readonly isExact: boolean;
}

/** Why a port has a story: what its label does not tell. */
export const noteKinds = [
  'dormant',
  'renamed',
  'shared',
  'squatted',
  'occupied',
  'dangerous',
  'historic',
  'special',
] as const;
export type NoteKind = (typeof noteKinds)[number];

/** The story of a port, in short. */
export interface Note {
  /** The story's name: its first port. */
  readonly id: string;
  readonly ports: readonly NotePorts[];
  readonly kind: NoteKind;
  readonly title: string;
  /** One sentence for who has the port in a file. */
  readonly summary: string;
}

/** The ports a story is about; without a transport it is about all. */
export interface NotePorts {
  readonly ports: PortRange;
  readonly transport?: Transport;
}

/** The story of a port, whole. Paragraphs are texts with `code`, **strong** and [links](…) as the only markup. */
export interface Story {
  readonly paragraphs: readonly string[];
  readonly sources: readonly Source[];
}

/** Where a fact comes from. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** An operating system, or what else decides what a number means. */
export const platforms = ['linux', 'macos', 'windows', 'kubernetes'] as const;
export type Platform = (typeof platforms)[number];

/** In which respect a number means something by itself. */
export const meaningKinds = [
  'range',
  'assignment',
  'privilege',
  'ephemeral',
  'nodeport',
  'browser-blocked',
  'system',
  'zero',
] as const;

/** Something that a number means by itself, whoever uses it. */
export interface NumberMeaning {
  readonly kind: (typeof meaningKinds)[number];
  readonly ports: PortRange;
  readonly transport?: Transport;
  /** Where it holds; everywhere when absent. */
  readonly platform?: Platform;
  /** One sentence. */
  readonly meaning: string;
  readonly source: string;
}

/** What is known of ports beside the registry. Answers are empty where nothing is known. */
export interface Knowledge {
  /** Who is found on the port, for one transport or for all; the one that most people meet first. */
  inPractice(port: number, transport?: Transport): readonly PracticeRecord[];
  /** The image that a reference (`docker.io/library/postgres:16-alpine`) names, if it is a known one. */
  image(reference: string): ImageMatch | undefined;
  /** The stories of the port, for one transport or for all. */
  notes(port: number, transport?: Transport): readonly Note[];
  /** The whole of a story that `notes` named. */
  story(note: Note): Story;
  /** What the number means by itself. */
  meanings(port: number, transport?: Transport): readonly NumberMeaning[];
  /** All there is, to search in. */
  all(): {
    readonly practice: readonly PracticeRecord[];
    readonly notes: readonly Note[];
    readonly meanings: readonly NumberMeaning[];
  };
}

/** Everything that is known of port numbers, whatever the workspace and the machine say. */
export interface Books {
  readonly registry: Registry;
  readonly knowledge: Knowledge;
}
