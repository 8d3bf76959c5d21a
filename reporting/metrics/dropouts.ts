/**
 * Dropouts: of those who get no further in a parcours, how many have stopped altogether, and after which module?
 *
 *   dropped        1 where the person dropped out, else 0
 *   droppedAfter   tally: the module of the last sign of life before each drop-out, in a module
 *
 * Signs of life in a parcours are the person's acts in it (active facts) and facts by which a module of it is done (completed,
 * result.completion true, satisfied), from the first act on. What counts are signs of which the DROPPED_AFTER times 24 hours
 * that follow end in the period, and do not see the parcours completed (a fact completed or satisfied about it, or
 * result.completion true) or waived. When no module is done for the first time in them, the person has **stalled**; when
 * there is no sign at all, they have dropped out, whether they come back later or not. A silence comes to its 90 days once, so
 * it counts in one period.
 *
 * Only who stalled contributes, and not everybody with a parcours under way: a training correspondent sees week by week which
 * modules were done (progress/of-person.ts), hence of the others that they have not dropped out. Of who stalled they see
 * nothing that tells.
 * Within an atom the tally tells of a module only where k of its people stalled after having been in it: who is in a parcours
 * is known by name.
 *
 * Source: Livret. Nobody may count the inactivity of a named person (CNIL, SAN-2024-021).
 *
 * Unit: a person. Not enough data: has not stalled.
 */
import { DAY } from '../calendar/index.ts';
import { BEHAVIOUR, type Metric } from './metric.ts';
import { contributionsOf, PEOPLE, PLACES } from './of-people.ts';

/** Days without any sign after which who has not completed has dropped out. */
const DROPPED_AFTER = 90;

const SQL = `
  WITH ${PLACES},
  begun AS (
    SELECT person, parcours, started_at, epoch_ms(least(completed_at, waived_at)) AS closed FROM enrolments
    WHERE started_at < epoch_ms($end::BIGINT - $silence::BIGINT)
      AND coalesce(least(completed_at, waived_at) > epoch_ms($start::BIGINT), true)
  ),
  signs AS (
    SELECT person, parcours, module, instant, position
    FROM events JOIN agents USING (agent) JOIN begun USING (person, parcours)
    WHERE instant >= started_at AND instant >= epoch_ms($start::BIGINT - $silence::BIGINT) AND instant < epoch_ms($end::BIGINT)
      AND (active OR (module IS NOT NULL AND (kind IN ('completed', 'satisfied') OR coalesce(completion, false))))
  ),
  followed AS (
    SELECT person, parcours, epoch_ms(instant) AS sign, epoch_ms(lead(instant) OVER enrolment) AS next
    FROM signs
    WINDOW enrolment AS (PARTITION BY person, parcours ORDER BY instant, position)
  ),
  looked_at AS (
    SELECT person, parcours, sign, bool_or(next IS NULL OR next > sign + $silence::BIGINT) AS dropped
    FROM followed JOIN begun USING (person, parcours)
    WHERE sign + $silence::BIGINT < $end::BIGINT AND (closed IS NULL OR closed > sign + $silence::BIGINT)
    GROUP BY person, parcours, sign
  ),
  done AS (
    SELECT person, parcours, epoch_ms(min(least(completed_at, satisfied_at))) AS done_at
    FROM attempts SEMI JOIN begun USING (person, parcours)
    WHERE completed_at IS NOT NULL OR satisfied_at IS NOT NULL
    GROUP BY person, parcours, module
  ),
  stalls AS (
    SELECT l.person, l.parcours, l.sign, l.dropped
    FROM looked_at l ANTI JOIN done d
      ON d.person = l.person AND d.parcours = l.parcours AND d.done_at > l.sign AND d.done_at <= l.sign + $silence::BIGINT
  ),
  -- Of the few who stalled, all that they did until then.
  until AS (
    SELECT person, parcours, max(sign) AS sign FROM stalls GROUP BY person, parcours
  ),
  history AS (
    SELECT person, parcours, module, epoch_ms(instant) AS told, position
    FROM events JOIN agents USING (agent) JOIN until u USING (person, parcours) JOIN begun USING (person, parcours)
    WHERE instant >= started_at AND epoch_ms(instant) <= u.sign AND module IS NOT NULL
      AND (active OR kind IN ('completed', 'satisfied') OR coalesce(completion, false))
  ),
  been AS (
    SELECT person, list_sort(list(DISTINCT module)) AS been_in FROM history GROUP BY person
  ),
  after AS (
    SELECT s.person, s.parcours, s.sign, arg_max(module, (told, position)) AS module
    FROM stalls s JOIN history h ON h.person = s.person AND h.parcours = s.parcours AND h.told <= s.sign
    WHERE s.dropped
    GROUP BY s.person, s.parcours, s.sign
  ),
  own AS (
    SELECT person, bool_or(dropped)::INTEGER AS dropped FROM stalls GROUP BY person
  ),
  stopped AS (
    SELECT person, list_sort(list(DISTINCT module)) AS dropped_after FROM after GROUP BY person
  )
  SELECT person, direction, dropped, coalesce(dropped_after, []) AS dropped_after, coalesce(been_in, []) AS been_in
  FROM own JOIN places USING (person) LEFT JOIN been USING (person) LEFT JOIN stopped USING (person)
`;

const SILENCE = DROPPED_AFTER * DAY;

export const dropouts: Metric = {
  name: 'dropouts',
  family: BEHAVIOUR,
  formula: {
    fr: 'personnes sans aucun geste pendant 90 × 24 h ÷ personnes sans nouveau module achevé pendant 90 × 24 h',
    en: 'people without any act for 90 × 24 h ÷ people without a newly completed module for 90 × 24 h',
  },
  source: 'Livret',
  texts: {
    fr: {
      title: 'Points d’abandon',
      definition:
        'Parmi les personnes qui, dans un parcours commencé et non achevé, n’ont achevé aucun nouveau module pendant 90 jours (90 × 24 heures) : celles qui n’y ont rien fait du tout, et le module où elles se sont arrêtées. Ces 90 jours finissent dans la période ; un arrêt compte donc une fois, même si la personne revient ensuite. Dans un groupe, un module n’est nommé que si assez de personnes y étaient passées ; un total n’additionne que les groupes où il est nommé.',
      unit: 'Une personne, d’après ses parcours en cours, dans la direction où elle se trouve à la fin de la période.',
      notEnoughData:
        'Les personnes qui ont achevé un module ou leur parcours dans ces 90 jours, ou en sont dispensées, ne sont pas comptées.',
    },
    en: {
      title: 'Where people stop',
      definition:
        'Of the people who, in a course begun and not completed, newly completed no module for 90 days (90 × 24 hours): those who did nothing in it at all, and the module where they stopped. These 90 days end in the period, so a stop counts once, even where the person comes back later. In a group a module is named only where enough people had been in it; a total adds up the groups where it is named.',
      unit: 'A person, by their courses under way, in the direction they belong to at the end of the period.',
      notEnoughData:
        'People who completed a module, or their course, within these 90 days, or had it waived, are not counted.',
    },
  },
  settings: [],
  figures: [
    PEOPLE,
    {
      kind: 'count',
      name: 'dropped',
      of: 0,
      texts: { fr: { heading: 'Se sont arrêtées' }, en: { heading: 'Stopped' } },
    },
    {
      kind: 'share',
      name: 'droppedShare',
      of: 'dropped',
      over: 'n',
      texts: { fr: { heading: 'Part qui s’est arrêtée' }, en: { heading: 'Share that stopped' } },
    },
    {
      kind: 'tally',
      name: 'droppedAfter',
      among: 'beenIn',
      texts: { fr: { heading: 'Arrêts après le module' }, en: { heading: 'Stopped after the module' } },
    },
  ],
  charted: ['droppedShare'],
  contributions: (query, { start, end }) =>
    contributionsOf(query, SQL, { start, end, silence: SILENCE }, ['dropped'], {
      droppedAfter: 'dropped_after',
      beenIn: 'been_in',
    }),
};
