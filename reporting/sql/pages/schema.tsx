/** What can be asked: the tables and their columns, from the codebook. */
import { type Language, LinkButton } from '../../../web/index.ts';
import { CELL_TABLES } from '../cell-tables.ts';
import type { Over } from '../kept/index.ts';
import type { PublishedColumn, TableSpec } from '../publish.ts';
import { ROW_SPECS } from '../rows.ts';
import { words } from './words.ts';

const TABLES: Record<Over, readonly TableSpec[]> = { cells: CELL_TABLES, rows: ROW_SPECS };

export function Schema({ lang, over }: { lang: Language; over: Over }) {
  const say = words[lang];
  return (
    <section class="livret-schema" aria-labelledby="schema-title">
      <h2 id="schema-title" class="fr-h6">
        {say.schema}
      </h2>
      <p class="fr-text--sm">{say.schemaLead[over]}</p>
      {TABLES[over].map((table) => (
        <details key={table.name}>
          <summary>
            <code>{table.name}</code>
          </summary>
          <p class="fr-text--sm">{table.description[lang]}</p>
          <dl>
            {table.columns.map((column) => (
              <ColumnFacts lang={lang} column={column} key={column.name} />
            ))}
          </dl>
        </details>
      ))}
      <p>
        <LinkButton kind="tertiary" size="sm" href={`/api/extract/${over}.duckdb`} icon="download-line">
          {say.wholeFile}
        </LinkButton>
      </p>
    </section>
  );
}

function ColumnFacts({ lang, column: { name, type, unit, description } }: { lang: Language; column: PublishedColumn }) {
  return (
    <div>
      <dt>
        <code>{name}</code> <code class="livret-type">{type}</code>
        {unit !== undefined && <span class="livret-unit"> ({unit})</span>}
      </dt>
      <dd>{description[lang]}</dd>
    </div>
  );
}
