/**
 * A digest as HTML for programs that read mail: styles on the elements, since many take no other; no image, no script, nothing
 * that would be fetched and so tell that somebody has read it.
 */
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../../web/index.ts';
import type { Block, Digest } from './digest.ts';
import { words } from './mail-words.ts';

const INK = '#161616';
const BLUE = '#000091';
const LINE = '1px solid #cecece';
const FONT = 'font-family:Arial,Helvetica,sans-serif';

const STYLES = {
  body: `margin:0;padding:0;background:#ffffff;color:${INK};${FONT}`,
  page: 'max-width:720px;margin:0 auto;padding:16px',
  h1: `font-size:22px;line-height:28px;margin:0 0 16px;color:${INK}`,
  h2: `font-size:18px;line-height:24px;margin:32px 0 8px;color:${INK}`,
  text: 'font-size:15px;line-height:22px;margin:0 0 12px',
  small: 'font-size:13px;line-height:19px;margin:0 0 12px;color:#3a3a3a',
  scroll: 'overflow-x:auto;margin:0 0 12px',
  table: 'border-collapse:collapse;width:100%;font-size:13px;line-height:18px',
  caption: 'text-align:left;font-weight:bold;padding:0 0 8px',
  head: `text-align:left;vertical-align:bottom;padding:6px;border-bottom:2px solid ${INK}`,
  cell: `text-align:left;vertical-align:top;padding:6px;border-bottom:${LINE};font-weight:normal`,
  link: `color:${BLUE}`,
  footer: `margin:32px 0 0;padding:16px 0 0;border-top:${LINE}`,
};

/** On a phone a row becomes a short list, each value with its name: what is beyond the edge of a mail is seldom found. */
const NARROW = `@media (max-width:600px) {
  .rows, .rows caption, .rows tbody, .rows tr, .rows th, .rows td { display:block !important; width:auto !important; text-align:left !important; }
  .rows thead { display:none !important; }
  .rows td { border:0 !important; padding:2px 6px !important; }
  .rows th { font-weight:bold !important; padding:10px 6px 2px !important; border-bottom:0 !important; }
  .rows tr { border-bottom:${LINE}; padding-bottom:8px; }
  .name { display:inline !important; font-weight:normal; }
}`;

const NUMERIC = ';text-align:right;white-space:nowrap';
const HEAD_NUMERIC = ';text-align:right';
const TOTAL = `;font-weight:bold;border-top:2px solid ${INK}`;

export function htmlOf(digest: Digest, lang: Language): string {
  return `<!DOCTYPE html>${renderToString(<Mail {...digest} lang={lang} />)}`;
}

function Mail({ subject, title, blocks, footer, lang }: Digest & { lang: Language }) {
  const { colon } = words[lang];
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
        <style>{NARROW}</style>
      </head>
      <body style={STYLES.body}>
        <div style={STYLES.page}>
          <h1 style={STYLES.h1}>{title}</h1>
          {blocks.map((block, at) => (
            <Written block={block} colon={colon} key={at} />
          ))}
          <div style={STYLES.footer}>
            {footer.map((block, at) => (
              <Written block={block} colon={colon} key={at} />
            ))}
          </div>
        </div>
      </body>
    </html>
  );
}

function Written({ block, colon }: { block: Block; colon: string }) {
  switch (block.kind) {
    case 'heading':
      return <h2 style={STYLES.h2}>{block.text}</h2>;
    case 'text':
      return <p style={block.small ? STYLES.small : STYLES.text}>{block.text}</p>;
    case 'link':
      return (
        <p style={STYLES.text}>
          <a href={block.href} style={STYLES.link}>
            {block.label}
          </a>
        </p>
      );
    case 'table':
      return <Rows table={block} colon={colon} />;
  }
}

function Rows({ table, colon }: { table: Extract<Block, { kind: 'table' }>; colon: string }) {
  const { caption, columns, rows, total } = table;
  return (
    <div style={STYLES.scroll}>
      <table class="rows" style={STYLES.table}>
        <caption style={STYLES.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, numeric }) => (
              <th scope="col" style={STYLES.head + (numeric ? HEAD_NUMERIC : '')} key={heading}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values], at) => {
            const last = total && at === rows.length - 1 ? TOTAL : '';
            return (
              <tr key={at}>
                <th scope="row" style={STYLES.cell + last}>
                  {name}
                </th>
                {values.map((value, column) => (
                  <td style={STYLES.cell + (columns[column + 1]?.numeric ? NUMERIC : '') + last} key={column}>
                    <span class="name" style="display:none">
                      {columns[column + 1]?.heading}
                      {colon}
                    </span>
                    {value}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
