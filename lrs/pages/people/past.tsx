/** What was done to a person: merges, and who changed what. */
import { Badge, Button, type Column, DataTable, DateTime, Form, inLine, type Language } from '../../../web/index.ts';
import type { Change, HistoryEntry, Merge, Role } from '../../directory/index.ts';
import { roleNames } from '../role-names.ts';
import { nameOf } from './who.ts';
import { words } from './words.ts';

type Names = ReadonlyMap<string, string>;

/** Who did something, by name where it was a person who is known. */
function By({ lang, by, names }: { lang: Language; by: string; names: Names }) {
  const say = words[lang].by;
  if (by === 'import' || by === 'console' || by === 'link' || by === 'key') return say[by];
  if (by.startsWith('sso:')) return say.sso(by.slice('sso:'.length));
  return <a href={`/people/${by}`}>{names.get(by) ?? by}</a>;
}

export function Merges({ lang, merges, names }: { lang: Language; merges: readonly Merge[]; names: Names }) {
  const { person: say, nameless, columns: heads } = words[lang];
  if (merges.length === 0) return null;
  const columns: Column<Merge>[] = [
    { heading: heads.name, value: ({ was }) => nameOf(was) ?? nameless, rowHeader: true },
    { heading: say.mergedAt, value: ({ at }) => <DateTime at={at} /> },
    { heading: say.who, value: ({ by }) => <By lang={lang} by={by} names={names} /> },
    {
      heading: say.unmerge,
      value: ({ id, into, was, undone }) =>
        undone ? (
          <Badge>{say.undone}</Badge>
        ) : (
          <Form action={`/people/${into}/unmerge`}>
            <input type="hidden" name="merge" value={id} />
            <Button kind="tertiary" size="sm">
              {say.unmerge} <span class="fr-sr-only">{nameOf(was) ?? nameless}</span>
            </Button>
          </Form>
        ),
    },
  ];
  return <DataTable id="merges" caption={say.merges} columns={columns} rows={merges} />;
}

/** The sentence of one change. */
function sentence(lang: Language, change: Change): string {
  // The table has for each `what` a function that takes just that change, which the compiler does not follow here.
  const say = words[lang].changes[change.what] as (change: Change, name: (role: Role) => string) => string;
  return say(change, (role) => roleNames[lang][role]);
}

export function History({ lang, history, names }: { lang: Language; history: readonly HistoryEntry[]; names: Names }) {
  const say = words[lang].person;
  const columns: Column<HistoryEntry>[] = [
    { heading: say.when, value: ({ at }) => <DateTime at={at} />, rowHeader: true },
    { heading: say.who, value: ({ by }) => <By lang={lang} by={by} names={names} /> },
    {
      heading: say.what,
      value: ({ changes }) =>
        inLine(
          lang,
          changes.map((change) => sentence(lang, change)),
        ),
    },
  ];
  return <DataTable id="history" caption={say.history} columns={columns} rows={history} />;
}
