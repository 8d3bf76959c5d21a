/** What a query asks for, as members that a statement must have. */
import { membersOf } from '../xapi/members.ts';
import { type Member, type MemberKind, type Statement, Usage } from '../xapi/types.ts';
import type { StatementQuery } from './store.ts';

/** In the order in which they are likely to be rare. Any of the bits of `usage` will do. */
export function conditionsOf(query: StatementQuery): Member[] {
  const wanted: [kind: MemberKind, value: string | undefined, usage: number][] = [
    ['registration', query.registration, Usage.DIRECT],
    ['agent', query.agent, query.relatedAgents ? Usage.DIRECT | Usage.RELATED | Usage.OWNER : Usage.DIRECT],
    ['activity', query.activity, query.relatedActivities ? Usage.DIRECT | Usage.RELATED : Usage.DIRECT],
    ['verb', query.verb, Usage.DIRECT],
    ['agent', query.owner, Usage.OWNER],
  ];
  return wanted.flatMap(([kind, value, usage]) => (value === undefined ? [] : [{ kind, value, usage }]));
}

/** The conditions that a statement does not meet by itself. */
export function missingIn<C extends Member>(text: string, conditions: readonly C[]): C[] {
  const members = membersOf(JSON.parse(text) as Statement);
  return conditions.filter(
    ({ kind, value, usage }) =>
      !members.some((member) => member.kind === kind && member.value === value && (member.usage & usage) !== 0),
  );
}
