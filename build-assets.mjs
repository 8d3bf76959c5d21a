// What tsc does not do for dist/: files that are no code, and the right to run main.js.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ICONS } from './dist/web/icons.js';

const DSFR = 'node_modules/@gouvfr/dsfr/dist';
const SANS = 'node_modules/@fontsource/public-sans';

/** Made here, ignored by git: the design system as pages are served it, `plain` and with the marks of the State. */
const DESIGN = 'web/design';

const read = (path) => readFileSync(path, 'utf8');

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// Maps are not served: a comment that names one would be an error in everybody's console.
const withoutMap = (text) => text.replace(/\n?(\/\*|\/\/)# sourceMappingURL=.*?(\*\/|$)\s*$/, '\n');

/** Copies each file of the design system that a style sheet names. */
function copyNamed(css, target) {
  const named = new Set([...css.matchAll(/url\(["']?((?:icons|fonts)\/[^)"']+)["']?\)/g)].map(([, path]) => path));
  // Every browser that understands the rest of it reads woff2.
  for (const path of named) if (!path.endsWith('.woff')) cpSync(join(DSFR, path), join(target, path));
}

/** The rules of the icons that pages use, of the 700 there are. */
function iconRules() {
  const all = read(`${DSFR}/utility/icons/icons.main.min.css`).replaceAll('../../icons/', 'icons/');
  return ICONS.map((name) => {
    const rule = all.match(new RegExp(`\\.fr-icon-${name}:after,[^}]*}`))?.[0];
    // Those of the components stand in the main sheet already.
    if (rule === undefined && !mainSheet.includes(`.fr-icon-${name}:`)) throw new Error(`There is no icon ${name}.`);
    return rule ?? '';
  }).join('\n');
}

/** Marianne is not free, and belongs to the State: another typeface in its place. */
function withoutMarianne(css) {
  const rest = css
    .replace(/@font-face{[^}]*}/g, '')
    .replace(/font-family:(Marianne|Spectral),/g, 'font-family:"Public Sans",');
  if (/Marianne|Spectral/.test(rest)) throw new Error('A typeface of the State is still named.');
  return rest;
}

/** The files of Public Sans, and the rules that name them. */
function copyPublicSans(target) {
  const ranges = JSON.parse(read(`${SANS}/unicode.json`));
  const faces = ['latin', 'latin-ext'].flatMap((subset) =>
    [400, 500, 700].map((weight) => {
      const name = `public-sans-${subset}-${weight}-normal.woff2`;
      cpSync(`${SANS}/files/${name}`, join(target, 'fonts', name));
      const source = `src:url(fonts/${name}) format("woff2");unicode-range:${ranges[subset]}`;
      return `@font-face{font-display:swap;font-family:"Public Sans";font-weight:${weight};${source}}`;
    }),
  );
  return faces.join('\n');
}

/** Paper is white: the dark theme is of screens alone, its rules as much as its colours. */
const darkOnScreens = (css) =>
  css.replace(/(?<=[{};])((?::root)?\[data-fr-theme=dark\][^{}]*{[^{}]*})/g, '@media screen{$1}');

const mainSheet = darkOnScreens(withoutMap(read(`${DSFR}/dsfr.main.min.css`)));
const icons = iconRules();

rmSync(DESIGN, { recursive: true, force: true });
for (const kind of ['plain', 'state']) {
  const target = join(DESIGN, kind);
  const main = kind === 'plain' ? withoutMarianne(mainSheet) : mainSheet;
  copyNamed(main, target);
  copyNamed(icons, target);
  write(join(target, 'dsfr.css'), kind === 'plain' ? `${copyPublicSans(target)}\n${main}` : main);
  write(join(target, 'print.css'), withoutMap(read(`${DSFR}/dsfr.print.min.css`)));
  write(join(target, 'icons.css'), icons);
  write(join(target, 'dsfr.js'), withoutMap(read(`${DSFR}/dsfr.module.min.js`)));
}
cpSync(`${DSFR}/favicon/favicon.svg`, `${DESIGN}/state/favicon.svg`);

// Whoever gets copies of these gets what allows it.
cpSync(`${SANS}/LICENSE`, `${DESIGN}/plain/fonts/LICENSE`);
cpSync('node_modules/@gouvfr/dsfr/LICENSE.md', `${DESIGN}/LICENSE-DSFR.md`);

// A server need not read it all to know whether something changed.
const hash = createHash('sha256');
for (const entry of readdirSync(DESIGN, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  hash.update(`${path}\0`).update(readFileSync(path));
}
write(`${DESIGN}/hash.txt`, hash.digest('hex'));

for (const folder of ['web/assets', DESIGN, 'content-packages/formats/cmi5/schema']) {
  rmSync(`dist/${folder}`, { recursive: true, force: true });
  cpSync(folder, `dist/${folder}`, { recursive: true });
}

cpSync('lrs/profile/livret.jsonld', 'dist/lrs/profile/livret.jsonld');

chmodSync('dist/main.js', 0o755);
