/** What has to be so after a disk was full, whichever engine kept its store there. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore } from '../../lrs/store/open.ts';
import { livret } from '../cli/livret.ts';
import { HEADERS } from '../cli/requests.ts';
import type { RunningServer } from '../e2e/server.ts';
import { FeedReader } from './feed-reader.ts';
import { countKept } from './kept-blobs.ts';
import { type Answered, type Posting, send } from './posting.ts';

/** ms for a server to stop whose clients are idle. */
const STOPPED_WITHIN = 5_000;

/** ms for the feed to give what was acknowledged. */
const FEED_WITHIN = 30_000;

export const get = (server: RunningServer, path: string): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers: HEADERS });

/** Waits until GET /ready answers with this status. */
export async function untilReady(server: RunningServer, status: 200 | 503, within: number): Promise<void> {
  for (const deadline = Date.now() + within; ; await wait(100)) {
    const is = (await get(server, '/ready')).status;
    if (is === status) return;
    if (Date.now() > deadline) throw new Error(`/ready is ${is}, and not ${status} after ${within} ms.`);
  }
}

/** Each was taken, or refused in time by a 503 of the table that says when to come again. */
export function expectClearAnswers(answers: readonly Answered[], within: number): void {
  const shown = ({ status, code, retryAfter }: Answered): string => `${status} ${code} ${retryAfter}`;
  expect([...new Set(answers.map(shown))].sort()).to.deep.equal(['200 undefined null', '503 store.unavailable 1']);
  expect(Math.max(...answers.map(({ took }) => took))).to.be.lessThan(within);
}

/**
 * Once there is room again and nobody posts any more: all that was acknowledged is there, of what was refused nothing or
 * all, and all that is sent again; the feed has each once, also for a reader who followed it through all this.
 * `livret check` is content, and no blob is left but those that are referred to. Stops the server.
 */
export async function expectAllThere(server: RunningServer, posting: Posting, reader: FeedReader): Promise<void> {
  const there = new Set(await readFeed(server, posting.acknowledged));
  for (const { kind, status, ids } of posting.answers) {
    const found = ids.filter((id) => there.has(id)).length;
    if (status === 200) expect(found, `acknowledged ${kind}`).to.equal(ids.length);
    else expect(found, `refused ${kind}`).to.be.oneOf([0, ids.length]);
  }
  for (const refused of posting.refused) expect((await send(server.url, refused)).status).to.equal(200);
  const feed = await readFeed(server, posting.answers);
  await reader.end();
  expect([...feed].sort()).to.deep.equal(posting.answers.flatMap(({ ids }) => ids).sort());
  expect(reader.ids).to.deep.equal(feed);

  const began = Date.now();
  await server.stop();
  expect(server.process.exitCode).to.equal(0);
  expect(Date.now() - began).to.be.lessThan(STOPPED_WITHIN);
  const checked = await livret(['check'], server.place);
  expect(checked).to.include({ code: 0, stderr: '' });
  const store = await openStore(server.place);
  await store.blobs.sweep(-1);
  await store.close();
  const attachments = posting.answers.filter(({ kind }) => kind === 'attachment');
  expect(await countKept(server.place), 'blobs').to.equal(attachments.length);
}

/** The feed from its start, up to all of these. What a broken-off commit was to write holds it back for a while. */
async function readFeed(server: RunningServer, answers: readonly Answered[]): Promise<string[]> {
  const ids = answers.flatMap((answer) => answer.ids);
  for (const deadline = Date.now() + FEED_WITHIN; ; await wait(500)) {
    const reader = new FeedReader(server.url);
    await reader.end();
    const read = new Set(reader.ids);
    if (Date.now() > deadline || ids.every((id) => read.has(id))) return reader.ids;
  }
}
