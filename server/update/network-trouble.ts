/**
 * What went wrong on the network as a sentence. `host` is what was talked to: a host's name or "the proxy …".
 */
export function networkTrouble(error: unknown, host: string): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known = Object.hasOwn(troubles, code) ? troubles[code] : undefined;
  const told =
    known ??
    (code.startsWith('HPE_')
      ? 'HOST does not answer in HTTP'
      : /^(EPROTO$|ERR_SSL_)/.test(code)
        ? `HOST and this machine do not agree on how to encrypt the connection (${code})`
        : `HOST cannot be reached (${message.replace(/\s+/g, ' ').trim() || code})`);
  // The host comes last, so that nothing in it can be taken for a pattern of the replacement.
  const text = told.replace('HOST', () => host);
  const sentence = told.startsWith('HOST') && !host.startsWith('the ') ? text : capital(text);
  return `${sentence}${/[.?!]$/.test(sentence) ? '' : '.'}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const untrusted =
  'the certificate of HOST comes from an authority that this machine does not trust; where a proxy reads along, ' +
  'its authority has to be made known with NODE_EXTRA_CA_CERTS';

/** By the codes of Node, libuv and OpenSSL. */
const troubles: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of HOST is not known: is this machine online?',
  EAI_AGAIN: 'the name of HOST cannot be looked up: is this machine online?',
  ECONNREFUSED: 'HOST refuses the connection',
  ECONNRESET: 'the connection to HOST was cut',
  EPIPE: 'the connection to HOST was cut',
  ETIMEDOUT: 'HOST does not answer',
  EHOSTUNREACH: 'HOST cannot be reached from this network',
  ENETUNREACH: 'HOST cannot be reached from this network',
  CERT_HAS_EXPIRED: 'the certificate of HOST has expired',
  CERT_NOT_YET_VALID: 'the certificate of HOST is not valid yet: is the clock of this machine right?',
  CERT_REVOKED: 'the certificate of HOST was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of HOST was made out to another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
};
