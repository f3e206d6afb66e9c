import { refused } from './shared/told-by-reader';

export const unknownMailProtocol = refused({
  id: 'unknown-mail-protocol',
  summary:
    'A mail server whose protocol nginx does not know: the ports do not tell it, or `protocol` names none.',
  rationale:
    'nginx derives smtp, pop3 or imap from the well-known ports; for others it wants `protocol` with one of the three, and does not start.',
});
