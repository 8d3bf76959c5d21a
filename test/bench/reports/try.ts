import { measurePages } from './measure-pages.ts';

const [folder = '', rounds = '5'] = process.argv.slice(2);
const found = await measurePages(folder, { period: '2026-Q3', before: '2026-Q2', rounds: Number(rounds) });
console.table(
  found.pages.map((p) => ({
    ...p,
    questions: p.questions?.toFixed(1),
    first: p.first.toFixed(0),
    whole: p.whole.toFixed(0),
    kilobytes: p.kilobytes.toFixed(0),
  })),
);
console.log(found.memory, found.missing);
