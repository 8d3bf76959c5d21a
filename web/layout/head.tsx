import { assetPath, designPath } from '../assets.ts';
import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

/** What a later one says holds. */
const SHEETS = ['livret.css', 'components.css', 'charts.css', 'reports.css'] as const;

export function Head({ title, refused, stateMarks }: { title: string; refused: boolean; stateMarks: boolean }) {
  const { lang } = usePage();
  const prefix = refused ? words[lang].errorPrefix : '';
  const icon = stateMarks ? designPath(true, 'favicon.svg') : assetPath('icon.svg');
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
      <title>{`${prefix}${title} - Livret`}</title>
      {/* Before the style sheets: it says which theme they draw. */}
      <script src={assetPath('start.js')} />
      <link rel="icon" href={icon} type="image/svg+xml" />
      <link rel="stylesheet" href={designPath(stateMarks, 'dsfr.css')} />
      <link rel="stylesheet" href={designPath(stateMarks, 'icons.css')} />
      <link rel="stylesheet" href={designPath(stateMarks, 'print.css')} media="print" />
      {SHEETS.map((name) => (
        <link rel="stylesheet" href={assetPath(name)} key={name} />
      ))}
      <link rel="stylesheet" href={assetPath('print.css')} media="print" />
      <script type="module" src={designPath(stateMarks, 'dsfr.js')} />
      <script type="module" src={assetPath('livret.js')} />
    </head>
  );
}
