/** Where an administrator puts a person. */
import { Button, FilterForm, Form, type Language, Select } from '../../../web/index.ts';
import { directionId, type Person, placeText, type Tree, type Unit } from '../../directory/index.ts';
import { fieldsOf, type Refused, WhyRefused } from '../refused.tsx';
import { words } from './words.ts';

export interface PlacingProps {
  lang: Language;
  person: Person;
  tree: Tree;
  /** The direction that was chosen first. */
  direction: string | undefined;
  refused?: Refused;
}

/** The direction first, then what lies in it: a list of all services of all directions would be too long to read. */
export function Placing({ lang, person, tree, direction, refused }: PlacingProps) {
  const { placing: say, problems } = words[lang];
  const fields = fieldsOf('place', refused, problems);
  const units = direction === undefined ? [] : withBelow(tree, directionId(direction));
  return (
    <>
      {refused && <WhyRefused refused={refused} problems={problems} />}
      {person.waiting && <p>{say.sent(placeText(person.waiting.sent))}</p>}
      <FilterForm sets={['direction']} submit={say.choose}>
        <Select
          name="direction"
          label={say.direction}
          placeholder={say.pick}
          value={direction}
          options={tree.directions().map((name) => ({ value: name, label: name }))}
        />
      </FilterForm>
      {units.length > 0 && (
        <Form action={`/people/${person.id}/place`}>
          <input type="hidden" name="direction" value={direction} />
          <Select
            name="unit"
            label={say.unit}
            value={fields.value('unit')}
            error={fields.error('unit')}
            options={units.map((unit) => optionOf(tree, unit))}
          />
          <Button>{say.submit}</Button>
        </Form>
      )}
    </>
  );
}

/** A direction with its services and sites, not with the directions below it. */
function withBelow(tree: Tree, id: string): Unit[] {
  const unit = tree.unit(id);
  if (!unit) return [];
  const below = tree.children(id).filter(({ kind }) => kind !== 'direction');
  return [unit, ...below.flatMap((each) => withBelow(tree, each.id))];
}

function optionOf(tree: Tree, unit: Unit): { value: string; label: string } {
  const path = tree.path(unit.id).filter(({ direction }) => direction === unit.direction);
  return { value: unit.id, label: path.map(({ name }) => name).join(' / ') };
}
