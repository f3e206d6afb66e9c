/**
 * A believable Dockerfile of exactly `lineCount` lines: a build stage and a run stage for one service after another.
 * Every eighth service holds faults, some that Portolan sees and some that the Dockerfile server sees, so that
 * neither ever answers with an empty list.
 */
export function dockerfileDocument(lineCount) {
  const lines = ['# syntax=docker/dockerfile:1', 'ARG NODE_VERSION=22'];
  for (let number = 0; ; number++) {
    const faulty = number % 8 === 0;
    const service = [...buildStage(number), ...runStage(number, faulty)];
    if (lines.length + service.length > lineCount) break;
    lines.push(...service);
  }
  while (lines.length < lineCount) lines.push('# The file is filled up to the asked-for number of lines.');
  return `${lines.join('\n')}\n`;
}

function buildStage(number) {
  return [
    '',
    `FROM node:\${NODE_VERSION}-alpine AS build-${number}`,
    'WORKDIR /src',
    'RUN apk add --no-cache \\',
    '    build-base \\',
    '    # Needed by the native modules.',
    '    python3 \\',
    '    git',
    'COPY package.json package-lock.json ./',
    'RUN npm ci --omit=dev \\',
    '  && npm cache clean --force',
    `COPY services/service-${number} .`,
    'RUN npm run build',
  ];
}

function runStage(number, faulty) {
  return [
    '',
    `FROM gcr.io/distroless/nodejs22 AS service-${number}`,
    ...(faulty ? ['MAINTAINER shop@example.org'] : []),
    `ARG PORT=${7000 + number}`,
    'ENV NODE_ENV=production \\',
    '    PORT=$PORT \\',
    '    METRICS_PORT=9464',
    'WORKDIR /app',
    `COPY --from=build-${number} --chown=node:node /src/dist ./dist`,
    `LABEL org.opencontainers.image.title="service-${number}" \\`,
    '      org.opencontainers.image.licenses="MIT"',
    'EXPOSE 8080',
    'EXPOSE 9464/tcp 8125/udp',
    'EXPOSE $PORT',
    ...(faulty ? ['EXPOSE 70000', 'EXPOSE 9020-9010'] : []),
    'HEALTHCHECK --interval=30s --timeout=3s \\',
    '  CMD wget -qO- http://localhost:8080/health || exit 1',
    'USER node',
    'CMD ["dist/main.js"]',
  ];
}
