/** Whole records against a profile: each course of events of each registration, in the order of its timestamps. */
import type { Statement } from '../../../../lrs/xapi/types.ts';
import { valuesAt } from './json-path.ts';
import { follows } from './patterns.ts';
import type { Profile } from './profile.ts';
import { validates } from './templates.ts';

const SUBREGISTRATION = `$.context.extensions['https://w3id.org/xapi/profiles/extensions/subregistration'][*].subregistration`;

/** Sentences about statements that break a template or match none, and about courses of events that follow no pattern. */
export function astray(statements: readonly Statement[], profile: Profile): string[] {
  const found: string[] = [];
  const courses = new Map<string, string[][]>();
  const inOrder = statements.toSorted((a, b) => Date.parse(a.timestamp ?? '') - Date.parse(b.timestamp ?? ''));
  for (const statement of inOrder) {
    const { outcome, templates, broken } = validates(statement, profile.templates);
    if (outcome !== 'success') found.push(`${statement.verb.id} ${outcome}: ${broken.join('; ')}`);
    const within = `${statement.context?.registration} ${valuesAt(statement, SUBREGISTRATION).join()}`;
    courses.set(within, [...(courses.get(within) ?? []), templates]);
  }
  for (const [within, course] of courses) {
    if (!follows(course, profile)) found.push(`${within} follows no pattern: ${JSON.stringify(course)}`);
  }
  return found;
}
