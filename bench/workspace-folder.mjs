import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How many host ports each compose file publishes. */
const portsEach = 10;

/** How many ports the projects share; some thousand findings come of it. */
const sharedPorts = 50;

/**
 * Writes a workspace of many small projects, the way a monorepo has them: a compose file with an override, a Dockerfile
 * and an nginx config each. Some projects share host ports, as real ones do.
 *
 * @returns The compose file in the middle, and how many host ports all files publish.
 */
export async function writeWorkspace(folder, files) {
  const projects = Math.ceil(files / 4);
  const middle = Math.floor(projects / 2);
  for (let index = 0; index < projects; index++) {
    const place = join(folder, `team-${index % 40}`, `project-${index}`);
    await mkdir(join(place, 'nginx'), { recursive: true });
    await writeFile(join(place, 'compose.yaml'), composeFile(index));
    await writeFile(join(place, 'compose.override.yaml'), overrideFile(index));
    await writeFile(join(place, 'Dockerfile'), `FROM node:20\nEXPOSE ${3000 + (index % 50)}\nUSER node\n`);
    await writeFile(join(place, 'nginx', 'default.conf'), nginxFile(index));
  }
  const path = join(folder, `team-${middle % 40}`, `project-${middle}`, 'compose.yaml');
  return { path, text: composeFile(middle), claims: projects * portsEach * 2 };
}

function composeFile(index) {
  const services = Array.from({ length: portsEach }, (_, service) => {
    // The last service of each project has one of a few ports that everybody takes; all others have ports of their own.
    const isShared = service === portsEach - 1;
    const port = isShared ? 8000 + (index % sharedPorts) : 10000 + ((index * portsEach + service) % 20000);
    return `  service-${service}:\n    ${service === 0 ? 'build: .' : 'image: nginx'}\n    ports:\n      - "${port}:80"\n`;
  });
  return `name: project-${index}\nservices:\n${services.join('')}`;
}

function overrideFile(index) {
  const services = Array.from({ length: portsEach }, (_, service) => {
    const port = 32000 + ((index * portsEach + service) % 20000);
    return `  service-${service}:\n    ports: ["127.0.0.1:${port}:443"]\n`;
  });
  return `services:\n${services.join('')}`;
}

function nginxFile(index) {
  return `upstream app {\n  server service-1:80;\n}\nserver {\n  listen 80;\n  server_name app-${index}.test;\n  location / {\n    proxy_pass http://app;\n  }\n}\n`;
}
