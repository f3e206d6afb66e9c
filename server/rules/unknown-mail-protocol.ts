import { refused } from './shared/told-by-reader';

export const unknownMailProtocol = refused({
  id: 'unknown-mail-protocol',
  summary: 'A mail server whose ports do not tell the protocol.',
  rationale:
    'nginx derives smtp, pop3 or imap from the well-known ports; for others it wants `protocol`, and does not start.',
});
