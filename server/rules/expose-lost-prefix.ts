import { trap } from './shared/told-by-reader';

export const exposeLostPrefix = trap({
  id: 'expose-lost-prefix',
  group: 'dockerfile',
  summary: 'Text in front of a variable expression that Docker loses.',
  rationale:
    'BuildKit forgets what stands in a word before an unquoted `${NAME<operator>…}`: `8${X:-0}80` exposes port 80. Double quotes keep the word whole.',
});
