/** One named part of a scenario. */
export interface Section {
  /** What stands between the dashes: a file's name with its options in brackets, or `@` and a feature. */
  readonly title: string;
  /** The lines below, without the last line's terminator. */
  readonly body: string;
}

/** A scenario as text: prose that says what it shows, then files, then what the features answer. */
export interface Archive {
  readonly prose: string;
  readonly sections: readonly Section[];
}

/** Reads an archive: a line `-- title --` begins a section. */
export function parseArchive(text: string): Archive {
  const [prose = '', ...rest] = text.split(/^-- (.+) --\n/m);
  const sections: Section[] = [];
  for (let index = 0; index < rest.length; index += 2) {
    sections.push({ title: rest[index] ?? '', body: (rest[index + 1] ?? '').replace(/\n$/, '') });
  }
  return { prose, sections };
}

/** Writes an archive as `parseArchive` reads it. */
export function printArchive({ prose, sections }: Archive): string {
  return (
    prose + sections.map(({ title, body }) => `-- ${title} --\n${body === '' ? '' : `${body}\n`}`).join('')
  );
}
