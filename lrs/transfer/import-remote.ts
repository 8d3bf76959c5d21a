/** Brings over the statements of another LRS, page by page, and remembers how far it came. */
import { createHash } from 'node:crypto';
import type { CommandCall } from '../../web/index.ts';
import { LivretError } from '../errors.ts';
import { receiveAttachments } from '../resources/statement-attachments.ts';
import { type CollectionSpec, put, type Store } from '../store/store.ts';
import type { Attachment } from '../xapi/types.ts';
import { DocumentSplitter } from './document.ts';
import type { StatementImport } from './import.ts';
import type { Piece } from './piece.ts';
import { createProgress } from './progress.ts';
import { type RemotePage, readRemote, sourceName } from './remote.ts';

/** How far another LRS has been read. */
interface Bookmark {
  source: string;
  /** ISO 8601 */
  since: string;
}

const BOOKMARKS: CollectionSpec<Bookmark> = { name: 'imports', indexes: {} };

interface Site {
  store: Store;
  maxAttachmentBytes: number;
}

/**
 * Takes everything the LRS at `args.url` gives to `args.key` and `args.secret`, from where the last run came to (from
 * `args.since` where given, from the start with `args.restart`). Rejects `import.source`, `store.unavailable`.
 */
export async function importRemote(
  { args, emit }: CommandCall,
  statements: StatementImport,
  site: Site,
): Promise<void> {
  const { store, maxAttachmentBytes } = site;
  const url = String(args.url);
  const source = sourceName(url);
  const id = createHash('sha256').update(source).digest('hex');
  const bookmark = args.restart === true ? undefined : await store.collection(BOOKMARKS).get(id);
  const since = typeof args.since === 'string' ? args.since : bookmark?.value.since;
  if (since !== undefined) await emit({ kind: 'resumed', since });
  const progress = createProgress(undefined);
  for await (const page of readRemote({ url, ...credentials(args), ...(since === undefined ? {} : { since }) })) {
    const pieces = piecesOf(page.json);
    const announced = pieces.flatMap(attachmentsOf);
    const received = page.parts && (await receiveAttachments(page.parts, announced, store.blobs, maxAttachmentBytes));
    await statements.take(pieces, received);
    await statements.flush();
    const reached = through(pieces, page);
    if (reached !== undefined) await store.commit({ changes: [put(BOOKMARKS, id, { source, since: reached })] });
    const report = progress(statements.counts.read, 0);
    if (report !== undefined) await emit({ kind: 'progress', ...report });
  }
}

function credentials({ key, secret }: CommandCall['args']): { key?: string; secret?: string } {
  return typeof key === 'string' ? { key, secret: typeof secret === 'string' ? secret : '' } : {};
}

function piecesOf(json: Buffer): Piece[] {
  const splitter = new DocumentSplitter();
  return [...splitter.push(json), ...splitter.end()];
}

interface Claims {
  stored?: unknown;
  attachments?: unknown;
  object?: { attachments?: unknown };
}

/** What a statement announces, before it has been validated: enough to know which parts belong to the page. */
function attachmentsOf({ text }: Piece): Attachment[] {
  const { attachments, object } = claimsOf(text);
  return [attachments, object?.attachments].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isAttachment);
}

const isAttachment = (value: unknown): value is Attachment =>
  typeof value === 'object' && value !== null && 'sha2' in value && typeof value.sha2 === 'string';

function claimsOf(text: Buffer): Claims {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null)
    throw new LivretError('import.source', { detail: 'A statement is no object.' });
  return value;
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new LivretError('import.source', { detail: 'Its answer is not JSON.', cause });
  }
}

/**
 * From where the next run should go on: the last `stored` of the page less a millisecond, for statements that share it
 * may come on the next page; and not past what the other side says is complete.
 */
function through(pieces: readonly Piece[], { consistentThrough }: RemotePage): string | undefined {
  const stored = pieces.map(({ text }) => Date.parse(String(claimsOf(text).stored)));
  const last = stored.at(-1);
  if (last === undefined || Number.isNaN(last)) return undefined;
  const complete = Date.parse(consistentThrough ?? '');
  return new Date((Number.isNaN(complete) ? last : Math.min(last, complete)) - 1).toISOString();
}
