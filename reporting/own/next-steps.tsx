/** The parcours that are under way: how far, what comes next, what waits. */
import { Badge, Details, formatDate, formatDay, type Language, ProgressBar } from '../../web/index.ts';
import { localOf, weekdayName, weekdayOf } from '../calendar/index.ts';
import type { OwnLearning } from './model.ts';
import { sentences } from './sentences.ts';
import { onlyWaivedIn, over, overAt, type UnderWay, underWay } from './standing.ts';

export interface NextStepsProps {
  lang: Language;
  learning: OwnLearning;
  nameOf(iri: string): string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Parcours shown whole; the others are folded. */
const FIRST = 3;

export function NextSteps(props: NextStepsProps) {
  const { lang, learning, now, nameOf } = props;
  const say = sentences[lang].next;
  const open = underWay(learning, now);
  const done = over(learning);
  const day = (at: string): string => formatDay(lang, Date.parse(at), learning.settings.timeZone);
  return (
    <section>
      <h2>{say.title}</h2>
      {open.length === 0 && <p>{say.none}</p>}
      {open.slice(0, FIRST).map((each) => (
        <Parcours {...props} each={each} key={each.enrolment.parcours} />
      ))}
      {open.length > FIRST && (
        <Details summary={say.others(open.length - FIRST)}>
          {open.slice(FIRST).map((each) => (
            <Parcours {...props} each={each} key={each.enrolment.parcours} />
          ))}
        </Details>
      )}
      {done.length > 0 && (
        <Details summary={say.over(done.length)}>
          <ul>
            {done.map((enrolment) => (
              <li key={enrolment.parcours}>
                {nameOf(enrolment.parcours)}, {enrolment.completedAt === null ? say.waived : say.done}{' '}
                {day(overAt(enrolment))}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </section>
  );
}

function Parcours({ lang, learning, nameOf, each }: NextStepsProps & { each: UnderWay }) {
  const say = sentences[lang].next;
  const { enrolment, module, next, missed } = each;
  const { registeredAt, startedAt, modulesCompleted, modulesKnown, late } = enrolment;
  const { timeZone, lateAfter } = learning.settings;
  if (registeredAt === null && startedAt === null) {
    return (
      <>
        <h3>{nameOf(enrolment.parcours)}</h3>
        <p>{say.needed}</p>
      </>
    );
  }
  return (
    <>
      <h3>
        {nameOf(enrolment.parcours)} {late && <Badge kind="info">{say.lateBadge}</Badge>}
      </h3>
      {modulesKnown > 0 ? (
        <ProgressBar
          value={modulesCompleted + onlyWaivedIn(learning.modules, enrolment)}
          of={modulesKnown}
          label={say.modules(modulesCompleted, modulesKnown, onlyWaivedIn(learning.modules, enrolment))}
        />
      ) : (
        <p>{say.noModule}</p>
      )}
      {late && registeredAt !== null && (
        <p>{say.late(formatDay(lang, Date.parse(registeredAt), timeZone), lateAfter)}</p>
      )}
      <ul>
        {module && (
          <li>
            {say.module} {nameOf(module.module)}
          </li>
        )}
        <li>
          {say.slot} {next ? moment(lang, next.from, timeZone) : say.noSlot}
        </li>
        {missed && <li>{say.missed(moment(lang, missed.from, timeZone))}</li>}
      </ul>
    </>
  );
}

/** « mardi 24 novembre 2026 à 14:00 », by the clock of the place. */
function moment(lang: Language, at: string, timeZone: string): string {
  const instant = Date.parse(at);
  return `${weekdayName(lang, weekdayOf(localOf(timeZone, instant).day))} ${formatDate(lang, instant, timeZone)}`;
}
