import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portsText } from '../../server/model/port';
import { slice } from '../../server/model/span';
import {
  type CommandPort,
  commandPorts,
  environmentPorts,
  shellPorts,
} from '../../server/syntax/commands/command-ports';
import { literalText, subText } from '../../server/syntax/sourced-text';

/** Shell text and the ports in it: role, the whole expression, the port, the transport where it is certain. */
const commands: readonly (readonly [text: string, ...ports: string[]])[] = [
  // Flags whose name says port; whoever reads them binds or dials.
  ['uvicorn app --port 8000', 'declare «8000» 8000'],
  ['uvicorn app --port=8000', 'declare «8000» 8000'],
  [
    'java -Dserver.port=8080 -jar x.jar --management.server.port=8081',
    'declare «8080» 8080',
    'declare «8081» 8081',
  ],
  ['jenkins --httpPort=8080 --http-listen-port 81', 'declare «8080» 8080', 'declare «81» 81'],
  ['app -port 8080 -admin-port=8081', 'declare «8080» 8080', 'declare «8081» 8081'],
  ['app --listen-port 81 --listen 82', 'listen «81» 81', 'listen «82» 82'],
  ['app --export 80 --port-range 1 --viewport 80 --no-ports 80'],
  ['app --port 0 --port 65536 --port 080x --port http --port'],
  // Flags whose name says address.
  ['app --bind 0.0.0.0:8000', 'listen «0.0.0.0:8000» 8000'],
  ['app --bind=127.0.0.1:8000 --listen [::]:81', 'listen «127.0.0.1:8000» 8000', 'listen «[::]:81» 81'],
  ['prometheus --web.listen-address=:9090', 'listen «:9090» 9090'],
  ['app --address localhost:9 --bind 0.0.0.0 --advertise-addr :80 -w 4'],
  ['etcd --listen-client-urls http://0.0.0.0:2379', 'listen «http://0.0.0.0:2379» 2379/tcp'],
  ['app --bind http://localhost:80', 'listen «http://localhost:80» 80/tcp'],
  // Programs whose short flags are known.
  ['gunicorn -w 4 -b :8000 app', 'listen «:8000» 8000/tcp'],
  ['flask run -p 5000', 'listen «5000» 5000/tcp'],
  ['hugo server -p1313', 'listen «1313» 1313/tcp'],
  ['serve -s build -l 3000', 'listen «3000» 3000/tcp'],
  ['exec /usr/sbin/sshd -D -p 2222', 'listen «2222» 2222/tcp'],
  ['python3 -m http.server 8000', 'listen «8000» 8000/tcp'],
  ['python manage.py runserver 127.0.0.1:8000', 'listen «127.0.0.1:8000» 8000/tcp'],
  ['php -S 0.0.0.0:8000 -t public', 'listen «0.0.0.0:8000» 8000/tcp'],
  ['some-server 0.0.0.0:8000', 'listen «0.0.0.0:8000» 8000'],
  ['pg_isready -U x -p 5432', 'connect «5432» 5432/tcp'],
  ['redis-cli -p 6379 ping', 'connect «6379» 6379/tcp'],
  ['mysqladmin ping -P 3306', 'connect «3306» 3306/tcp'],
  ['psql --port=5432', 'connect «5432» 5432/tcp'],
  ['grpc_health_probe -addr=:50051', 'connect «:50051» 50051/tcp'],
  // The same flags of others mean something else, or nobody knows what.
  ['mkdir -p 8000'],
  ['nginx -p 8000'],
  ['haproxy -p 8000'],
  ['uwsgi -p 8'],
  ['ssh -p 22 host'],
  ['docker run -p 80:80 -p 0.0.0.0:80:80 x'],
  ['some-server -p 8000 -b 127.0.0.1:8000 localhost:8000 :8000 8000'],
  // Clients.
  ['curl -fsS http://localhost:8080/health || exit 1', 'connect «http://localhost:8080» 8080/tcp'],
  ['curl localhost:8080/health', 'connect «localhost:8080» 8080/tcp'],
  ['wget -qO- [::1]:80?x=1', 'connect «[::1]:80» 80/tcp'],
  ['curl -H "Host: localhost:80" https://example.com db:80'],
  ['nc -z localhost 5432', 'connect «5432» 5432/tcp'],
  ['nc -zu -w 5 db 53', 'connect «53» 53/udp'],
  ['nc -lk -p 8080', 'listen «8080» 8080/tcp'],
  ['nc -l 8080', 'listen «8080» 8080/tcp'],
  ['nc -z -w 5432 localhost'],
  ['wait-for-it.sh db:5432 -t 30 -- app --port 80', 'connect «db:5432» 5432/tcp', 'declare «80» 80'],
  ['bash -c "echo > /dev/udp/127.0.0.1/53"', 'connect «/dev/udp/127.0.0.1/53» 53/udp'],
  // Shell.
  [
    'while ! nc -z db 5432; do sleep 1; done && exec app --port 80',
    'connect «5432» 5432/tcp',
    'declare «80» 80',
  ],
  ['PORT=80 env B_PORT=81 node x', 'declare «80» 80', 'declare «81» 81'],
  ['sh -c \'sh -c "app --port 80"\'', 'declare «80» 80'],
  ['app 2>/dev/null --port 80 >81 2>&1 & app --port 82', 'declare «80» 80', 'declare «82» 82'],
  ['app \\\n  --po"rt" 8\'0\'', "declare «8'0» 80"],
  ['# app --port 80\napp --port 81', 'declare «81» 81'],
  ['echo http://x:80 --port 80; grep http://x:80 f; [ x = http://x:80 ]'],
  // What the shell fills in is not known.
  ['app --port $PORT --port ${PORT:-80} --port 8$X --port $(f 80) --port `f`'],
  ['curl http://localhost:$PORT http://$HOST:80 http://localhost:8${X}0/'],
];

for (const [text, ...ports] of commands) {
  test(`shell: ${text}`, () => {
    const found = shellPorts(literalText(text, 0));
    assert.deepEqual(
      found.map((port) => told(text, port)),
      ports,
    );
  });
}

test('the exec form is words, and nothing in them is shell', () => {
  const text = 'tini|--|app|--port|80|;|--port|$P|--url|http://a:81;http://b:82';
  const found = commandPorts(words(text));
  assert.deepEqual(
    found.map((port) => told(text, port)),
    ['declare «80» 80', 'connect «http://a:81» 81/tcp', 'connect «http://b:82» 82/tcp'],
  );
});

/** URLs, as the values of settings. */
const urls: readonly (readonly [value: string, ...ports: string[]])[] = [
  ['postgres://user:5@db:5432/name?port=1', 'connect «postgres://user:5@db:5432» 5432/tcp'],
  ['jdbc:postgresql://db:5432/name', 'connect «postgresql://db:5432» 5432/tcp'],
  ['postgresql+asyncpg://db:5432', 'connect «postgresql+asyncpg://db:5432» 5432/tcp'],
  [
    'mongodb://u:p@a:27017,b:27018/x',
    'connect «mongodb://u:p@a:27017» 27017/tcp',
    'connect «b:27018» 27018/tcp',
  ],
  ['nats://a:4222,nats://b:4223', 'connect «nats://a:4222» 4222/tcp', 'connect «nats://b:4223» 4223/tcp'],
  ['http://+:80;https://*:443', 'listen «http://+:80» 80/tcp', 'listen «https://*:443» 443/tcp'],
  [
    'PLAINTEXT://:9092,SSL://kafka:9093',
    'listen «PLAINTEXT://:9092» 9092/tcp',
    'connect «SSL://kafka:9093» 9093/tcp',
  ],
  ['udp://graylog:12201', 'connect «udp://graylog:12201» 12201/udp'],
  ['http://[::1]:80/', 'connect «http://[::1]:80» 80/tcp'],
  // A slash in a password, no port, no scheme, a scheme of nobody's, a port out of range.
  ['postgres://u:12/34@db:5432/x'],
  ['http://localhost/80 http://user:80@host/ //host:80'],
  ['s3://bucket:80/key unix:///run/x:80'],
  ['http://a:0 http://a:65536 http://a:80a http://a:'],
];

for (const [value, ...ports] of urls) {
  test(`URL: ${value}`, () => {
    const found = environmentPorts('X_URL', literalText(value, 0));
    assert.deepEqual(
      found.map((port) => told(value, port)),
      ports,
    );
  });
}

/** Settings and what they say. */
const settings: readonly (readonly [name: string, value: string, ...ports: string[]])[] = [
  ['PORT', '3000', 'declare «3000» 3000'],
  ['HTTP_PORT', '08080', 'declare «08080» 8080'],
  ['http_port', '80', 'declare «80» 80'],
  ['DB_PORT', 'tcp://10.0.0.1:5432', 'connect «tcp://10.0.0.1:5432» 5432/tcp'],
  ['LISTEN_ADDR', ':8080', 'listen «:8080» 8080'],
  ['BIND', '0.0.0.0:53', 'listen «0.0.0.0:53» 53'],
  ['DB_ADDR', 'db:5432'],
  ['PORT_RANGE', '80'],
  ['EXPORT', '80'],
  ['SUPPORT', '80'],
  ['A_REPORT', '80'],
  ['SERIAL_PORT', '1'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80/tcp'],
  ['PORT', ''],
  ['TIME', '10:30'],
];

for (const [name, value, ...ports] of settings) {
  test(`setting: ${name}=${value}`, () => {
    const found = environmentPorts(name, literalText(value, 0));
    assert.deepEqual(
      found.map((port) => told(value, port)),
      ports,
    );
  });
}

test('an address is kept, save where it says nothing', () => {
  const address = (text: string) => shellPorts(literalText(text, 0)).map((port) => port.address?.canonical);
  assert.deepEqual(address('app --bind [::1]:80 --bind :81 --bind *:82; nc -z DB 83'), [
    '0:0:0:0:0:0:0:1',
    undefined,
    undefined,
    'db',
  ]);
});

function told(text: string, { role, span, portSpan, ports, transport }: CommandPort): string {
  const digits = slice(text, portSpan);
  assert.ok(slice(text, span).endsWith(digits));
  assert.equal(Number(digits.replaceAll("'", '')), ports.first);
  return `${role} «${slice(text, span)}» ${portsText(ports)}${transport === undefined ? '' : `/${transport}`}`;
}

/** Words separated by bars. */
function words(text: string) {
  const whole = literalText(text, 0);
  let at = 0;
  return text.split('|').map((word) => {
    const from = at;
    at += word.length + 1;
    return subText(whole, from, from + word.length);
  });
}
