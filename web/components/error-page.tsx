/** The page that a refusal or a failure becomes for someone in a browser. */
import type { Language } from '../language.ts';
import { type PageProps, renderPage } from '../page.tsx';
import { words } from '../words.ts';

export interface ErrorPageProps extends Pick<PageProps, 'lang' | 'navigation' | 'visitor' | 'path'> {
  /** HTTP status; it chooses the sentence. */
  status: number;
  /** Stable code of the refusal, for whoever must report it. */
  code?: string;
  /** What exactly is wrong; leave out whatever was not meant for the outside. */
  detail?: string;
}

/** A whole HTML document. */
export function renderErrorPage({ status, code, detail, ...page }: ErrorPageProps): string {
  const { errors, home } = words[page.lang];
  return renderPage({
    ...page,
    title: `${errors.title} ${status}`,
    lead: sentence(page.lang, status),
    children: (
      <>
        {detail && <p class="detail">{detail}</p>}
        {code && (
          <p class="hint">
            <code>{code}</code>
          </p>
        )}
        <p>
          <a href="/">{home}</a>
        </p>
      </>
    ),
  });
}

function sentence(lang: Language, status: number): string {
  const { byStatus, fallback } = words[lang].errors;
  return byStatus[status] ?? fallback;
}
