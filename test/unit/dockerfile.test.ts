import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfile } from '../../server/dialects/dockerfile/dockerfile';
import type { PortReference, VariableUse } from '../../server/model/port';
import { portsText } from '../../server/model/port';
import type { Reading } from '../../server/model/reading';
import { type Span, slice } from '../../server/model/span';

/** EXPOSE arguments with what comes of them: ports, or the rule, the characters and Docker's words. */
const grammar: readonly (readonly [text: string, ...outcome: string[]])[] = [
  ['80', '80/tcp'],
  ['80/tcp', '80/tcp'],
  ['80/udp', '80/udp'],
  ['80/sctp', '80/sctp'],
  ['80/', '80/tcp'],
  ['80/TCP', '80/tcp'],
  ['8000-8002', '8000-8002/tcp'],
  ['8000-8002/udp', '8000-8002/udp'],
  ['8000-8000', '8000/tcp'],
  ['80 443', '80/tcp', '443/tcp'],
  ['80/tcp 80/udp', '80/tcp', '80/udp'],
  ['80\t443\v8080\f1', '80/tcp', '443/tcp', '8080/tcp', '1/tcp'],
  ['8080:80', '80/tcp'],
  ['127.0.0.1:80:80', '80/tcp'],
  ['[::1]:80:80', '80/tcp'],
  ['8000-8002:80', '80/tcp'],
  ['0', '0/tcp'],
  ['0/tcp', '0/tcp'],
  ['080', '80/tcp'],
  ['+80', '80/tcp'],
  ['"80"', '80/tcp'],
  ["'80'", '80/tcp'],
  ['"80/tcp"', '80/tcp'],
  ['""'],
  ['-- 80', '80/tcp'],
  [
    '"80 443"',
    'invalid-port «"80» unexpected end of statement while looking for matching double-quote',
    'invalid-port «"» unexpected end of statement while looking for matching double-quote',
  ],
  ['["80"]', 'invalid-port «["80"]» invalid containerPort: [80]'],
  ['["80", "443"]', 'invalid-port «["80", "443"]» invalid containerPort: 443]'],
  ['80,443', 'invalid-port «80,443» invalid containerPort: 80,443'],
  ['80;443', 'invalid-port «80;443» invalid containerPort: 80;443'],
  ['80 # comment', '80/tcp', 'invalid-port «# comment» invalid containerPort: #'],
  ['80 #web \\\n443', '80/tcp', '443/tcp', 'invalid-port «#web» invalid containerPort: #web'],
  ['http', 'invalid-port «http» invalid containerPort: http'],
  ['ssh', 'invalid-port «ssh» invalid containerPort: ssh'],
  ['70000', 'invalid-port «70000» invalid containerPort: 70000'],
  ['65535', '65535/tcp'],
  ['65536', 'invalid-port «65536» invalid containerPort: 65536'],
  ['9000-8000', 'invalid-port «9000-8000» invalid containerPort: 9000-8000'],
  ['8000-', 'invalid-port «8000-» invalid containerPort: 8000-'],
  ['-8000', 'invalid-port «-8000» invalid containerPort: -8000'],
  ['80-90-100', 'invalid-port «80-90-100» invalid containerPort: 80-90-100'],
  ['0x50', 'invalid-port «0x50» invalid containerPort: 0x50'],
  ['1e3', 'invalid-port «1e3» invalid containerPort: 1e3'],
  ['80/icmp', 'invalid-transport «icmp» invalid port: "80/icmp": invalid proto: icmp'],
  ['8080/tcp/x', 'invalid-transport «tcp/x» invalid port: "8080/tcp/x": invalid proto: tcp/x'],
  ['/tcp', 'missing-port «/tcp» invalid port: "/tcp": no port specified'],
  ['localhost:80:80', 'invalid-address «localhost» invalid IP address: localhost'],
  [
    '80-81:80-82',
    'range-mismatch «80-81:80-82» invalid ranges specified for container and host Ports: 80-82 and 80-81',
  ],
  ['', 'missing-port «EXPOSE» EXPOSE requires at least one argument'],
  ['--foo', 'missing-port «EXPOSE» EXPOSE requires at least one argument'],
  ['--foo=1 80', '80/tcp', 'unknown-flag «--foo=1» unknown flag: --foo'],
  ['80 <<EOF', '80/tcp', 'invalid-port «<<EOF» invalid containerPort: <<EOF'],
];

for (const [text, ...outcome] of grammar) {
  test(`EXPOSE ${JSON.stringify(text)}`, () => {
    assert.deepEqual(exposed(`FROM scratch\nEXPOSE ${text}\n`), outcome);
  });
}

/** Whole files, or what follows FROM. */
const lines: readonly (readonly [name: string, text: string, ...outcome: string[]])[] = [
  ['a continuation joins with nothing between', 'EXPOSE 80\\\n81', '8081/tcp'],
  ['even in a keyword', 'EXP\\\nOSE 80', '80/tcp'],
  ['even in a range', 'EXPOSE 8000-\\  \n9000', '8000-9000/tcp'],
  ['a blank before the backslash separates', 'EXPOSE 80 \\\n81', '80/tcp', '81/tcp'],
  ['comments and blank lines within are skipped', 'EXPOSE 80 \\\n  # 99\n\n 81', '80/tcp', '81/tcp'],
  ['a continuation may end the file', 'EXPOSE 80 \\', '80/tcp'],
  [
    'two backslashes continue nothing',
    'EXPOSE 80\\\\\nEXPOSE 81',
    '81/tcp',
    'invalid-port «80\\\\» invalid containerPort: 80\\',
  ],
  ['case and blanks around do not matter', '\t expose 80', '80/tcp'],
  ['CRLF does not matter', 'EXPOSE 80 \\\r\n 81\r\n', '80/tcp', '81/tcp'],
  ['a backslash escapes', 'EXPOSE 80\\81 \\80', '8081/tcp', '80/tcp'],
  ['the split comes before the escape', 'EXPOSE 80\\ 81', '80/tcp', '81/tcp'],
  ['a heredoc is no instruction', 'RUN <<EOF\nEXPOSE 99\nEOF\nEXPOSE 80', '80/tcp'],
  ['nor is one with tabs and quotes', 'RUN <<-"E F" cat\n\tEXPOSE 99\n\tE F\nEXPOSE 80', '80/tcp'],
  ['nor are two of them', 'COPY <<A <<B /x/\nEXPOSE 1\nA\nEXPOSE 2\nB\nEXPOSE 80', '80/tcp'],
  ['nor one of a trigger', 'ONBUILD RUN <<EOF\nEXPOSE 9\nEOF\nEXPOSE 80', '80/tcp'],
  ['a shift is no heredoc', 'RUN echo $((1<<2))\nEXPOSE 80', '80/tcp'],
  ['a quoted sign is no heredoc', "RUN echo '<<EOF'\nEXPOSE 80", '80/tcp'],
  ['the exec form has no heredoc', 'RUN ["cat", "<<EOF"]\nEXPOSE 80', '80/tcp'],
  ['an open heredoc has no body', 'RUN <<EOF\nEXPOSE 80', '80/tcp'],
  ['a continued RUN is not EXPOSE', 'RUN x \\\n# c\nEXPOSE 99\nEXPOSE 80', '80/tcp'],
  ['a comment is not EXPOSE', '# EXPOSE 99'],
  ["a template's placeholder is nobody's port", 'EXPOSE {{ port }}'],
  ['other instructions name no exposed port', 'LABEL EXPOSE=80\nUSER 80:80\nRUN EXPOSE 80'],
];

for (const [name, text, ...outcome] of lines) {
  test(`lines: ${name}`, () => assert.deepEqual(exposed(`FROM scratch\n${text}`), outcome));
}

test('the escape directive stands before everything but directives', () => {
  assert.deepEqual(exposed('\uFEFF# syntax=x\r\n# escape=`\r\nFROM a\r\nEXPOSE 80 `\r\n 443'), [
    '80/tcp',
    '443/tcp',
  ]);
  assert.deepEqual(exposed('# escape=`\nFROM a\nEXPOSE 80\\81'), [
    'invalid-port «80\\81» invalid containerPort: 80\\81',
  ]);
  assert.deepEqual(exposed('# a comment\n# escape=`\nFROM a\nEXPOSE 80\\81'), ['8081/tcp']);
  assert.deepEqual(exposed('FROM a\n# escape=`\nEXPOSE 80\\81'), ['8081/tcp']);
});

test('EXPOSE before FROM is refused and still read', () => {
  assert.deepEqual(exposed('EXPOSE 80\nFROM a'), [
    '80/tcp',
    'expose-outside-stage «EXPOSE» no build stage in current context',
  ]);
});

/** Expansion on top of `FROM scratch`, where nothing is inherited; `?` is a port that cannot be known. */
const expansion: readonly (readonly [text: string, ...outcome: string[]])[] = [
  ['ARG P=80\nEXPOSE $P', '80/tcp'],
  ['ENV P=80\nEXPOSE ${P}/udp', '80/udp'],
  ['ENV P 80\nEXPOSE $P', '80/tcp'],
  ['EXPOSE ${P:-80}', '80/tcp'],
  ['EXPOSE ${P-80}', '80/tcp'],
  ['ENV P=\nEXPOSE ${P:-80}', '80/tcp'],
  ['ENV P=\nEXPOSE ${P-80}', '?'],
  ['ENV P=1\nEXPOSE ${P:+80} ${P+81}', '80/tcp', '81/tcp'],
  ['EXPOSE ${P+80}', '?'],
  ['ENV P=1\nEXPOSE ${P:?e} ${P?e}', '1/tcp', '1/tcp'],
  ['ENV P=p80p81\nEXPOSE ${P##*p} ${P#p80p}', '81/tcp', '81/tcp'],
  ['ENV P=80x81x\nEXPOSE ${P%%x*} ${P%x81x}', '80/tcp', '80/tcp'],
  ['ENV P=8a8a\nEXPOSE ${P//a/0} ${P/a8a/}', '8080/tcp', '8/tcp'],
  ['EXPOSE ${A:-${B:-8080}}', '8080/tcp'],
  ['ENV P=80\nEXPOSE \\$P', 'invalid-port «$P» invalid containerPort: $P'],
  ["ENV P=80\nEXPOSE '$P'", 'invalid-port «$P» invalid containerPort: $P'],
  ['ENV p=80\nEXPOSE $P', '?'],
  ['EXPOSE $PORT', '?'],
  ['EXPOSE $P/udp', 'missing-port «$P/udp» invalid port: "/udp": no port specified'],
  ['ARG PORTS="3000 4000/udp"\nEXPOSE $PORTS', '3000/tcp', '4000/udp'],
  ['ARG PORTS="3000 4000/udp"\nEXPOSE "$PORTS"', 'invalid-port «$PORTS» invalid containerPort: 3000 4000'],
  // BuildKit forgets what stands in a word before an unquoted expression with an operator.
  ['EXPOSE 80/${PROTO:-udp}', 'invalid-port «udp» invalid containerPort: udp'],
  ['EXPOSE "80/${PROTO:-udp}"', '80/udp'],
  ['EXPOSE 8${X:-0}80', '80/tcp'],
  ['EXPOSE ${A:-80}-${B:-82}', '82/tcp'],
  ['EXPOSE 80-${B:-82}', '82/tcp'],
  ['EXPOSE ${PORT:-8080}/udp', '8080/udp'],
  ['ENV A=80 B=82\nEXPOSE $A-$B ${A}-${B}', '80-82/tcp', '80-82/tcp'],
  ['ENV A=80 B=$A\nEXPOSE $B', '?'],
  ['ENV A=80\nENV B=$A\nEXPOSE $B', '80/tcp'],
  ['ARG A=80 B=$A\nEXPOSE $B', '80/tcp'],
  ['ENV P=1\nARG P=2\nEXPOSE $P', '2/tcp'],
  ['ARG P=2\nENV P=1\nEXPOSE $P', '1/tcp'],
  ['ENV P=1\nARG P\nEXPOSE $P', '1/tcp'],
  ['EXPOSE $P\nENV P=1', '?'],
  ['ARG P\nEXPOSE $P/udp', '?'],
  ['EXPOSE ${V:x}', 'invalid-interpolation «:x» unsupported modifier (:x) in substitution'],
  ['EXPOSE ${V:#x}', 'invalid-interpolation «:#» unsupported modifier (:#) in substitution'],
  ['EXPOSE 80 ${}', '80/tcp', 'invalid-interpolation «${}» syntax error: bad substitution'],
  ['EXPOSE ${V:?e}', 'invalid-interpolation «${V:?e}» V: e'],
  ['EXPOSE ${V?}', 'invalid-interpolation «${V?}» V: is not allowed to be unset'],
  ['EXPOSE ${V:-8', "invalid-interpolation «${V:-8» syntax error: missing '}'"],
  ['EXPOSE ${V/a', "invalid-interpolation «${V/a» syntax error: missing '/' in ${}"],
  ['EXPOSE ${', "invalid-interpolation «${» syntax error: missing '}'"],
  ['EXPOSE ${V:-http}', 'invalid-port «http» invalid containerPort: http'],
];

for (const [text, ...outcome] of expansion) {
  test(`expansion: ${JSON.stringify(text)}`, () =>
    assert.deepEqual(exposed(`FROM scratch\n${text}`), outcome));
}

/** Which value a stage sees. */
const scopes: readonly (readonly [name: string, text: string, ...outcome: string[]])[] = [
  ["a base image's ENV may set it", 'FROM a\nEXPOSE $P/udp ${V:?e} 80/$T', '?', '?', '80/?'],
  ['a global ARG is not seen', 'ARG P=80\nFROM a\nEXPOSE $P', '?'],
  ['unless it is named again', 'ARG P=80\nFROM a\nARG P\nEXPOSE $P', '80/tcp'],
  [
    'a stage goes on from its base',
    'FROM a AS b\nARG P=80\nENV Q=81\nFROM b\nEXPOSE $P $Q',
    '80/tcp',
    '81/tcp',
  ],
  [
    'also in any case of letters',
    'FROM scratch as Base\nENV Q=81\nFROM base\nEXPOSE $Q $R/',
    '81/tcp',
    'missing-port «$R/» invalid port: "/": no port specified',
  ],
  ['COPY --from inherits nothing', 'FROM a AS b\nARG P=80\nFROM c\nCOPY --from=b /x /x\nEXPOSE $P', '?'],
  [
    'a base may be an ARG',
    'ARG B=scratch\nFROM ${B}\nEXPOSE $P/',
    'missing-port «$P/» invalid port: "/": no port specified',
  ],
  ['a trigger is never judged', 'FROM a\nONBUILD EXPOSE 80 abc 70000', '80/tcp'],
];

for (const [name, text, ...outcome] of scopes) {
  test(`stages: ${name}`, () => assert.deepEqual(exposed(text), outcome));
}

test('owners are stages by name or number; the last one without a name is the image', () => {
  const text = 'FROM a AS build\nEXPOSE 1\nFROM b\nEXPOSE 2\nFROM build\nEXPOSE 3\nONBUILD EXPOSE 4';
  assert.deepEqual(
    read(text).references.map(({ owner }) => owner),
    ['stage "build"', 'stage 1', 'the image', 'images built on this one'],
  );
});

test('variables tell their value and where it stands', () => {
  const text = 'ARG G=80\nFROM a\nARG G\nENV P="81" Q=$G\nEXPOSE $G ${P} $Q ${D:-82} ${X:-$G} $U';
  assert.deepEqual(
    expose(text).map((reference) => variables(text, reference)),
    [
      ['$G: G from ARG = 80 «80»'],
      ['${P}: P from ENV = 81 «81»'],
      ['$Q: Q from ENV = 80 «80»'],
      ['${D:-82}: D from default = 82 «82»'],
      ['$G: G from ARG = 80 «80»'],
      ['$U: U from unknown'],
    ],
  );
});

test('an unknown text leaves the transport open, unless one is written after it', () => {
  const transports = expose('FROM a\nEXPOSE $A $A/udp 80/$A 80$A 80').map(({ transport }) => transport);
  assert.deepEqual(transports, [undefined, 'udp', undefined, undefined, 'tcp']);
});

test('spans: the whole argument, and the characters that make the port', () => {
  const text = 'FROM a\nENV A=80\nEXPOSE 8080:80/tcp "81" ${P:-82}/udp $A-$A 1\\\n2 8${X:-0}80';
  assert.deepEqual(
    expose(text).map(({ span, portSpan }) => [slice(text, span), slice(text, portSpan)]),
    [
      ['8080:80/tcp', '80'],
      ['81', '81'],
      ['${P:-82}/udp', '82'],
      ['$A-$A', '$A-$A'],
      ['1\\\n2', '1\\\n2'],
      ['${X:-0}80', '${X:-0}80'],
    ],
  );
});

/** Texts with the slots drawn as brackets. */
const slots: readonly string[] = [
  'EXPOSE [80]',
  'EXPOSE [80]/ud [8000]-[8002]/udp 8080:[80] "[81]"',
  'EXPOSE [8000]-[]',
  'EXPOSE []',
  'EXPOSE [80] []',
  'EXPOSE [http]',
  'EXPOSE []/tcp',
  'EXPOSE $P ${P:-[80]}/udp ${Q',
  'EXPOSE [80] \\\n[]',
  'EXPOSE [80] \\\n  []\n  [81]',
  'EXPOSE [80] # 443',
  'EXPOSE',
  'ONBUILD EXPOSE []',
  'ENV PORT=[3000] HTTP_PORT="[80]" EXPORT=1 Q_PORT=$P R_PORT=[]',
  'ENV PORT [3000]',
  'ARG PORT=[]',
];

for (const drawn of slots) {
  test(`slots: ${JSON.stringify(drawn)}`, () => {
    const text = `FROM a\n${drawn.replaceAll(/[[\]]/g, '')}`;
    assert.equal(
      draw(
        text,
        read(text).slots.map(({ span }) => span),
      ),
      `FROM a\n${drawn}`,
    );
  });
}

test('a slot knows the transport that is written', () => {
  const transports = read('FROM a\nEXPOSE 80/udp 81 1-2/SCTP').slots.map(({ transport }) => transport);
  assert.deepEqual(transports, ['udp', undefined, 'sctp', 'sctp']);
});

/** Faulty lines and what their best fix makes of them. */
const fixes: readonly (readonly [text: string, mended: string])[] = [
  ['EXPOSE 80,443', 'EXPOSE 80 443'],
  ['EXPOSE 80/tcp;443/udp;', 'EXPOSE 80/tcp 443/udp'],
  ['EXPOSE ["80", \'443/udp\']', 'EXPOSE 80 443/udp'],
  ['EXPOSE 9000-8000/udp', 'EXPOSE 8000-9000/udp'],
  ['EXPOSE localhost:8080:80', 'EXPOSE 80'],
  ['EXPOSE http:80/udp', 'EXPOSE 80/udp'],
  ['EXPOSE "80 443"', 'EXPOSE 80 443"'],
  ['EXPOSE 80/${P:-udp}', 'EXPOSE "80/${P:-udp}"'],
  ['ENV P="80 81"\nEXPOSE "${P}"', 'ENV P="80 81"\nEXPOSE ${P}'],
  ['  EXPOSE 80  # web\r\n', '  # web\r\n  EXPOSE 80\r\n'],
];

for (const [text, mended] of fixes) {
  test(`fix: ${JSON.stringify(text)}`, () => {
    const source = `FROM a\n${text}`;
    const fix = read(source).faults[0]?.fixes?.[0];
    assert.ok(fix !== undefined);
    assert.equal(
      source.slice(0, fix.span.start) + fix.text + source.slice(fix.span.end),
      `FROM a\n${mended}`,
    );
  });
}

test("messages are our words, then Docker's", () => {
  const { faults } = read('FROM a\nEXPOSE 70000 http 80/${P:-udp}');
  assert.deepEqual(
    faults.map(({ message }) => message),
    [
      '70000 is above 65535, the highest port (Docker: invalid containerPort: 70000).',
      '"http" is not a port number; EXPOSE takes no service names (Docker: invalid containerPort: http).',
      '"udp" is not a port number: Docker drops "80/", as it does with all that stands before an unquoted "${…}" with an operator (Docker: invalid containerPort: udp).',
    ],
  );
});

/** What is no EXPOSE: role, port and characters. */
const elsewhere: readonly (readonly [text: string, ...outcome: string[]])[] = [
  ['ENV PORT=3000', 'declare 3000 «3000»'],
  ['ENV PORT 3000', 'declare 3000 «3000»'],
  ['ARG http_port="8080"', 'declare 8080 «8080»'],
  ['ENV P=80\nENV PORT=$P', 'declare 80 «$P»'],
  ['ENV PORT=$P PORT_RANGE=80 EXPORT=80 A_PORT=http B_PORT=0 C_PORT=70000'],
  ['ENV DATABASE_URL=postgres://u:5@db:5432/x', 'connect 5432 «postgres://u:5@db:5432»'],
  ['ENV ASPNETCORE_URLS=http://+:80', 'listen 80 «http://+:80»'],
  ['CMD uvicorn app --port 8000', 'declare 8000 «8000»'],
  ['CMD ["uvicorn", "app", "--port", "8000"]', 'declare 8000 «8000»'],
  ['CMD ["sh", "-c", "uvicorn --bind 0.0.0.0:8000"]', 'listen 8000 «0.0.0.0:8000»'],
  ['ENTRYPOINT ["gunicorn", "-b", ":\\u0038000"]', 'listen 8000 «:\\u0038000»'],
  [
    'HEALTHCHECK --interval=5s CMD curl -f http://localhost:80/ || exit 1',
    'connect 80 «http://localhost:80»',
  ],
  ['HEALTHCHECK CMD ["nc", "-z", "localhost", "5432"]', 'connect 5432 «5432»'],
  ['HEALTHCHECK NONE'],
  ['ENV PORT=80\nCMD uvicorn --port $PORT', 'declare 80 «80»'],
  ['FROM registry:5000/img'],
  ['COPY --chmod=0644 --chown=1000:1000 a b'],
  ['RUN curl http://x:80 --port 80'],
  ['LABEL url=http://x:80 port=80 time=10:30'],
  ['USER 1000:1000\nVOLUME /a:80\nWORKDIR /80'],
];

for (const [text, ...outcome] of elsewhere) {
  test(`elsewhere: ${JSON.stringify(text)}`, () => {
    const source = `FROM a\n${text}`;
    const { references, faults } = read(source);
    const told = references.map(
      ({ role, ports, span }) => `${role} ${ports && portsText(ports)} «${slice(source, span)}»`,
    );
    assert.deepEqual(told, outcome);
    assert.deepEqual(faults, []);
  });
}

test('every prefix of a rich file is read, and every span lies in it', () => {
  const text = [
    '\uFEFF# syntax=docker/dockerfile:1\r\n# escape=`\nARG BASE=node:20\tPORT="80 81"\nFROM ${BASE} AS build\n',
    'ENV A=80 B=${A:-"x y"} URL=http://u:p@[::1]:80,h:81/\nARG PORT\nRUN <<-"E F" cat <<B\n\tEXPOSE 1\n\tE F\nB\n',
    'EXPOSE 80 443/udp 8000-`\n8002 # c\n# comment\n\n  "$PORT" ${A:-${B:-${C%%*x}}}/udp ${A//8/9} $$ `$A [::1]:80:80\n',
    'HEALTHCHECK --interval=1s CMD ["curl", "http://localhost:\\u0038080/"]\nCMD exec x -p 80 "$(a `b`)" <<<1\n',
    'ONBUILD EXPOSE 80 x\nONBUILD ENV PORT="80\nFROM build\nEXPOSE ["80", "81"]\nEXPOSE --x 80,81 \'80',
  ].join('');
  for (let end = 0; end <= text.length; end++) {
    const { references, slots: places, faults } = read(text.slice(0, end));
    const spans = [...references, ...places, ...faults].map(({ span }) => span);
    for (const { start, end: to } of [...spans, ...references.map(({ portSpan }) => portSpan)]) {
      assert.ok(start >= 0 && start <= to && to <= end, `${start}-${to} at ${end}`);
    }
  }
});

test('no depth and no multiplying of variables hurts', () => {
  const deep = `FROM a\nEXPOSE ${'${A:-'.repeat(5000)}80${'}'.repeat(5000)}`;
  assert.deepEqual(exposed(deep), ['80/tcp']);
  const doubling = Array.from({ length: 60 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}`);
  assert.deepEqual(exposed(['FROM a', 'ARG A0=80', ...doubling, 'EXPOSE $A60'].join('\n')), ['?']);
});

function read(text: string): Reading {
  return dockerfile.read(text, { name: 'Dockerfile', variables: new Map() });
}

function expose(text: string): readonly PortReference[] {
  return read(text).references.filter(({ role }) => role === 'expose');
}

/** The exposed ports, then what Docker refuses in its own words; what it takes all the same has scenarios of its own. */
function exposed(text: string): string[] {
  const ports = expose(text).map(({ ports, transport }) =>
    ports === undefined ? '?' : `${portsText(ports)}/${transport ?? '?'}`,
  );
  const refused = read(text).faults.filter(({ message }) => message.includes('(Docker: '));
  const faults = refused.map(({ rule, span, message }) => {
    const docker = message.slice(message.lastIndexOf('(Docker: ') + '(Docker: '.length, -2);
    return `${rule} «${slice(text, span)}» ${docker}`;
  });
  return [...ports, ...faults];
}

function variables(text: string, reference: PortReference): string[] {
  const told = ({ name, span, from, value, definition }: VariableUse) =>
    `${slice(text, span)}: ${name} from ${from}` +
    (value === undefined ? '' : ` = ${value}`) +
    (definition === undefined ? '' : ` «${slice(text, definition)}»`);
  return (reference.variables ?? []).map(told);
}

function draw(text: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (drawn, { start, end }) => `${drawn.slice(0, start)}[${drawn.slice(start, end)}]${drawn.slice(end)}`,
      text,
    );
}
