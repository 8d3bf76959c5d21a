/** The identifiers of a person. */
import { Button, type Column, DataTable, Form, Input, type Language, Select } from '../../../web/index.ts';
import type { Person } from '../../directory/index.ts';
import { fieldsOf, type Refused } from '../refused.tsx';
import { KINDS, shownIdentifier } from './identifier.ts';
import { words } from './words.ts';

export interface IdentifiersProps {
  lang: Language;
  person: Person;
  manages: boolean;
  refused: Refused | undefined;
}

export function Identifiers({ lang, person, manages, refused }: IdentifiersProps) {
  const { person: say, problems } = words[lang];
  const fields = fieldsOf('identifiers', refused, problems);
  const columns: Column<string>[] = [
    { heading: say.identifier, value: (key) => shownIdentifier(key).value, rowHeader: true },
    { heading: say.kind, value: (key) => say.kinds[shownIdentifier(key).kind] },
    { heading: say.homePage, value: (key) => shownIdentifier(key).homePage },
  ];
  if (manages && person.identifiers.length > 1) {
    columns.push({ heading: say.remove, value: (key) => <Remove lang={lang} id={person.id} identifier={key} /> });
  }
  return (
    <>
      <DataTable id="identifiers" caption={say.identifiers} columns={columns} rows={person.identifiers} />
      <p class="fr-hint-text">{say.identifiersLead}</p>
      {manages && (
        <>
          <h2 class="fr-h4 fr-mt-4w">{say.addIdentifier}</h2>
          <Form action={`/people/${person.id}/identifiers`}>
            <Select
              name="kind"
              label={say.kind}
              value={fields.value('kind')}
              options={KINDS.map((kind) => ({ value: kind, label: say.kinds[kind] }))}
            />
            <Input
              name="value"
              label={say.value}
              hint={say.valueHint}
              value={fields.value('value')}
              error={fields.error('value')}
              maxLength={500}
            />
            <Input
              name="homePage"
              label={say.homePage}
              hint={say.homePageHint}
              value={fields.value('homePage')}
              error={fields.error('homePage')}
              optional
              maxLength={500}
            />
            <Button kind="secondary">{say.addIdentifier}</Button>
          </Form>
        </>
      )}
    </>
  );
}

function Remove({ lang, id, identifier }: { lang: Language; id: string; identifier: string }) {
  const say = words[lang].person;
  return (
    <Form action={`/people/${id}/identifiers/remove`}>
      <input type="hidden" name="identifier" value={identifier} />
      <Button kind="tertiary" size="sm">
        {say.remove} <span class="fr-sr-only">{shownIdentifier(identifier).value}</span>
      </Button>
    </Form>
  );
}
