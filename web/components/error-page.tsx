/** The page that a refusal or a failure becomes for someone in a browser. */
import { formatDate } from '../format.ts';
import { type PageProps, renderPage } from '../page.tsx';
import { words } from '../words.ts';
import { ButtonGroup, LinkButton } from './button.tsx';
import { DescriptionList } from './description-list.tsx';

export interface ErrorPageProps
  extends Pick<PageProps, 'lang' | 'navigation' | 'visitor' | 'path' | 'site' | 'theme' | 'breadcrumb'> {
  /** HTTP status; it chooses the sentences. */
  status: number;
  /** Stable code of the refusal, for whoever must report it. */
  code?: string;
  /** What exactly is wrong; leave out whatever was not meant for the outside. */
  detail?: string;
  /** Id of the request, which finds it again in the log; the time is shown with it. */
  request?: string;
  /** Title, sentence, and what to do next, in place of those of the status. */
  say?: readonly [title: string, sentence: string, next: string];
  /** Where to go on, in place of the home page. */
  goOn?: { href: string; label: string };
}

/** A whole HTML document. */
export function renderErrorPage({ status, code, detail, request, say, goOn, ...page }: ErrorPageProps): string {
  const { errors, home } = words[page.lang];
  const [title, sentence, next] = say ?? errors.byStatus[status] ?? errors.fallback;
  const facts = [
    [errors.title, String(status)],
    [errors.code, code],
    [errors.request, request],
    [errors.at, request && formatDate(page.lang, Date.now())],
  ] as const;
  return renderPage({
    ...page,
    title,
    lead: sentence,
    children: (
      <>
        {/* Details of refusals are written in English alone (RGAA 8.7). */}
        {detail && <p lang="en">{detail}</p>}
        <p>{next}</p>
        <ButtonGroup>
          <LinkButton href={goOn?.href ?? '/'}>{goOn?.label ?? home}</LinkButton>
          {page.site?.contact !== undefined && (
            <LinkButton kind="secondary" href={page.site.contact}>
              {errors.writeTo}
            </LinkButton>
          )}
        </ButtonGroup>
        <DescriptionList
          entries={facts.flatMap(([term, value]) => (value ? [[term, <code key={term}>{value}</code>] as const] : []))}
        />
      </>
    ),
  });
}
