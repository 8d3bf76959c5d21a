// Whether the server of this container lives: ends with 0 when GET /health answers 200. Reads the server's own settings.
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

const { PORT = '8080', LIVRET_HOST = '127.0.0.1', LIVRET_TLS_CERT } = process.env;
const anywhere = LIVRET_HOST === '0.0.0.0' || LIVRET_HOST === '::';
const request = LIVRET_TLS_CERT ? secure : plain;

const asked = request({
  host: anywhere ? 'localhost' : LIVRET_HOST,
  port: PORT,
  path: '/health',
  timeout: 4_000,
  // The certificate is the server's own, and names the address that others reach it by.
  rejectUnauthorized: false,
});
asked.on('response', (response) => process.exit(response.statusCode === 200 ? 0 : 1));
asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
asked.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
asked.end();
