/** A form that was refused: it is given again with what was typed, and what is wrong stands over the page and at its field. */
import { Alert, ErrorSummary } from '../../web/index.ts';

export interface Refused {
  /** Which of the page's forms. */
  form: string;
  /** What is wrong: a key of the page's problems. */
  problem: string;
  /** Name of the field that it is about; none where it is about the whole. */
  field?: string | undefined;
  /** What was typed, by field. */
  values: Readonly<Record<string, string>>;
}

/** The fields of a form that were sent once, as they were typed. */
export const typed = (body: Record<string, unknown>): Refused['values'] =>
  Object.fromEntries(Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string'));

type Problems = Readonly<Record<string, string>>;

const sentence = (problems: Problems, { problem }: Refused): string => problems[problem] ?? problem;

/** What the fields of one form show: nothing where it is another one that was refused. */
export function fieldsOf(form: string, refused: Refused | undefined, problems: Problems) {
  const mine = refused?.form === form ? refused : undefined;
  return {
    value: (name: string): string | undefined => mine?.values[name],
    error: (name: string): string | undefined => (mine?.field === name ? sentence(problems, mine) : undefined),
  };
}

/** What is wrong, over the page; it leads to the field. */
export function WhyRefused({ refused, problems }: { refused: Refused; problems: Problems }) {
  const message = sentence(problems, refused);
  if (refused.field !== undefined) return <ErrorSummary errors={[{ field: refused.field, message }]} />;
  return (
    <Alert kind="error" live>
      {message}
    </Alert>
  );
}
