import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markedLine } from '../../server/features/port-page/marked-line';
import { type PageLinks, pageHtml } from '../../server/features/port-page/page-html';
import { pageText } from '../../server/features/port-page/page-text';
import { portPage } from '../../server/features/port-page/port-page';
import type { Chart } from '../../server/model/chart';
import type { Books } from '../../server/model/knowledge';
import type { Transport } from '../../server/model/port';
import { Workspace } from '../../server/workspace/workspace';
import { shippedBooks } from '../harness/books';

const books = shippedBooks();
const bare: Chart = { snapshot: { files: new Map() }, books, machine: { system: 'linux', now: 0 } };
const links: PageLinks = {
  port: (port) => `port:${port}`,
  place: ({ uri, span }) => ({ text: uri.slice('file:///'.length), url: `place:${uri}#${span.start}` }),
  copy: ({ command }, port, transport) => `copy:${port}/${transport ?? 'any'} ${command}`,
  run: ({ system }, port, transport) =>
    system === 'linux' ? `run:${port}/${transport ?? 'any'}` : undefined,
};

function textOf(port: number, transport?: Transport, chart: Chart = bare): string {
  return pageText(portPage(chart, port, transport), ({ uri }) => uri.slice('file:///'.length));
}

/** The words of a page in small letters, as one line. */
function wordsOf(port: number): string {
  return textOf(port).toLowerCase().replace(/\s+/g, ' ');
}

describe('the page of a port', () => {
  test('can be made for every port, as text and as HTML', () => {
    for (let port = 0; port <= 65535; port += port < 1100 ? 1 : 37) {
      const page = portPage(bare, port);
      assert.match(
        pageText(page, () => ''),
        new RegExp(`^Port ${port}\\n`),
      );
      const html = pageHtml(page, links);
      assert.equal(html.split('<section').length, html.split('</section>').length, `${port}`);
      assert.doesNotMatch(html, /undefined|\[object|NaN/, `${port}`);
    }
  });

  test('has its sections in one order', () => {
    const titles = portPage(bare, 3000).sections.map(({ title }) => title);
    const wanted = [
      'What the label is worth',
      'What the number means',
      "3000: everybody's first server",
      'In practice',
      'Neighbours',
      "IANA's registry",
      'Security',
      'How to check',
      'Sources',
    ];
    assert.deepEqual(titles, wanted);
  });

  test('tells the registry whole, with the age of the data', () => {
    const text = textOf(443);
    assert.match(text, /\nhttps 443\/tcp\n {2}Description: http protocol over TLS\/SSL\n/);
    assert.match(text, /As of \d{4}-\d\d-\d\d, from IANA's/);
  });

  test('shows the neighbours: netplay-port2 stands beside netplay-port1', () => {
    assert.match(textOf(3640), /- 3641: registered for netplay-port2/);
    assert.match(textOf(0), /Neighbours\n-+\n- 1: /);
    assert.match(textOf(65535), /- 65534: dynamic, never registered/);
  });

  test('keeps to one transport where one is asked for', () => {
    assert.match(textOf(514, 'udp'), /^Port 514\/udp\n/);
    const rows = textOf(514, 'udp');
    assert.match(rows, /\nsyslog 514\/udp\n/);
    assert.match(rows, /ss -lnup/);
    assert.doesNotMatch(textOf(514, 'tcp'), /ss -lnup/);
  });

  test('lists who uses the port in the workspace, and who listens now', () => {
    const workspace = new Workspace({ read: () => undefined });
    workspace.update(
      'file:///compose.yaml',
      'services:\n  a: { image: x, ports: ["3466:80"] }\n  b: { image: x, ports: ["8000:3466/udp"] }\n',
    );
    const address = '127.0.0.1';
    const process = { name: 'node', pid: 4711 };
    const listeners = [
      { port: 3466, transport: 'tcp' as const, address, process },
      { port: 3466, transport: 'udp' as const, address: '::' },
      { port: 3467, transport: 'tcp' as const, address },
    ];
    const machine = { system: 'linux' as const, now: 0, census: { takenAt: 0, listeners } };
    const chart = { ...bare, snapshot: workspace.snapshot, machine };
    const text = textOf(3466, undefined, chart);
    assert.match(
      text,
      /- compose\.yaml: host port of service "a"\n- compose\.yaml: container port of service "b"\n/,
    );
    assert.match(text, /- tcp: node \(pid 4711\) on 127\.0\.0\.1:3466\n- udp: a program on \[::\]:3466\n/);
    assert.match(textOf(3466, 'tcp', chart), /service "a"\n\n/);
    assert.match(
      textOf(3499, undefined, chart),
      /No file that was read names it\.[\s\S]*Nothing on this machine\./,
    );
  });

  test('has the commands of the own system first, and Docker last', () => {
    for (const system of ['linux', 'macos', 'windows'] as const) {
      const page = portPage({ ...bare, machine: { system, now: 0 } }, 3000, 'tcp');
      const checks = page.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === 'checks' ? block.checks : [])),
      );
      assert.deepEqual([checks[0]?.system, checks.at(-1)?.system], [system, 'docker']);
      assert.ok(checks.every(({ command }) => /\b3000\b/.test(command)));
    }
  });
});

describe('HTML', () => {
  test('shows every text as text', () => {
    const evil = '<script>alert("1")</script>&\'';
    const hostile: Books = {
      registry: {
        ...books.registry,
        byPort: () => [
          { name: evil, description: evil, notes: evil, reference: `[${evil}]`, status: 'assigned' },
        ],
      },
      knowledge: {
        ...books.knowledge,
        inPractice: () => [
          {
            ports: { first: 7, last: 7 },
            transports: ['tcp'],
            software: evil,
            certainty: 'default',
            isAsRegistered: false,
            images: [evil],
            exposure: 'data',
            note: evil,
            source: `https://example.org/"${evil}`,
          },
        ],
        notes: () => [{ id: '7', ports: [], kind: 'dangerous', title: evil, summary: evil }],
        story: () => ({
          paragraphs: [evil, `[${evil}](https://example.org/"onclick=x)`],
          sources: [{ title: evil, url: `https://example.org/"${evil}` }],
        }),
      },
    };
    const html = pageHtml(portPage({ ...bare, books: hostile }, 7), links);
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script&gt;alert/);
    // No quote ends an attribute early: each tag has nothing but whole attributes.
    for (const [tag] of html.matchAll(/<[^>]*>/g)) {
      assert.match(tag, /^<\/?[a-z0-9]+(?: [a-z]+="[^"<>]*")*>$/);
    }
  });

  test('links to other ports, places and commands', () => {
    const html = pageHtml(portPage(bare, 3640, 'tcp'), links);
    assert.match(html, /<a href="port:3641">3641<\/a>/);
    assert.match(
      html,
      /<a href="copy:3640\/tcp ss -lntp &#39;sport = :3640&#39;">Copy<\/a> <a href="run:3640\/tcp">/,
    );
  });
});

describe('the marks of a story', () => {
  test('are code, strong text and links', () => {
    assert.deepEqual(markedLine('a `b` **c** [d](https://e.org/f_(g)) h'), [
      'a ',
      { kind: 'code', text: 'b' },
      ' ',
      { kind: 'strong', text: 'c' },
      ' ',
      { kind: 'link', text: 'd', url: 'https://e.org/f_(g)' },
      ' h',
    ]);
  });

  test('that are open or strange stay text, however many', { timeout: 10_000 }, () => {
    for (const text of ['`a', '**', '[a](javascript:x)', '[a](b)', '[[[', '']) {
      assert.deepEqual(markedLine(text), text === '' ? [] : [text]);
    }
    for (const part of ['`', '**', '[', '[a](', '[a](https://', '(']) markedLine(part.repeat(50_000));
  });
});

describe('the pages that our user gave us are matched, fact by fact', () => {
  const facts: Readonly<Record<number, readonly RegExp[]>> = {
    3466: [
      /user port \(1024-49151\)/,
      /robert hufsky/,
      /csesys\.co\.at/,
      /austria/,
      /cse systems/,
      /tcp and udp/,
      /no rfc|no public specification/,
      /open-source/,
      /stalled/,
      /never came|never shipped|never released|vanished/,
      /48,128/,
      /malware or a scanner/,
      /fiction/,
      /lsof -np -i :3466/,
      /netstat -ano/,
    ],
    3640: [
      /netplay-port1/,
      /netplay-port2/,
      /3641/,
      /scan/,
      /registr/,
      /no (widely|rfc|public|specification)/,
    ],
    3447: [
      /directnet/,
      /2002/,
      /richards/,
      /compuduo|cddn/,
      /peer/,
      /instant messeng|instant messag/,
      /central|server/,
    ],
    3412: [
      /xmlblaster/,
      /february 2002|2002-02/,
      /publish/,
      /xpath/,
      /corba/,
      /xml-?rpc/,
      /socket/,
      /rmi/,
      /iiop/,
      /java/,
      /python/,
      /perl/,
      /php/,
      /c#/,
      /vb\.net|visual basic/,
      /bootstrap/,
      /rabbitmq/,
      /kafka/,
      /nats/,
      /unassigned/,
    ],
  };
  for (const [port, wanted] of Object.entries(facts)) {
    test(port, () => {
      const words = wordsOf(Number(port));
      for (const fact of wanted) assert.match(words, fact);
    });
  }
});
