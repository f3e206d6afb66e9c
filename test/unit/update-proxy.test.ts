import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createSocketServer,
  type Server,
  type Socket,
} from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { isLoopback, publicAddress } from '../../server/update/addresses';
import { type DownloadOptions, download } from '../../server/update/download';
import { type Environment, proxyFor } from '../../server/update/proxy';

const limits = { bytes: 1000, redirects: 5, idle: 3000, overall: 5000 };
const good = selfSigned('registry.test', 3600_000);
const stale = selfSigned('registry.test', -1000);
/** The origin, which only the proxy can find: nobody knows the name registry.test. */
let origin: Server;
let asked: string[] = [];
const sockets = new Set<Socket>();
const proxies = new Set<Server>();

before(async () => {
  origin = createHttpsServer(good, ({ url }, response) => {
    if (url === '/down') response.writeHead(302, { location: 'http://127.0.0.1:9/file' }).end();
    else response.end(`at ${url}`);
  });
  await listening(origin);
});
after(() => origin.close());
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const proxy of proxies) proxy.close();
  sockets.clear();
  proxies.clear();
  asked = [];
});

async function listening(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A proxy that leads every connection to `target`, or that answers what it is told to. */
async function proxy({
  answer = '',
  target = origin,
  tls = undefined as Identity | undefined,
} = {}): Promise<URL> {
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push([url, headers['proxy-authorization'] ?? ''].join(' ').trim());
    socket.on('error', () => {});
    if (answer !== '') return socket.end(answer);
    const { port } = target.address() as AddressInfo;
    const there = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    return there.on('error', () => socket.destroy());
  });
  proxies.add(server);
  return new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${await listening(server)}`);
}

const target = new URL('https://registry.test/file');
async function text(more: Partial<DownloadOptions>, url = target): Promise<string> {
  const came = await download(url, { limits, environment: {}, authorities: [good.cert], ...more });
  return Buffer.from(came?.bytes ?? []).toString();
}
async function refused(message: RegExp, more: Partial<DownloadOptions>, url = target): Promise<void> {
  await assert.rejects(text(more, url), { name: 'UpdateRefused', message });
}

describe('through a proxy', () => {
  test('of the environment, or of the editor', async () => {
    const { href, host } = await proxy();
    assert.equal(await text({ environment: { HTTPS_PROXY: href } }), 'at /file');
    assert.equal(await text({ environment: { all_proxy: host } }), 'at /file');
    assert.equal(await text({ proxy: { url: href } }), 'at /file');
    assert.deepEqual(asked, Array(3).fill('registry.test:443'));
  });

  test('that wants a name and a password', async () => {
    const url = await proxy();
    url.username = 'ann';
    url.password = 'p@ss%';
    assert.equal(await text({ proxy: { url: url.href } }), 'at /file');
    assert.deepEqual(asked, [`registry.test:443 Basic ${Buffer.from('ann:p@ss%').toString('base64')}`]);
    const { href, host } = await proxy({ answer: 'HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n' });
    await refused(new RegExp(`^The proxy ${host} asks for a name and a password \\(407\\)`), {
      proxy: { url: href },
    });
    const known = href.replace('//', '//ann:secret@');
    await refused(/does not take the name and password that are set/, { proxy: { url: known } });
  });

  test('that is itself spoken to over TLS', async () => {
    const tls = selfSigned('127.0.0.1', 3600_000);
    const { href } = await proxy({ tls });
    assert.equal(await text({ proxy: { url: href }, authorities: [good.cert, tls.cert] }), 'at /file');
    await refused(/^The certificate of the proxy 127\.0\.0\.1:\d+ comes from an authority/, {
      proxy: { url: href },
    });
  });

  test('that does not let through, breaks off, talks without end, or is not there', async () => {
    const refusal = await proxy({ answer: 'HTTP/1.1 403 Not you\r\n\r\n' });
    await refused(
      /^The proxy 127\.0\.0\.1:\d+ does not let the connection to registry\.test through \(403 Not you\)\.$/,
      {
        proxy: { url: refusal.href },
      },
    );
    const broken = await proxy({ answer: 'HTTP/1.1 200 OK\r\n\r\nno TLS at all' });
    await refused(/^registry\.test and this machine do not agree on how to encrypt/, {
      proxy: { url: broken.href },
    });
    const talking = await proxy({ answer: `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}` });
    await refused(/^The proxy .* does not answer in HTTP\.$/, { proxy: { url: talking.href } });
    await refused(/^The proxy 127\.0\.0\.1:1 refuses the connection\.$/, {
      proxy: { url: 'http://127.0.0.1:1' },
    });
  });

  test('that is silent: the connection to it ends, so that the program can', async () => {
    const silent = createSocketServer();
    proxies.add(silent);
    const ended = once(silent, 'connection').then(([socket]) => once(socket.resume(), 'close'));
    const url = `http://127.0.0.1:${await listening(silent)}`;
    await refused(
      /^Nothing came from registry\.test through the proxy 127\.0\.0\.1:\d+ for 0\.1 seconds\.$/,
      {
        proxy: { url },
        limits: { ...limits, idle: 100 },
      },
    );
    await ended;
  });

  test('never from https: to http:, not even on this machine', async () => {
    const { href } = await proxy();
    await refused(
      /^registry\.test redirects to http:\/\/127\.0\.0\.1:9, where nothing is encrypted\.$/,
      { proxy: { url: href } },
      new URL('/down', target),
    );
  });
});

describe('certificates', () => {
  test('of an unknown authority, unless the editor does not ask for known ones', async () => {
    const { href } = await proxy();
    const unknown = { authorities: [stale.cert] };
    await refused(
      /^The certificate of registry\.test comes from an authority that this machine does not trust/,
      {
        proxy: { url: href },
        ...unknown,
      },
    );
    assert.equal(await text({ proxy: { url: href, strictSSL: false }, ...unknown }), 'at /file');
  });

  test('of another name, or expired', async () => {
    const { href } = await proxy();
    await refused(
      /^The certificate of another\.test was made out to another name\.$/,
      { proxy: { url: href } },
      new URL('https://another.test/'),
    );
    const old = createHttpsServer(stale);
    await listening(old);
    proxies.add(old);
    const leads = await proxy({ target: old });
    await refused(/^The certificate of registry\.test has expired\.$/, {
      proxy: { url: leads.href },
      authorities: [stale.cert],
    });
  });

  test('by default those that Node and the system know', async () => {
    const { href } = await proxy();
    await assert.rejects(
      download(target, { limits, environment: {}, proxy: { url: href } }),
      /does not trust/,
    );
  });
});

test('which proxy, if any', () => {
  const chosen = (environment: Environment, setting?: string, url = 'https://www.iana.org/ports.csv') =>
    proxyFor(new URL(url), setting, environment)?.host;
  assert.equal(chosen({}), undefined);
  assert.equal(
    chosen({ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2', ALL_PROXY: 'http://c:3' }),
    'a:1',
  );
  assert.equal(chosen({ HTTP_PROXY: 'http://d:4', ALL_PROXY: 'c:3' }), 'c:3');
  assert.equal(chosen({ HTTP_PROXY: 'http://d:4' }), 'd:4');
  assert.equal(chosen({ HTTPS_PROXY: 'http://b:2' }, 'http://set:5'), 'set:5');
  assert.equal(chosen({ HTTPS_PROXY: 'http://b:2' }, ' '), 'b:2');
  const withProxy = (NO_PROXY: string, url?: string) =>
    chosen({ HTTPS_PROXY: 'p:1', NO_PROXY }, undefined, url);
  for (const list of [
    '*',
    'www.iana.org',
    'iana.org',
    '.iana.org',
    '*.iana.org',
    'a.b, IANA.org:443',
    'x org',
  ]) {
    assert.equal(withProxy(list), undefined, list);
  }
  for (const list of ['', 'ana.org', 'www.iana.org:8443', 'x.www.iana.org', 'iana.com', ':443', ',']) {
    assert.equal(withProxy(list), 'p:1', list);
  }
  assert.equal(chosen({ no_proxy: 'iana.org' }, 'http://set:5'), undefined);
  for (const list of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:443']) {
    assert.equal(withProxy(list, 'https://[2001:db8::1]/'), undefined, list);
  }
  for (const host of ['localhost', 'a.localhost:8080', '127.9.9.9', '[::1]:8080']) {
    assert.equal(chosen({ HTTPS_PROXY: 'p:1' }, 'http://set:5', `https://${host}/`), undefined, host);
  }
  assert.throws(() => chosen({}, 'socks5://user:secret@a:1'), {
    name: 'UpdateRefused',
    message: 'The proxy a:1 is set with socks5:, and only http: and https: proxies can be used.',
  });
  assert.throws(
    () => chosen({}, 'http://user:secret@:/'),
    /^UpdateRefused: The proxy that is set is no valid address/,
  );
});

test('this machine itself, and names that only look like it', () => {
  const hosts = [
    'localhost',
    'LOCALHOST',
    '127.1',
    '0x7f.1',
    '[::1]',
    '127.example.org',
    'localhost.example.org',
    '10.0.0.1',
  ];
  const local = hosts.filter((host) => isLoopback(new URL(`http://${host}/`).hostname));
  assert.deepEqual(local, ['localhost', 'LOCALHOST', '127.1', '0x7f.1', '[::1]']);
  assert.equal(publicAddress(new URL('https://ann:secret@example.org/a?b')), 'https://example.org/a?b');
});

interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for one name, made for this run: no key lies about in the repository, and none runs out. */
function selfSigned(name: string, lastsFor: number): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const time = (at: number) =>
    der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
  const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
  const algorithm = der(0x30, oid('2a8648ce3d040302'));
  const subject = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(name)))));
  const isAddress = /^[\d.]+$/.test(name);
  const alternative = isAddress
    ? der(0x87, Buffer.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    subject,
    der(0x30, time(now - 7200_000), time(now + lastsFor)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, der(0x30, oid('551d11'), der(0x04, der(0x30, alternative))))),
  );
  const bits = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const whole = der(0x30, body, algorithm, der(0x03, bits)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
