/** The figures of a metric as people read them: a column a figure, with its margin or its quartiles in one. */
import type { ComponentChildren } from 'preact';
import type { Column, Language } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { type FigureField, fieldOf, numbersOf, writtenNumber } from '../../figures/field.ts';
import type { FigureSpec, Metric } from '../../metrics/metric.ts';
import { type By, fieldsOf } from '../../privacy/index.ts';
import { words } from '../words.ts';

/** A column each for what is a number; of `names` alone where they are given, in their order. */
export function figureColumns(
  metric: Metric,
  by: By,
  lang: Language,
  cells: readonly AnswerCell[],
  names?: readonly string[],
): Column<AnswerCell>[] {
  const all = numbersOf(metric, by);
  const specs = names ? names.flatMap((name) => all.filter((each) => each.name === name)) : all;
  return specs.map((spec) => columnOf(spec, metric, by, lang, cells));
}

function columnOf(
  spec: FigureSpec,
  metric: Metric,
  by: By,
  lang: Language,
  cells: readonly AnswerCell[],
): Column<AnswerCell> {
  const [first = '', ...others] = fieldsOf(spec).map((field) => fieldOf(metric, by, field, lang, cells));
  if (first === '') throw new Error(`${spec.name} is no number`);
  const { heading, unit } = spec.texts[lang];
  const column = { heading, numeric: true, ...(unit !== undefined && { unit }) };
  const text = (figure: FigureField, cell: AnswerCell): string | null => {
    const value = figure.value(cell);
    return value === null ? null : writtenNumber(lang, value, figure);
  };
  if (spec.kind === 'quartiles') {
    const [median, third] = others;
    if (!median || !third) throw new Error(`${spec.name} has no quartiles`);
    const between = (cell: AnswerCell): ComponentChildren => {
      const middle = text(median, cell);
      return middle === null ? null : <Beside main={middle} beside={[`${text(first, cell)} – ${text(third, cell)}`]} />;
    };
    return { ...column, heading: words[lang].quartiles(heading), value: between };
  }
  const [margin] = others;
  return {
    ...column,
    value: (cell) => {
      const value = text(first, cell);
      // Of values that are all alike there is no margin to tell; it would claim that others are alike too.
      const about = margin?.value(cell) ? text({ ...margin, digits: first.digits }, cell) : null;
      return value !== null && about !== null ? <Beside main={value} beside={[`± ${about}`]} /> : value;
    },
  };
}

/** A number, and in brackets what stands beside it, or `under` it. */
export function Beside({ main, beside, under }: { main: string; beside: readonly string[]; under?: boolean }) {
  return (
    <>
      {main}
      {beside.map((each) => (
        <>
          {' '}
          <span class={under ? 'livret-beside livret-under' : 'livret-beside'} key={each}>
            ({each})
          </span>
        </>
      ))}
    </>
  );
}
