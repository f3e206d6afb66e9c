import type { SourceFile } from '../model/snapshot';
import { type DotenvSetting, dotenv } from '../syntax/docker/dotenv';

/** The settings of an environment file, in their order. */
export function settingsOf(file: SourceFile): readonly DotenvSetting[] {
  return file.once(read);
}

/** The setting whose value a place in an environment file belongs to; undefined in front of the first. */
export function settingAt(file: SourceFile, offset: number): DotenvSetting | undefined {
  const settings = settingsOf(file);
  let low = 0;
  let high = settings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((settings[middle]?.valueFrom ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return settings[low - 1];
}

function read({ text }: SourceFile): readonly DotenvSetting[] {
  return dotenv(text);
}
