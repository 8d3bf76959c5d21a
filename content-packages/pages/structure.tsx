import {
  DateTime,
  DescriptionList,
  formatBytes,
  formatNumber,
  type Language,
  LocalText,
  Tag,
} from '../../web/index.ts';
import type { ShownPackage } from '../catalogue/catalogue.ts';
import type { CourseNode, Objective, Unit } from '../course.ts';
import { words } from './words.ts';

/** One package: what it is, and its course as a tree of blocks and units. */
export function PackageStructure({ lang, shown }: { lang: Language; shown: ShownPackage }) {
  const say = words[lang];
  const { structure } = shown;
  return (
    <>
      <p>
        <LocalText lang={lang} texts={structure.description} />
      </p>
      <h2>{say.facts}</h2>
      <Facts lang={lang} shown={shown} />
      <h2>{say.structure}</h2>
      <Tree lang={lang} nodes={structure.children} />
      {structure.objectives.length > 0 && (
        <>
          <h2>{say.objectives}</h2>
          <Objectives lang={lang} objectives={structure.objectives} />
        </>
      )}
    </>
  );
}

function Facts({ lang, shown: { summary } }: { lang: Language; shown: ShownPackage }) {
  const say = words[lang];
  return (
    <DescriptionList
      entries={[
        [say.format, summary.format],
        [say.version, formatNumber(lang, summary.version)],
        [say.units, formatNumber(lang, summary.units)],
        [say.files, formatNumber(lang, summary.files)],
        [say.size, formatBytes(lang, summary.bytes)],
        [say.imported, <DateTime key="imported" at={summary.imported} />],
        [say.course, <code key="course">{summary.course}</code>],
      ]}
    />
  );
}

function Tree({ lang, nodes }: { lang: Language; nodes: readonly CourseNode[] }) {
  return (
    <ul class="livret-tree">
      {nodes.map((node) => (
        <li key={node.id}>
          {node.kind === 'unit' ? <UnitLine lang={lang} unit={node} /> : <BlockLines {...{ lang, node }} />}
        </li>
      ))}
    </ul>
  );
}

function BlockLines({ lang, node }: { lang: Language; node: Extract<CourseNode, { kind: 'block' }> }) {
  const say = words[lang];
  return (
    <>
      <p>
        <strong>
          <LocalText lang={lang} texts={node.title} fallback={say.untitled} />
        </strong>{' '}
        <Tag>{say.block}</Tag>
      </p>
      <Tree lang={lang} nodes={node.children} />
    </>
  );
}

function UnitLine({ lang, unit }: { lang: Language; unit: Unit }) {
  const say = words[lang];
  const tags = [
    say.moveOn[unit.moveOn],
    unit.masteryScore !== undefined && `${say.mastery} ${formatNumber(lang, unit.masteryScore, 4)}`,
    say.launchMethod[unit.launchMethod],
  ].filter((tag): tag is string => Boolean(tag));
  return (
    <>
      <p>
        <LocalText lang={lang} texts={unit.title} fallback={say.untitled} />{' '}
        {tags.map((tag) => (
          <>
            <Tag key={tag}>{tag}</Tag>{' '}
          </>
        ))}
      </p>
      <p class="fr-text--sm">
        {say.start} <code>{unit.url}</code>
      </p>
    </>
  );
}

function Objectives({ lang, objectives }: { lang: Language; objectives: readonly Objective[] }) {
  return (
    <ul>
      {objectives.map((objective) => (
        <li key={objective.id}>
          <LocalText lang={lang} texts={objective.title} fallback={objective.id} />
        </li>
      ))}
    </ul>
  );
}
