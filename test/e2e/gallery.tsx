/** One page with every component on it, in every state, served as the pages of Livret are. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  Alert,
  Badge,
  Button,
  ButtonGroup,
  Chart,
  Checkbox,
  createShell,
  DataTable,
  DateTime,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  Fieldset,
  FilterForm,
  Filters,
  Form,
  Input,
  LinkButton,
  Pagination,
  pageNumberOf,
  SearchForm,
  Select,
  sendErrorPage,
  sendPage,
  sortOf,
  Tabs,
  Tag,
  Textarea,
  Tiles,
} from '../../web/index.ts';

const OPTIONS = [
  { value: 'DRH', label: 'Ressources humaines' },
  { value: 'DSIC', label: 'Systèmes d’information' },
];

const ROWS = [
  { name: 'Lovelace, Ada', direction: 'DRH', hours: 12.5 },
  { name: 'Martin, Camille', direction: 'DSIC', hours: null },
];

export async function startGallery(): Promise<{ url: string; stop(): Promise<void> }> {
  const app = express();
  const navigation = [{ path: '/gallery', label: { fr: 'Composants', en: 'Components' } }];
  const visitor = { name: 'Ada Lovelace', csrf: 'token' };
  const site = { stateMarks: false, accessibility: 'partial', contact: 'mailto:aide@example.org' } as const;
  app.use(createShell({ frame: () => ({ navigation, visitor }), site }));
  app.get('/gallery', (request, response) => {
    const { query } = request;
    sendPage(request, response, {
      title: 'Composants',
      lead: 'Chacun dans chacun de ses états.',
      breadcrumb: [{ href: '/above', label: 'Au-dessus' }],
      children: <Gallery sort={query.sort} page={query.page} />,
    });
  });
  // Apart: axe takes its time over so many elements.
  app.get('/figures', (request, response) =>
    sendPage(request, response, {
      title: 'Figures et tableaux',
      breadcrumb: [{ href: '/gallery', label: 'Composants' }],
      children: (
        <>
          <Tabs label="Vues" tabs={[{ href: '/figures', label: 'Figures', current: true }]} />
          <FilterForm sets={['direction']} submit="Afficher">
            <Select name="direction" label="Direction" options={OPTIONS} value="DRH" placeholder="Toutes" />
          </FilterForm>
          <Filters filters={[{ label: 'Direction : DRH', href: '?' }]} />
          <Charts />
          <WideTables />
        </>
      ),
    }),
  );
  app.post('/refused', (request, response) =>
    sendPage(request, response, { title: 'Clé', status: 422, children: <RefusedForm /> }),
  );
  app.get('/failing', (request, response) =>
    sendErrorPage(request, response, { status: 503, code: 'store.unavailable', request: 'r-1' }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function Gallery(props: { sort: unknown; page: unknown }) {
  return (
    <>
      <Alert title="Import terminé" kind="success" live>
        33 000 personnes, aucune refusée.
      </Alert>
      <Alert kind="warning">Une clé expire demain.</Alert>
      <Tabs
        label="Vues"
        tabs={[
          { href: '?view=list', label: 'Liste', current: true },
          { href: '?view=tree', label: 'Arbre' },
        ]}
      />
      <SearchForm label="Rechercher une personne par nom" />
      <FilterForm sets={['direction', 'site']} submit="Afficher">
        <Select name="direction" label="Direction" options={OPTIONS} value="DRH" placeholder="Toutes" />
        <Input name="site" label="Site" />
      </FilterForm>
      <Filters filters={[{ label: 'Direction : DRH', href: '?' }]} />
      <DataTable
        id="people"
        caption="Personnes"
        rows={ROWS}
        sort={sortOf(props.sort, ['name', 'hours'])}
        columns={[
          { heading: 'Nom', value: ({ name }) => <a href="/people/1">{name}</a>, rowHeader: true, sort: 'name' },
          { heading: 'Direction', value: ({ direction }) => <Tag>{direction}</Tag> },
          { heading: 'État', value: () => <Badge kind="success">Actif</Badge> },
          { heading: 'Durée', unit: 'h', value: ({ hours }) => hours, numeric: true, sort: 'hours' },
        ]}
      />
      <Pagination page={pageNumberOf(props.page)} pages={12} />
      <Tiles tiles={[{ href: '/reports', title: 'Rapports', description: 'Par direction.' }]} />
      <DescriptionList entries={[['Créée le', <DateTime key="at" at={Date.UTC(2026, 0, 1)} />]]} />
      <EmptyState title="Aucune clé pour l’instant">
        <p>Une clé laisse un lecteur de contenus écrire.</p>
        <LinkButton href="/keys/new" icon="add-line">
          Créer une clé
        </LinkButton>
      </EmptyState>
      <RefusableForm />
    </>
  );
}

const DIRECTIONS = [
  'Direction des ressources humaines',
  'Délégation à l’éducation et à la sécurité routières des départements d’outre-mer',
  'DGAFP',
  'Préfecture du Rhône',
];
const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const HOURS = Array.from({ length: 24 }, (_, hour) => `${hour} h`);
const QUARTERS = ['2025', '2026'].flatMap((year) => ['1er', '2e', '3e', '4e'].map((at) => `${at} trimestre ${year}`));
const PARCOURS = ['Bureautique', 'Traitement de texte avancé', 'Tableur', 'Messagerie', 'Sécurité', 'Présentations'];

/** Numbers that look like some, the same each time. */
const wave = (seed: number, length: number): number[] =>
  Array.from({ length }, (_, index) => Math.abs(Math.sin(seed * 7 + index * 1.7)));

function Charts() {
  const say = { lang: 'fr', description: 'Ce que montre la figure, en une phrase.' } as const;
  const several = PARCOURS.map((name, index) => ({ name, values: wave(index, DIRECTIONS.length) }));
  const many = Array.from({ length: 12 }, (_, index) => ({
    name: `${PARCOURS[index % 6]}, niveau ${index}`,
    values: wave(index, DIRECTIONS.length),
  }));
  return (
    <section aria-labelledby="charts">
      <h2 id="charts">Figures</h2>
      <Chart
        {...say}
        id="one"
        title="Une série"
        labels={DIRECTIONS}
        series={[{ name: 'Heures', values: [1234.5, 0.25, null, 640] }]}
        unit="heures"
      />
      <Chart {...say} id="several" title="Plusieurs séries" labels={DIRECTIONS} series={several} percent />
      <Chart {...say} id="many" title="Beaucoup de séries" labels={DIRECTIONS} series={many} percent />
      <Chart
        {...say}
        id="standing"
        bars="vertical"
        title="Barres debout"
        labels={QUARTERS}
        series={several.slice(0, 2).map(({ name }, index) => ({ name, values: wave(index, 8) }))}
        percent
        unit="part des inscrits"
      />
      <Chart
        {...say}
        kind="heat"
        id="heat"
        title="Traces par heure et jour"
        rows={DAYS}
        columns={HOURS}
        values={DAYS.map((_, day) => wave(day, 24).map((value, hour) => (hour < 6 ? null : Math.round(value * 90))))}
      />
      <Chart
        {...say}
        kind="heat"
        id="heat-large"
        title="Grands nombres"
        rows={DAYS}
        columns={HOURS}
        values={DAYS.map((_, day) => wave(day, 24).map((value) => Math.round(value * 12_345)))}
      />
      <Chart
        {...say}
        kind="lines"
        id="line"
        title="Une ligne"
        labels={QUARTERS}
        series={[{ name: 'Achèvement', values: wave(1, 8), target: 0.8 }]}
        percent
        unit="part des inscrits"
      />
      <Chart
        {...say}
        kind="lines"
        id="lines"
        title="Plusieurs lignes"
        labels={QUARTERS}
        series={several.map(({ name }, index) => ({
          name,
          values: wave(index, 8).map((value, at) => (at === 3 ? null : value * 100)),
        }))}
        unit="heures"
      />
      <Chart
        {...say}
        kind="intervals"
        id="intervals"
        title="Estimations"
        labels={DIRECTIONS}
        values={[
          { at: 0.42, low: 0.12, high: 0.71 },
          { at: -0.1, low: -0.4, high: 0.2 },
          null,
          { at: 0.9, low: 0.85, high: 1.2 },
        ]}
        reference={0}
        unit="corrélation"
      />
    </section>
  );
}

/** More columns than a page has room for, and more rows than a sheet of paper. */
function WideTables() {
  const columns = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      heading: `${PARCOURS[index % 6]}, ${index % 2 ? 'durée médiane' : 'part achevée'}`,
      numeric: true,
      ...(index % 2 ? { unit: 'heures', digits: 1 } : { percent: true }),
      value: (row: number) => (index % 2 ? 400 : 1) * (wave(row, index + 1)[index] ?? 0),
    }));
  const direction = {
    heading: 'Direction',
    rowHeader: true,
    value: (row: number) => DIRECTIONS[row % DIRECTIONS.length],
  };
  return (
    <>
      {[8, 22].map((count) => (
        <DataTable
          key={count}
          id={`wide-${count}`}
          caption={`Un tableau de ${count + 1} colonnes`}
          columns={[direction, ...columns(count)]}
          rows={count > 10 ? [0, 1, 2, 3] : Array.from({ length: 40 }, (_, row) => row)}
        />
      ))}
    </>
  );
}

function RefusableForm() {
  return (
    <Form action="/refused">
      <Input name="label" label="Nom de la clé" hint="Visible dans le journal." />
      <Input name="email" type="email" label="Adresse électronique" autocomplete="email" optional />
      <Fieldset id="scopes" legend="Droits">
        <Checkbox name="scope-read" label="Lire" hint="Toutes les traces." />
        <Checkbox name="scope-write" label="Écrire" checked />
      </Fieldset>
      <Textarea name="note" label="Note" optional />
      <ButtonGroup>
        <Button>Créer</Button>
        <LinkButton href="/gallery" kind="secondary">
          Annuler
        </LinkButton>
        <Button kind="tertiary" size="sm" type="button">
          Vérifier
        </Button>
      </ButtonGroup>
    </Form>
  );
}

function RefusedForm() {
  const message = 'Donnez un nom, par exemple « lecteur de contenus ».';
  return (
    <Form action="/refused">
      <ErrorSummary errors={[{ field: 'label', message }]} />
      <Input name="label" label="Nom de la clé" value="" error={message} />
      <Select name="direction" label="Direction" options={OPTIONS} error="Choisissez une direction." />
      <Checkbox name="sure" label="J’ai compris" error="Cochez la case pour continuer." />
      <Button>Créer</Button>
    </Form>
  );
}
