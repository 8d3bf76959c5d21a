/** The address people and clients reach this site by. */
import type { Config } from '../config.ts';

/** LIVRET_URL, or the address listened on; `port` where the system chose one. */
export function siteAddress(config: Config, port: number = config.port): string {
  if (config.url !== undefined) return config.url;
  // "Any address" is a place to listen, not one to go to.
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const scheme = config.tlsCert === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
