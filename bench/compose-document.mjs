/**
 * A believable compose file of exactly `lineCount` lines: one small product after another, each a web service, a
 * worker and a database. Every eighth product holds faults, some that Portolan sees and some that a YAML server
 * sees, so that no server ever answers with an empty list.
 */
export function composeDocument(lineCount) {
  const lines = ['name: storefront', 'services:'];
  for (let number = 0; ; number++) {
    const faulty = number % 8 === 0;
    const product = [...webService(number, faulty), ...worker(number), ...database(number, faulty)];
    if (lines.length + product.length > lineCount) break;
    lines.push(...product);
  }
  while (lines.length < lineCount) lines.push('# The file is filled up to the asked-for number of lines.');
  return `${lines.join('\n')}\n`;
}

function webService(number, faulty) {
  return [
    `  shop-${number}:`,
    `    image: example/shop:1.${number}.0`,
    '    restart: unless-stopped',
    '    environment:',
    '      LOG_LEVEL: info',
    '      QUEUE_1: orders',
    '      QUEUE_2: invoices',
    ...(faulty ? ['      QUEUE_1: returns'] : []),
    `      DATABASE_URL: postgres://shop@database-${number}:5432/shop`,
    '    ports:',
    `      - "${7000 + number}:8080"`,
    `      - 127.0.0.1:${9000 + number}:9229/tcp`,
    '      - target: 9090',
    `        published: "${11000 + number}"`,
    '        protocol: tcp',
    '        mode: host',
    ...(faulty ? [`      - "${7000 + number}:8443"`, '      - "9020-9010:9020-9010"'] : []),
    '    expose:',
    '      - "8125"',
    '    labels:',
    '      traefik.enable: "true"',
    `      traefik.http.services.shop-${number}.loadbalancer.server.port: "8080"`,
    '    depends_on:',
    `      database-${number}:`,
    '        condition: service_healthy',
    '    healthcheck:',
    '      test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"]',
    '      interval: 30s',
  ];
}

function worker(number) {
  return [
    `  worker-${number}:`,
    '    build:',
    '      context: ./worker',
    '      args:',
    '        NODE_VERSION: "22"',
    '    command: ["node", "worker.js", "--queue", "orders"]',
    '    environment:',
    `      - DATABASE_URL=postgres://shop@database-${number}:5432/shop`,
    `      - METRICS_PORT=${13000 + number}`,
    '    ports:',
    `      - "\${WORKER_PORT_${number}:-${13000 + number}}:9464"`,
    '    depends_on:',
    `      - database-${number}`,
  ];
}

function database(number, faulty) {
  return [
    `  database-${number}:`,
    '    image: postgres:17',
    '    environment:',
    '      POSTGRES_USER: shop',
    '      POSTGRES_PASSWORD_FILE: /run/secrets/database',
    '    volumes:',
    `      - database-${number}:/var/lib/postgresql/data`,
    '    ports:',
    faulty ? '      - "70000:5432"' : `      - "${15000 + number}:5432"`,
    '    healthcheck:',
    '      test: ["CMD-SHELL", "pg_isready -U shop"]',
    '      interval: 10s',
  ];
}
