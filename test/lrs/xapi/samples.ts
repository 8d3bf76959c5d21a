/** Statements and options that the tests of lrs/xapi share. */
import { type IntakeOptions, type ReadStatement, Refusal, readStatements } from '../../../lrs/xapi/index.ts';

export type Data = Record<string, unknown>;

export const ID = '9dc99b37-e920-4a68-a066-917faca28949';
export const OTHER_ID = '54f42ca3-a826-4af9-935d-7e7b853a6c49';

export const OPTIONS: IntakeOptions = {
  version: '1.0.3',
  authority: { objectType: 'Agent', account: { homePage: 'http://lrs.test', name: 'key' } },
  maxStatements: 100,
};

export const ALICE = { objectType: 'Agent', mbox: 'mailto:alice@example.test' };
export const BOB = { objectType: 'Agent', account: { homePage: 'http://example.test', name: 'bob' } };

/** A small valid statement, with some of its properties put or replaced. */
export const statement = (properties: Data = {}): Data => ({
  actor: { mbox: 'mailto:ann@example.test' },
  verb: { id: 'http://example.test/verbs/tried' },
  object: { id: 'http://example.test/activities/1' },
  ...properties,
});

export const subStatement = (properties: Data = {}): Data => statement({ objectType: 'SubStatement', ...properties });

export function read(value: unknown, options: Partial<IntakeOptions> = {}): ReadStatement {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [first] = readStatements(text, { ...OPTIONS, ...options }).statements;
  if (first === undefined) throw new Error('nothing was read');
  return first;
}

/** What the work refuses with. Fails when it refuses nothing. */
export function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
