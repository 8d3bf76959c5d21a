/** Statements for the contract suite, read as the LRS reads them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { ErrorCode } from '../../lrs/errors.ts';
import { LivretError } from '../../lrs/errors.ts';
import type { NewStatement, StoredStatement } from '../../lrs/store/store.ts';
import { readStatements } from '../../lrs/xapi/index.ts';
import type { Actor, Agent, Statement } from '../../lrs/xapi/types.ts';

export const AUTHORITY: Agent = { objectType: 'Agent', account: { homePage: 'https://livret.example', name: 'suite' } };
export const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };

export const agent = (name: string): Agent => ({
  objectType: 'Agent',
  account: { homePage: 'https://agents.example', name },
});
export const activity = (name: string) => ({
  objectType: 'Activity' as const,
  id: `https://activities.example/${name}`,
});
export const verb = (name: string) => ({ id: `https://verbs.example/${name}` });
export const reference = (id: string) => ({ objectType: 'StatementRef' as const, id });

/** A new statement; what is not given is ordinary, and what is named in `without` is left out. */
export function given(
  parts: Partial<Statement> = {},
  authority: Actor = AUTHORITY,
  without: (keyof Statement)[] = [],
): NewStatement {
  const statement: Statement = {
    id: randomUUID(),
    actor: agent('camille'),
    verb: verb('did'),
    object: activity('module'),
    timestamp: '2026-01-05T09:00:00Z',
    ...parts,
  };
  for (const property of without) delete statement[property];
  return givenText(JSON.stringify(statement), authority);
}

/** A new statement of that very text, white space and all. */
export function givenText(text: string, authority: Actor = AUTHORITY): NewStatement {
  const { statements } = readStatements(text, { version: '2.0.0', authority, maxStatements: 1 });
  const [read] = statements;
  if (!read) throw new Error('no statement was read');
  const { value: _value, attachments: _attachments, ...rest } = read;
  return { ...rest, attachments: [], defines: true };
}

export const ids = (statements: readonly { id: string }[]): string[] => statements.map(({ id }) => id);

export const parsed = (statement: StoredStatement | undefined): Statement =>
  JSON.parse(Buffer.from(statement?.text ?? '').toString('utf8')) as Statement;

/** Asserts that a promise rejects with that code of the error table. */
export async function refused(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, `should have been refused with ${code}`).to.be.instanceOf(LivretError);
  expect((error as LivretError).code).to.equal(code);
}
