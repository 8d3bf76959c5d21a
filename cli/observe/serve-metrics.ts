/** GET /metrics, on a port of its own: what it tells is for those who operate the server, not for those who use it. */
import type { RequestListener } from 'node:http';
import { type Listening, listen } from '../net/listen.ts';
import type { Metrics } from './metrics.ts';

/** Rejects with `config.invalid` when the address cannot be had. */
export function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
  onError: (error: unknown) => void,
): Promise<Listening> {
  const answer: RequestListener = async (request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      const { contentType, text } = await metrics.read();
      response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text);
    } catch (error) {
      onError(error);
      response.writeHead(500).end();
    }
  };
  return listen(answer, { host, port, settings: 'LIVRET_METRICS_PORT and LIVRET_METRICS_HOST' });
}
