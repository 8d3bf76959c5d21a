import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Makes a certificate that has signed itself, for localhost; gives the paths of the two PEM files. */
export function makeCertificate(folder: string, name: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}-cert.pem`), join(folder, `${name}-key.pem`)];
  const how = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const san = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  execFileSync('openssl', ['req', ...how.split(' '), '-addext', san, '-out', cert, '-keyout', key], {
    stdio: 'ignore',
  });
  return { cert, key };
}
