/** What stands on the pages of the import. */

import { type Person, placeOf, placeText } from '../../../lrs/directory/index.ts';
import { agentFromKey, roleNames } from '../../../lrs/index.ts';
import {
  Alert,
  Button,
  ButtonGroup,
  Checkbox,
  type Column,
  DataTable,
  DescriptionList,
  ErrorSummary,
  Form,
  formatNumber,
  inLine,
  type Language,
  LinkButton,
} from '../../../web/index.ts';
import { COLUMNS, type Column as FileColumn } from '../columns.ts';
import type { Findings, Left, Move, Understood } from '../findings.ts';
import type { Problem } from '../row.ts';
import { sayIn, words } from './words.ts';

/** A line that was refused. */
export interface RefusedLine {
  line: number;
  problems: readonly Problem[];
}

export interface UploadFormProps {
  lang: Language;
  complete: boolean;
  /** Why the file that was sent would not do. */
  problem?: string;
}

export function UploadForm({ lang, complete, problem }: UploadFormProps) {
  const say = words[lang];
  const columns: Column<FileColumn>[] = [
    { heading: say.column, value: (name) => <code>{name}</code>, rowHeader: true },
    { heading: say.meaning, value: (name) => say.meanings[name] },
  ];
  return (
    <>
      <Form action="/import/people" multipart>
        <ErrorSummary errors={problem === undefined ? [] : [{ field: 'file', message: problem }]} />
        {/* In front of the file, where the server still reads. */}
        <Checkbox name="complete" label={say.complete} hint={say.completeHint} checked={complete} />
        <div class={`fr-upload-group fr-mb-3w${problem === undefined ? '' : ' fr-upload-group--error'}`}>
          <label class="fr-label" for="file">
            {say.file}
            <span class="fr-hint-text">{say.fileHint}</span>
          </label>
          <input
            class="fr-upload"
            type="file"
            id="file"
            name="file"
            accept=".csv,text/csv"
            required
            aria-invalid={problem === undefined ? undefined : 'true'}
            aria-describedby="file-messages"
          />
          <div class="fr-messages-group" id="file-messages" aria-live="polite">
            {problem !== undefined && <p class="fr-message fr-message--error">{problem}</p>}
          </div>
        </div>
        <Button>{say.check}</Button>
      </Form>
      <DataTable id="columns" caption={say.columnsTitle} columns={columns} rows={COLUMNS} />
    </>
  );
}

export interface FoundProps {
  lang: Language;
  found: Findings;
  refused: readonly RefusedLine[];
}

export interface PreviewProps extends FoundProps {
  /** Id to confirm it by. */
  preview: string;
  /** The first of those who would leave. */
  leavers: readonly Person[];
}

/** What would change, with the form that confirms it. */
export function Preview({ preview, leavers, ...shown }: PreviewProps) {
  const { lang, found } = shown;
  const say = words[lang];
  return (
    <>
      <Found {...shown} />
      <FirstLines lang={lang} found={found} />
      {found.left && <WouldLeave lang={lang} left={found.left} leavers={leavers} />}
      <Form action="/import/people/confirm">
        <input type="hidden" name="preview" value={preview} />
        {found.left?.refused === 'tooMany' && (
          <Checkbox name="force" label={say.force(formatNumber(lang, found.left.found))} />
        )}
        <p class="fr-hint-text">{say.confirmHint}</p>
        <ButtonGroup>
          <Button>{say.apply}</Button>
          <LinkButton kind="secondary" href="/import/people">
            {say.another}
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}

/** What has changed. */
export function Result(shown: FoundProps) {
  const { lang, found } = shown;
  const say = words[lang];
  const { left } = found;
  return (
    <>
      {left && <HaveLeft lang={lang} left={left} />}
      <Found {...shown} />
      <LinkButton href="/people">{say.toPeople}</LinkButton>
    </>
  );
}

/** Providers that are shown. */
const PROVIDERS = 20;

type OfProvider = Left['providers'][number];

const numbersOf = (lang: Language, { provider, found, of }: OfProvider): [string, string, string] => [
  provider,
  formatNumber(lang, found),
  formatNumber(lang, of),
];

interface WouldLeaveProps {
  lang: Language;
  left: Left;
  leavers: readonly Person[];
}

function WouldLeave({ lang, left: { found, providers }, leavers }: WouldLeaveProps) {
  const say = words[lang];
  const now = Date.now();
  const columns: Column<Person>[] = [
    {
      heading: say.name,
      value: ({ id, familyName, givenName }) => (
        <a href={`/people/${id}`}>{[familyName, givenName].filter(Boolean).join(' ') || id}</a>
      ),
      rowHeader: true,
    },
    {
      heading: say.place,
      value: (person) => {
        const here = placeOf(person, now);
        return here && placeText(here);
      },
    },
  ];
  return (
    <>
      <Alert kind={found > 0 ? 'warning' : 'info'}>
        {found === 0 && <p>{say.leftNobody}</p>}
        {providers.slice(0, PROVIDERS).map((each) => (
          <p key={each.provider}>
            {say.left(...numbersOf(lang, each))} {each.refused && say.leftRefused[each.refused]}
          </p>
        ))}
        {providers.length > PROVIDERS && <p>…</p>}
      </Alert>
      {leavers.length > 0 && <DataTable id="leavers" caption={say.leavers} columns={columns} rows={leavers} />}
      {found > leavers.length && <p>{say.leaversMore(formatNumber(lang, found - leavers.length))}</p>}
    </>
  );
}

function HaveLeft({ lang, left: { providers } }: { lang: Language; left: Left }) {
  const say = words[lang];
  return providers.slice(0, PROVIDERS).map((each) =>
    each.refused ? (
      <Alert key={each.provider} kind="warning">
        <p>
          {say.leftMissing(...numbersOf(lang, each))} {say.leftRefused[each.refused]}
        </p>
      </Alert>
    ) : (
      <Alert key={each.provider}>{say.leftClosed(...numbersOf(lang, each))}</Alert>
    ),
  );
}

function Found({ lang, found, refused }: FoundProps) {
  const say = words[lang];
  const { new: made, changed, unchanged, moves, newDirections, left } = found;
  const counts = { new: made, changed, unchanged, refused: found.refused, moves: moves.count };
  const entries = Object.entries({ ...counts, ...(left && { left: left.found }) }) as [
    keyof typeof say.counts,
    number,
  ][];
  return (
    <>
      <DescriptionList entries={entries.map(([name, count]) => [say.counts[name], formatNumber(lang, count)])} />
      {refused.length > 0 && <Refused lang={lang} refused={refused} count={found.refused} />}
      {newDirections.count > 0 && (
        <>
          <h2 class="fr-h4 fr-mt-4w">{say.newDirections}</h2>
          <p>{say.newDirectionsLead}</p>
          <ul>
            {newDirections.names.map((name) => (
              <li key={name}>{name}</li>
            ))}
            {newDirections.count > newDirections.names.length && <li>…</li>}
          </ul>
        </>
      )}
      {moves.count > 0 && (
        <DataTable id="moves" caption={say.moves} columns={moveColumns(lang)} rows={moves.examples} />
      )}
    </>
  );
}

function moveColumns(lang: Language): Column<Move>[] {
  const say = words[lang];
  return [
    { heading: say.line, value: ({ line }) => line, rowHeader: true },
    { heading: say.from, value: ({ from }) => placeText(from) },
    { heading: say.to, value: ({ to }) => placeText(to) },
  ];
}

function Refused({ lang, refused, count }: { lang: Language; refused: readonly RefusedLine[]; count: number }) {
  const say = words[lang];
  const told = ({ column, problem }: Problem): string =>
    [column, sayIn(say.sentences, problem)].filter((each) => each !== null).join(' ');
  const columns: Column<RefusedLine>[] = [
    { heading: say.line, value: ({ line }) => line, rowHeader: true },
    { heading: say.problem, value: ({ problems }) => inLine(lang, problems.map(told)) },
  ];
  return (
    <>
      <DataTable id="refused" caption={say.refused} columns={columns} rows={refused} />
      {count > refused.length && <p>{say.refusedMore(formatNumber(lang, count - refused.length))}</p>}
    </>
  );
}

function FirstLines({ lang, found: { columns, first } }: { lang: Language; found: Findings }) {
  const say = words[lang];
  const recognised: Column<Findings['columns'][number]>[] = [
    { heading: say.header, value: ({ header }) => header, rowHeader: true },
    { heading: say.column, value: ({ column }) => <code>{column}</code> },
    { heading: say.meaning, value: ({ column }) => say.meanings[column] },
  ];
  const lines: Column<Understood>[] = [
    { heading: say.line, value: ({ line }) => line, rowHeader: true },
    {
      heading: say.name,
      value: ({ familyName, givenName }) => [familyName, givenName].filter(Boolean).join(' ') || null,
    },
    { heading: say.identifier, value: ({ identifier }) => agentFromKey(identifier).account?.name },
    { heading: say.place, value: placeText },
    { heading: say.roles, value: ({ roles }) => roles.map((role) => roleNames[lang][role]).join(', ') },
  ];
  return (
    <>
      <DataTable id="first" caption={say.first} columns={lines} rows={first} />
      <DataTable id="recognised" caption={say.recognised} columns={recognised} rows={columns} />
    </>
  );
}
