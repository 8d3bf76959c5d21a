/** From the site's settings to what each part wants to know. */
import type { MailSettings } from '../adapters/index.ts';
import type { Config } from '../config.ts';
import { type JwtSettings, type LrsSettings, SCOPES } from '../lrs/index.ts';
import type { Site } from '../web/index.ts';
import { version } from './version.ts';

/** ms between two signs of life on a live feed: proxies take a minute of silence for the end. */
const FEED_HEARTBEAT = 15_000;
/** ms after which a live feed ends and its reader comes back: how late the end of its key may be noticed. */
const FEED_LIFETIME = 300_000;

export function lrsSettings(config: Config, siteUrl: string): LrsSettings {
  const jwt = jwtSettings(config);
  return {
    version: version(),
    timeZone: config.timeZone,
    access: {
      siteUrl,
      requestsPerMinute: config.rateLimit,
      failedLoginsPerMinute: config.failedLogins,
      ...(jwt === undefined ? {} : { jwt }),
      sessions: { idle: config.sessionIdle * 60_000, length: config.sessionLength * 3_600_000 },
    },
    xapi: {
      fallbackVersion: config.xapiFallback,
      maxBodyBytes: config.bodyLimit,
      maxStatements: config.batchLimit,
      maxAttachmentBytes: config.attachmentLimit,
      maxMultipartBytes: config.multipartLimit,
      feed: { heartbeat: FEED_HEARTBEAT, lifetime: FEED_LIFETIME },
      pageSize: { default: config.pageSize, max: config.pageLimit },
    },
  };
}

function jwtSettings({ jwtKeys, jwtIssuer, jwtAudience, jwtClaim, jwtScopes }: Config): JwtSettings | undefined {
  if (jwtKeys === undefined || jwtIssuer === undefined || jwtAudience === undefined) return undefined;
  const themselves = Object.fromEntries(SCOPES.map((scope) => [scope, [scope]]));
  const scopes = jwtScopes ?? themselves;
  return { issuer: jwtIssuer, audience: jwtAudience, jwksUrl: jwtKeys, scopeClaim: jwtClaim, scopes };
}

/** Undefined where the site sends no mail. */
export function mailSettings({ smtp, smtpTls, mailFrom }: Config): MailSettings | undefined {
  return smtp === undefined || mailFrom === undefined ? undefined : { server: smtp, from: mailFrom, tls: smtpTls };
}

/** What every page says of the site. */
export function siteSettings({ stateMarks, ministry, accessibility, contact }: Config): Site {
  return { stateMarks, ministry, accessibility, contact };
}
