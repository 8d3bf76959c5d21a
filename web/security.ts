/** Headers that every page and asset of this site carries. */
import helmet from 'helmet';

/**
 * Nothing runs and nothing styles that is not a file of this origin: no inline script, no inline style. `data:` images
 * are what the design system draws its check marks with.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Nothing to other sites. Not `no-referrer`: with it a form of ours says `Origin: null`, and could not be told from others'.
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
});
