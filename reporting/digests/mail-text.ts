/** A digest as plain text: a table is one short list a row, which every width and every screen reader takes. */
import type { Language } from '../../web/index.ts';
import type { Block, Digest } from './digest.ts';
import { words } from './mail-words.ts';

export function textOf({ title, blocks, footer }: Pick<Digest, 'title' | 'blocks' | 'footer'>, lang: Language): string {
  const { colon } = words[lang];
  const write = (block: Block): string => written(block, colon);
  const lines = [title.toUpperCase(), ...blocks.map(write), '-- ', ...footer.map(write)];
  return `${lines.join('\n\n')}\n`;
}

function written(block: Block, colon: string): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'text':
      return block.text;
    case 'link':
      return `${block.label}${colon.trimEnd()}\n${block.href}`;
    case 'table': {
      const [, ...columns] = block.columns;
      const row = ([name = '', ...values]: readonly string[]): string =>
        [`* ${name}`, ...values.map((value, at) => `    ${columns[at]?.heading ?? ''}${colon}${value}`)].join('\n');
      return [block.caption, ...block.rows.map(row)].join('\n');
    }
  }
}
