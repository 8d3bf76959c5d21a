/** What a site sets about its xAPI resources. */
import type { XapiVersion } from '../xapi/types.ts';
import type { FeedOptions } from './feed.ts';

export interface XapiSettings {
  /** Version said on answers to requests that name none (they are refused, as both standards demand). */
  fallbackVersion: XapiVersion;
  /** Bytes: of a JSON body, a document, or the statements of a multipart body. */
  maxBodyBytes: number;
  /** Statements in one request. */
  maxStatements: number;
  /** Bytes of one attachment. */
  maxAttachmentBytes: number;
  /** Bytes of a whole multipart body. */
  maxMultipartBytes: number;
  /** Statements on a page when the request sets no limit, and at most (`limit=0`, or more than this). */
  pageSize: { default: number; max: number };
  feed?: FeedOptions;
}
