/**
 * The job that sends digests. Of each, what is due goes out once: it is noted before the mail leaves and after it has left,
 * both by compare-and-set, so that two processes never send it both. Where a run broke off in between, or the server took all
 * of it and never answered, nobody knows whether the mail is out: it is sent once more, with the same Message-ID, and after a
 * second break not again.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Mailer } from '../../adapters/index.ts';
import type { Directory } from '../../lrs/directory/index.ts';
import { hasCode, LivretError, type PeopleAccess, put, type Store, type Versioned } from '../../lrs/index.ts';
import type { Tell, Turn } from '../../web/index.ts';
import type { Ground } from '../all-collected.ts';
import { erasedAt } from '../privacy/index.ts';
import { Composer, type Place } from './compose.ts';
import { dueAt, GIVEN_UP_AFTER, pauseAfter } from './due.ts';
import { envelopeOf } from './envelope.ts';
import { htmlOf } from './mail-html.tsx';
import { textOf } from './mail-text.ts';
import { NewestPeriods } from './newest.ts';
import { type Ended, type Reader, readerOf } from './reader.ts';
import { type Attempt, changeSubscription, endSubscription, SUBSCRIPTIONS, type Subscription } from './subscription.ts';

export interface Sending {
  store: Store;
  directory: Directory;
  access: { sessions: Pick<PeopleAccess['sessions'], 'granted'> };
  ground: Ground;
  place: Place;
  timeZone: string;
  /** Without one nothing is sent; who may not read any more loses the subscription all the same. */
  mailer?: Mailer | undefined;
  tell: Tell;
  onError(error: unknown): void;
  now(): number;
}

/** ms between two mails: a server takes it for a person, and not for a flood. */
const PACE = 100;

/** ms after which a mail that is said to be on its way is not: longer than the mailer waits for anything. */
const BROKEN_AFTER = 600_000;

/** How often a mail may have gone out without anybody knowing, and goes out once more. */
const MOST_BROKEN = 1;

/** So many failures in a row are no matter of addresses: the server is asked again in the next run. */
const ENOUGH = 3;

/** What readers have in common, asked once a run. */
interface Run {
  newest: NewestPeriods;
  composer: Composer;
}

type Found = Versioned<Subscription>;

/** One run. A subscription that fails does not hold up the others. */
export async function sendDigests(sending: Sending, turn?: Pick<Turn, 'signal'>): Promise<void> {
  const { store, directory, access, ground, place, onError } = sending;
  const sources = { directory, sessions: access.sessions, erased: erasedAt(await store.ledger.lines()) };
  const run = { newest: new NewestPeriods(ground.reports), composer: new Composer(ground, place) };
  let failures = 0;
  for (const found of await store.collection(SUBSCRIPTIONS).find()) {
    if (turn?.signal.aborted || failures === ENOUGH) return;
    try {
      const reader = await readerOf(sources, found.value, sending.now());
      if (typeof reader === 'string') {
        await end(sending, found, reader);
        continue;
      }
      const outcome = await sendDue(sending, found, reader, run);
      if (outcome === undefined) continue;
      failures = outcome === 'failed' ? failures + 1 : 0;
      await wait(PACE, undefined, turn && { signal: turn.signal }).catch(() => {});
    } catch (error) {
      onError(error);
    }
  }
}

/** Not where somebody has changed it since it was read: the next run looks at what it is now. */
async function end({ store, tell }: Sending, { id, version, value }: Found, reason: Ended): Promise<void> {
  try {
    await endSubscription(store, id, version);
  } catch (error) {
    if (hasCode(error, 'collection.conflict')) return;
    throw error;
  }
  tell('a subscription to digests has ended', { subscription: id, person: value.person, reason });
}

/** put off: by the server, and of this mail alone. */
type Outcome = 'sent' | 'refused' | 'deferred' | 'failed';

/** Sends what is due, if anything is; undefined where nothing went out. */
async function sendDue(
  sending: Sending,
  found: Found,
  reader: Reader,
  { newest, composer }: Run,
): Promise<Outcome | undefined> {
  const { place, timeZone, mailer } = sending;
  const { email } = reader.person;
  const latest = await newest.of(found.value.sections);
  const now = sending.now();
  const due = dueAt(found.value.frequency, latest, now, timeZone);
  if (!mailer || email === undefined || !latest || due === undefined || due === found.value.done) return undefined;
  const attempt = attemptOf(found.value, due, now);
  if (attempt === 'later') return undefined;
  if (attempt.broken > MOST_BROKEN) {
    await giveUp(sending, found, due, 'broken');
    return undefined;
  }
  const digest = await composer.compose(found.value, reader, latest.period);
  if (!(await claim(sending, found, reader, { ...attempt, tries: attempt.tries + 1, sending: now }))) return undefined;
  try {
    const { lang } = found.value;
    await mailer.send({
      ...{ to: email, subject: digest.subject, text: textOf(digest, lang), html: htmlOf(digest, lang) },
      ...envelopeOf(place, found, due),
    });
  } catch (error) {
    return fail(sending, found, due, error);
  }
  await note(sending, found, due, ({ attempt: _attempt, gaveUp: _gaveUp, ...rest }) => ({
    ...{ ...rest, done: due },
    sent: { at: sending.now(), period: latest.period },
  }));
  return 'sent';
}

/** The attempt to go on with; 'later' while it waits, or is another process's. */
function attemptOf({ attempt }: Subscription, due: string, now: number): Attempt | 'later' {
  if (attempt?.due !== due) {
    // What was due before is overtaken, unless its mail may be leaving this moment.
    const leaving = attempt?.sending !== undefined && now < attempt.sending + BROKEN_AFTER;
    return leaving ? 'later' : { due, tries: 0, since: now, next: now, broken: 0 };
  }
  if (attempt.sending === undefined) return now < attempt.next ? 'later' : attempt;
  return now < attempt.sending + BROKEN_AFTER ? 'later' : { ...attempt, broken: attempt.broken + 1 };
}

/** Notes that it is on its way; false where somebody has changed or ended it since it was read. */
async function claim({ store }: Sending, { id, version, value }: Found, { person }: Reader, attempt: Attempt) {
  try {
    // Whoever was merged into somebody else is found by that one's id from now on.
    const claimed: Subscription = { ...value, person: person.id, attempt };
    await store.commit({ changes: [put(SUBSCRIPTIONS, id, claimed, { expect: version })] });
    return true;
  } catch (error) {
    if (hasCode(error, 'collection.conflict')) return false;
    throw error;
  }
}

/** Of this attempt alone: whoever chose otherwise meanwhile has begun anew. */
function note({ store }: Sending, { id }: Found, due: string, change: (now: Subscription) => Subscription) {
  return changeSubscription(store, id, (now) => (now.attempt?.due === due ? change(now) : undefined));
}

const OUTCOMES = {
  'mail.refused': 'refused',
  'mail.deferred': 'deferred',
  'mail.failed': 'failed',
  'mail.unclear': 'failed',
} as const;

const codeOf = (error: unknown): keyof typeof OUTCOMES | undefined =>
  (Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).find((code) => hasCode(error, code));

async function fail(sending: Sending, found: Found, due: string, error: unknown): Promise<Outcome> {
  const { tell, now } = sending;
  const known = codeOf(error);
  const code = known ?? 'mail.failed';
  const detail = error instanceof LivretError ? error.detail : undefined;
  if (!known) sending.onError(error);
  let over: string | undefined = code === 'mail.refused' ? code : undefined;
  await note(sending, found, due, (subscription) => {
    const { attempt } = subscription;
    if (!attempt) return subscription;
    const { sending: _sending, ...rest } = attempt;
    const next = now() + pauseAfter(attempt.tries);
    // The server may have it: as with a run that broke off.
    const broken = attempt.broken + (code === 'mail.unclear' ? 1 : 0);
    if (next >= attempt.since + GIVEN_UP_AFTER) over = code;
    if (broken > MOST_BROKEN) over = 'broken';
    return { ...subscription, attempt: { ...rest, next, broken, error: code } };
  });
  tell('a digest could not be sent', { subscription: found.id, person: found.value.person, error: code, detail });
  if (over !== undefined) await giveUp(sending, found, due, over);
  return OUTCOMES[code];
}

async function giveUp(sending: Sending, found: Found, due: string, error: string): Promise<void> {
  await note(sending, found, due, ({ attempt: _attempt, ...rest }) => ({
    ...{ ...rest, done: due },
    gaveUp: { at: sending.now(), error },
  }));
  sending.tell('a digest was given up', { subscription: found.id, person: found.value.person, due, error });
}
