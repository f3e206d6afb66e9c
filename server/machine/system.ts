import type { OperatingSystem } from '../model/chart';

/** The system whose commands a machine takes; `platform` as `process.platform` has it. */
export function systemOf(platform: string): OperatingSystem {
  if (platform === 'win32') return 'windows';
  return platform === 'darwin' ? 'macos' : 'linux';
}
