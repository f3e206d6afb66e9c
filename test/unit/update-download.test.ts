import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type DownloadOptions, download, type Limits } from '../../server/update/download';

const limits: Limits = { bytes: 1000, redirects: 5, idle: 3000, overall: 5000 };
const servers = new Set<Server>();
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  sockets.clear();
  servers.clear();
});

async function listening(server: Server): Promise<URL> {
  servers.add(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file`);
}

function serving(listener: RequestListener): Promise<URL> {
  return listening(createServer(listener));
}

/** A server that says these very bytes and hangs up, whatever it is asked. */
function saying(bytes: string | Uint8Array): Promise<URL> {
  return listening(
    createSocketServer((socket) => socket.once('data', () => socket.end(bytes)).on('error', () => {})),
  );
}

async function text(url: URL, more: Partial<DownloadOptions> = {}): Promise<string | undefined> {
  const came = await download(url, { limits, environment: {}, ...more });
  return came && Buffer.from(came.bytes).toString();
}

async function refused(url: URL, message: RegExp, more: Partial<DownloadOptions> = {}): Promise<void> {
  await assert.rejects(text(url, more), { name: 'UpdateRefused', message });
}

describe('what comes', () => {
  test('with a length, in chunks, in pieces, or empty', async () => {
    const whole = await serving((_, response) => response.setHeader('content-length', 5).end('whole'));
    assert.equal(await text(whole), 'whole');
    const pieces = await serving((_, response) => {
      response.write('in ');
      setTimeout(() => response.end('pieces'), 20);
    });
    assert.equal(await text(pieces), 'in pieces');
    assert.equal(await text(await serving((_, response) => response.end())), '');
  });

  test('with what the server says of the file, for the next time', async () => {
    const url = await serving((_, response) => {
      response
        .setHeader('etag', 'W/"7"')
        .setHeader('last-modified', 'Fri, 13 Feb 2026 00:00:00 GMT')
        .end('x');
    });
    const came = await download(url, { limits, environment: {} });
    assert.deepEqual([came?.etag, came?.lastModified], ['W/"7"', 'Fri, 13 Feb 2026 00:00:00 GMT']);
  });

  test('nothing when the copy at hand is the newest, by tag or by date', async () => {
    const asked: unknown[] = [];
    const url = await serving(({ headers }, response) => {
      asked.push([headers['if-none-match'], headers['if-modified-since']]);
      response.writeHead(304).end();
    });
    assert.equal(await text(url, { known: { etag: '"7"', lastModified: 'then' } }), undefined);
    assert.equal(await text(url, { known: { lastModified: 'then' } }), undefined);
    assert.deepEqual(asked, [
      ['"7"', undefined],
      [undefined, 'then'],
    ]);
    await refused(url, /does not answer with the file but with 304 Not Modified\.$/);
  });

  test('uncompressed, and the server knows who asks', async () => {
    const url = await serving(({ headers }, response) =>
      response.end(`${headers['accept-encoding']} ${headers['user-agent']}`),
    );
    assert.match((await text(url)) ?? '', /^identity Portolan\/\d/);
  });
});

describe('redirects', () => {
  test('are followed, relative ones as well', async () => {
    const url = await serving(({ url }, response) => {
      if (url === '/file') response.writeHead(302, { location: 'elsewhere' }).end();
      else if (url === '/elsewhere') response.writeHead(308, { location: '/here' }).end('moved');
      else response.end(`at ${url}`);
    });
    assert.equal(await text(url), 'at /here');
  });

  test('five times at most, and only to somewhere', async () => {
    let asked = 0;
    const circle = await serving((_, response) => {
      asked += 1;
      response.writeHead(301, { location: '/file' }).end();
    });
    await refused(circle, /^127\.0\.0\.1:\d+ redirects more than 5 times\.$/);
    assert.equal(asked, 6);
    await refused(await serving((_, response) => response.writeHead(302).end()), /does not say where to\.$/);
    const nowhere = await serving((_, response) => response.writeHead(302, { location: 'http://' }).end());
    await refused(nowhere, /does not say where to\.$/);
  });

  test('never to an unencrypted address or another kind of one', async () => {
    const to = (location: string) => serving((_, response) => response.writeHead(302, { location }).end());
    await refused(
      await to('http://example.org/ports.csv'),
      /^example\.org is asked for over http:, and only/,
    );
    await refused(await to('file:///etc/passwd'), /^Nothing is fetched over file:/);
    await refused(await to('data:text/csv,x'), /^Nothing is fetched over data:/);
  });
});

describe('refused', () => {
  test('a connection that is cut in a body with a length, in chunks, or before any answer', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n';
    await refused(
      await saying(`${head}Content-Length: 100\r\n\r\nhalf`),
      /^The connection to 127\.0\.0\.1:\d+ was cut after 4 of 100 bytes\.$/,
    );
    await refused(
      await saying(`${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
      /was cut after 4 bytes/,
    );
    await refused(await saying(''), /^The connection to 127\.0\.0\.1:\d+ was cut\.$/);
    await refused(await saying(`${head}\r\nwithout a length`), /does not say how long the file is/);
  });

  test('another answer than the file, told in words', async () => {
    const answers: readonly (readonly [number, RegExp])[] = [
      [403, /^127\.0\.0\.1:\d+ denies access to the file \(403 Forbidden\)\.$/],
      [404, /has no such file \(404 Not Found\)\.$/],
      [407, /asks for a name and a password \(407/],
      [429, /was asked too often; try again later \(429 Too Many Requests\)\.$/],
      [503, /has trouble of its own; try again later \(503 Service Unavailable\)\.$/],
      [206, /does not answer with the file but with 206 Partial Content\.$/],
      [299, /does not answer with the file but with 299\.$/],
    ];
    for (const [status, message] of answers) {
      await refused(await serving((_, response) => response.writeHead(status).end('no')), message);
    }
  });

  test('a web page, and what is compressed: a bomb is not unpacked', async () => {
    const page = await serving((_, response) => response.setHeader('content-type', 'text/html').end('<p>'));
    await refused(page, /answers with a web page and not with the registry\.$/);
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const sent = await serving((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    await refused(sent, /sends the file compressed \(gzip\), which was not asked for\.$/);
  });

  test('too much, whether the server says so first or just sends', async () => {
    const said = await serving((_, response) => response.setHeader('content-length', 1001).write('x'));
    await refused(said, /sends more than 1000 bytes/);
    const endless = await serving((_, response) => {
      const more = () => response.write('x'.repeat(100)) && setImmediate(more);
      more();
    });
    await refused(endless, /sends more than 1000 bytes/);
  });

  test('what is no HTTP, or an endless head of it', async () => {
    await refused(await saying('SSH-2.0-OpenSSH_9.9\r\n'), /does not answer in HTTP\.$/);
    await refused(await saying(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`), /does not answer in HTTP\.$/);
    const [, ...crowd] = Array.from({ length: 50_000 }, () => 'HTTP/1.1 100 Continue\r\n\r\n');
    await refused(await saying(crowd.join('')), /was cut\.$/);
  });

  test('silence, before and within the answer, and endless slowness', async () => {
    const soon = { limits: { ...limits, idle: 100 } };
    await refused(await listening(createSocketServer()), /^Nothing came from .* for 0\.1 seconds\.$/, soon);
    const stalled = await serving((_, response) => response.write('x'));
    await refused(stalled, /^Nothing came from 127\.0\.0\.1:\d+ for 0\.1 seconds\.$/, soon);
    const slow = await serving((_, response) => {
      const drop = () => response.write('x') && setTimeout(drop, 20);
      drop();
    });
    const overall = { limits: { ...limits, idle: 400, overall: 600 } };
    await refused(slow, /^127\.0\.0\.1:\d+ did not deliver within 0\.6 seconds\.$/, overall);
  });

  test('what the user cancels, before and meanwhile', async () => {
    const url = await serving((_, response) => response.write('x'));
    await refused(url, /^The update was cancelled\.$/, { signal: AbortSignal.abort() });
    await refused(url, /^The update was cancelled\.$/, { signal: AbortSignal.timeout(50) });
  });

  test('nobody there, and no such name', async () => {
    const url = await serving(() => {});
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    await refused(url, /^127\.0\.0\.1:\d+ refuses the connection\.$/);
    await refused(new URL('http://example.org/'), /only https: is safe/);
  });
});
