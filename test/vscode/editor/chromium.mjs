import { access } from 'node:fs/promises';
import process from 'node:process';
import { must, run, say, Trouble } from '../../../scripts/steps.mjs';

/** Starts the machine's Chromium without a window; it is installed first where that is possible. */
export async function startChromium() {
  const executablePath = await installChromium();
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, headless: true, args: offline, timeout: 60_000 });
}

/** Answers the path of a Chromium, which Debian's package brings when there is none and this is root. */
export async function installChromium() {
  const found = await findChromium();
  if (found !== undefined) return found;
  const advice =
    'Install it with: sudo apt-get update && sudo apt-get install -y chromium\n' +
    '(or set CHROMIUM_EXECUTABLE to the program of an installed Chromium or Chrome).';
  if (process.getuid?.() !== 0 || (await run('apt-get', ['--version'], { quiet: true })).code !== 0) {
    throw new Trouble(`Chromium is needed to drive VS Code, and it is not installed.\n${advice}`);
  }
  say('Installing Chromium from the distribution …');
  const options = {
    quiet: true,
    otherwise: advice,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await must('apt-get', ['update'], options);
  await must(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    options,
  );
  const installed = await findChromium();
  if (installed === undefined)
    throw new Trouble(`apt-get installed no chromium that can be found.\n${advice}`);
  return installed;
}

async function findChromium() {
  const candidates = [
    process.env.CHROMIUM_EXECUTABLE,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const there = await access(candidate).then(
      () => true,
      () => false,
    );
    if (there) return candidate;
  }
  return undefined;
}

/** Keeps Chromium from looking for its own services on the network; the pages that it shows are local. */
const offline = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
