/** A digest as plain text: a table is one short list a row, which every width and every screen reader takes. */
import type { Block, Digest } from './digest.ts';

export function textOf({ title, blocks, footer }: Pick<Digest, 'title' | 'blocks' | 'footer'>): string {
  const lines = [title.toUpperCase(), ...blocks.map(written), '-- ', ...footer.map(written)];
  return `${lines.join('\n\n')}\n`;
}

function written(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'text':
      return block.text;
    case 'link':
      return `${block.label} :\n${block.href}`;
    case 'table': {
      const [, ...columns] = block.columns;
      const row = ([name = '', ...values]: readonly string[]): string =>
        [`* ${name}`, ...values.map((value, at) => `    ${columns[at]?.heading ?? ''} : ${value}`)].join('\n');
      return [block.caption, ...block.rows.map(row)].join('\n');
    }
  }
}
