/** Each statement for itself: its text, what it is found by, what it refers to, whether it is voided. */
import type { ClientSession } from 'mongodb';
import type { Finding } from '../../dump.ts';
import { MOST_STEPS, type Position } from '../../store.ts';
import { liesWithin, reachOf, type Step } from '../../verify/reach.ts';
import { readText } from '../../verify/text.ts';
import type { Connection } from '../connection.ts';
import { uuidBinary, uuidText } from '../encoding.ts';
import { keysOfStatement, keyText, usageOfKey } from '../member-keys.ts';
import { type ReferenceRow, StatementFlag, type StatementRow } from '../schema.ts';

/** What the feed tells of voidings. */
export interface Told {
  /** Id → position of each event that tells of it. */
  voided: ReadonlyMap<string, readonly Position[]>;
  /** Positions of all events. */
  positions: ReadonlySet<Position>;
  /** Whether somebody was forgotten: then who voided may be gone. */
  erased: boolean;
}

export class StatementChecks {
  readonly #connection: Connection;
  readonly #told: Told;

  constructor(connection: Connection, told: Told) {
    this.#connection = connection;
    this.#told = told;
  }

  /** What is wrong with some statements, by id. */
  async check(rows: readonly StatementRow[]): Promise<Map<string, Finding[]>> {
    return this.#connection.run(async (session) => {
      const { references } = this.#connection.collections;
      const ids = rows.map(({ _id }) => _id);
      const found = await references.find({ _id: { $in: ids } }, { session }).toArray();
      const voiding = await references.find({ target: { $in: ids }, voids: true }, { session }).toArray();
      const own = new Map(found.map((row) => [uuidText(row._id), row]));
      const voiders = new Set(voiding.map(({ target }) => uuidText(target)));
      // What many refer to is read once.
      const steps = new Map<string, Step<string>>();
      const findings = new Map<string, Finding[]>();
      for (const row of rows) {
        const id = uuidText(row._id);
        const wrong = [
          ...(await this.#checkOne(row, own.get(id), steps, session)),
          ...this.#checkVoiding(id, row, voiders.has(id)),
        ];
        if (wrong.length > 0) findings.set(id, wrong);
      }
      return findings;
    });
  }

  async #checkOne(
    row: StatementRow,
    reference: ReferenceRow | undefined,
    steps: Map<string, Step<string>>,
    session: ClientSession,
  ): Promise<Finding[]> {
    const id = uuidText(row._id);
    const flags = row.flags ?? 0;
    const voids = (flags & StatementFlag.VOIDS) !== 0;
    const hasTimestamp = (flags & StatementFlag.HAS_TIMESTAMP) !== 0;
    const { problems, found: said } = readText({ id, text: row.text?.buffer ?? new Uint8Array(), hasTimestamp, voids });
    const findings = problems.map((problem): Finding => ({ kind: 'statement', where: id, problem }));
    if (said === undefined) return findings;
    const told = (kind: Finding['kind'], problem: string) => findings.push({ kind, where: id, problem });
    if (this.#told.positions.has(row.position ?? 0)) told('event', 'An event has its position.');
    if (row.attachments?.some(({ sha2 }) => !said.declared.includes(sha2))) {
      told('attachment', 'It has contents that it does not declare.');
    }
    const { members, refersTo } = said;
    const own = new Set(keysOfStatement({ members, ...(refersTo !== undefined && { refersTo }) }).map(keyText));
    const keys = new Set((row.members ?? []).map(keyText));
    if ([...own].some((key) => !keys.has(key))) told('index', 'It is not found by everything it says.');
    if ((refersTo === undefined) !== (reference === undefined)) {
      told('reference', refersTo === undefined ? 'It refers to nothing.' : 'That it refers is not known.');
    } else if (reference && (uuidText(reference.target) !== refersTo || reference.voids !== voids)) {
      told('reference', 'It refers to something else.');
    }
    const inherited = usagesOf([...keys].filter((key) => !own.has(key)));
    if (reference === undefined) {
      if (inherited.size > 0) told('index', 'It is found by something that it does not say.');
    } else if (!(await this.#inheritsRightly(id, usagesOf(own), inherited, steps, session))) {
      told('reference', 'It is not found by what it refers to, or by something else.');
    }
    return findings;
  }

  #checkVoiding(id: string, { flags = 0, position = 0 }: StatementRow, hasVoider: boolean): Finding[] {
    const events = this.#told.voided.get(id) ?? [];
    const isVoided = (flags & StatementFlag.VOIDED) !== 0;
    const voids = (flags & StatementFlag.VOIDS) !== 0;
    const wrong: [boolean, string][] = [
      [isVoided && events.length === 0, 'It is marked as voided, and no event tells so.'],
      [!isVoided && events.length > 0, 'An event tells that it was voided, and it is not marked so.'],
      [events.length > 1, 'More than one event tells that it was voided.'],
      [events.some((each) => each <= position), 'The event that tells that it was voided comes before it.'],
      [hasVoider && !isVoided && !voids, 'A statement voids it, and it is not marked so.'],
      [isVoided && voids, 'It voids, and is marked as voided itself.'],
      [isVoided && !hasVoider && !this.#told.erased, 'It is marked as voided, and nothing voids it.'],
    ];
    return wrong.flatMap(([is, problem]) => (is ? [{ kind: 'voiding' as const, where: id, problem }] : []));
  }

  async #inheritsRightly(
    id: string,
    own: ReadonlyMap<string, number>,
    inherited: ReadonlyMap<string, number>,
    steps: Map<string, Step<string>>,
    session: ClientSession,
  ): Promise<boolean> {
    await this.#walk(id, steps, session);
    const reach = reachOf(id, (each) => steps.get(each));
    if (reach === undefined) return true;
    // What it says itself it need not inherit.
    const required = new Map([...reach.required].map(([key, usage]) => [key, usage & ~(own.get(key) ?? 0)]));
    return liesWithin(inherited, { required, allowed: reach.allowed });
  }

  /** The statement and all that it leads to, as far as references reach, in `steps`. */
  async #walk(id: string, steps: Map<string, Step<string>>, session: ClientSession): Promise<void> {
    const { statements } = this.#connection.collections;
    let next: string | undefined = id;
    for (let count = 0; next !== undefined && count <= MOST_STEPS + 1; count++) {
      const known: Step<string> | undefined = steps.get(next);
      const step: Step<string> | undefined =
        known ?? stepOf(next, await statements.findOne({ _id: uuidBinary(next) }, { session }));
      if (!step) return;
      steps.set(next, step);
      next = step.refersTo;
    }
  }
}

/** A statement by itself; nothing where it is not there, or cannot be read. */
function stepOf(id: string, row: StatementRow | null): Step<string> | undefined {
  if (!row?.text) return undefined;
  const { found } = readText({ id, text: row.text.buffer, hasTimestamp: true, voids: false });
  return found && { own: usagesOf(keysOfStatement({ members: found.members }).map(keyText)), refersTo: found.refersTo };
}

/** Keys as what they name → how it is used. Marks and pairs name nothing. */
function usagesOf(keys: Iterable<string>): Map<string, number> {
  const usages = new Map<string, number>();
  for (const key of keys) {
    const named = usageOfKey(key);
    if (named) usages.set(named.member, (usages.get(named.member) ?? 0) | named.usage);
  }
  return usages;
}
