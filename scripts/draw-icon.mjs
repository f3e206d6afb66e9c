// What is committed is reduced to a palette afterwards (pngquant), which makes the package 16 KB smaller.
// Draws images/icon.svg and rasterises it to images/icon.png: a compass rose over the rhumb lines of a portolan
// chart, with an anchor, the mark of a port, at its heart. Run it after a change: node scripts/draw-icon.mjs
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startChromium } from '../test/vscode/editor/chromium.mjs';
import { project } from './dependencies.mjs';
import { say, script } from './steps.mjs';

await script(async () => {
  const svg = icon();
  await writeFile(path.join(project, 'images/icon.svg'), svg);
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
    // The size that VS Code shows; a larger one would be a tenth of the whole package.
    await page.setContent(
      `<body style="margin:0">${svg.replace('width="256" height="256"', 'width="128" height="128"')}</body>`,
    );
    await page.screenshot({ path: path.join(project, 'images/icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
  say('Drew images/icon.svg and images/icon.png.');
});

function icon() {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="-128 -128 256 256">
  <defs>
    <clipPath id="sheet"><rect x="-128" y="-128" width="256" height="256" rx="52"/></clipPath>
  </defs>
  <g clip-path="url(#sheet)">
    <rect x="-128" y="-128" width="256" height="256" fill="#123f5e"/>
    <path d="${rhumbLines()}" stroke="#8fc1d9" stroke-opacity="0.3" stroke-width="1.2" fill="none"/>
  </g>
  <circle r="88" fill="none" stroke="#e9cf96" stroke-width="3"/>
  <circle r="80" fill="none" stroke="#e9cf96" stroke-width="1.5" stroke-dasharray="1.5 6.35"/>
${rose()}
  <circle r="42" fill="#0f3a57" stroke="#e9cf96" stroke-width="4"/>
  <g fill="none" stroke="#fbf3dd" stroke-width="6.5" stroke-linecap="round" stroke-linejoin="round">
    <circle cy="-20" r="6"/>
    <path d="M0-14V25M-12-4H12"/>
    <path d="M-24 6C-22 18-12 25 0 25S22 18 24 6"/>
    <path d="M-28.5 11.5L-24 5L-17.5 9.500M28.5 11.5L24 5L17.5 9.500"/>
  </g>
</svg>
`;
}

/** The lines that join the sixteen winds on a circle as on the old charts. */
function rhumbLines() {
  const winds = Array.from({ length: 16 }, (_, wind) => at(wind * 22.5, 150));
  const lines = [];
  for (const [index, from] of winds.entries()) {
    for (const step of [5, 6, 7, 8]) {
      const to = winds[(index + step) % 16];
      if (step < 8 || index < 8) lines.push(`M${from}L${to}`);
    }
  }
  return lines.join('');
}

/** Four long points over four short ones, each half in the light and half in the shade. */
function rose() {
  const points = [45, 135, 225, 315].map((angle) => point(angle, 84, 15, '#d9b871', '#8e6a34'));
  points.push(...[0, 90, 180, 270].map((angle) => point(angle, 116, 19, '#fbf3dd', '#d0a95c')));
  return points.join('\n');
}

function point(angle, length, width, light, shade) {
  return [
    `  <path d="M0 0L${at(angle - 45, width * 1.6)}L${at(angle, length)}Z" fill="${light}"/>`,
    `  <path d="M0 0L${at(angle + 45, width * 1.6)}L${at(angle, length)}Z" fill="${shade}"/>`,
  ].join('\n');
}

/** A place by its bearing from north, clockwise, and its distance. */
function at(bearing, distance) {
  const radians = (bearing * Math.PI) / 180;
  return `${round(Math.sin(radians) * distance)} ${round(-Math.cos(radians) * distance)}`;
}

function round(value) {
  return Math.round(value * 10) / 10 + 0;
}
