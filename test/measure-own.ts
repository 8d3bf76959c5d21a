import { openSite, did, names, keyOf, COURSE_TYPE, COMPLETED } from './reporting/site.ts';
import { serve } from './reporting/served.ts';
import { sqlite } from './engines/sqlite.ts';
import { randomUUID } from 'node:crypto';
const COUNT = Number(process.argv[2] ?? 33000);
const median = (a: number[]) => a.sort((x, y) => x - y)[Math.floor(a.length / 2)]?.toFixed(1);
const site = await openSite(sqlite);
const http = await serve(site);
site.clock.now = Date.now();
const all = names('p', COUNT);
let t = Date.now();
for (let d = 0; d < 100; d++) await site.people(`D${d}`, all.filter((_, i) => i % 100 === d));
for (let d = 0; d < 0; d++);
console.log('people', Date.now() - t); t = Date.now();
const whole = (n: string, verb: string, at: string) => ({ ...did(n, at), verb: { id: verb }, object: { id: 'https://courses.test/word', definition: { type: COURSE_TYPE } }, context: {} });
for (let from = 0; from < COUNT; from += 200) {
  await site.commit(all.slice(from, from + 200).flatMap((n, i) => {
    const day = (k: number) => `2026-${String(1 + ((i + k) % 10)).padStart(2, '0')}-${String(1 + ((i * 7 + k) % 28)).padStart(2, '0')}T09:0${k % 10}:00Z`;
    const r = randomUUID();
    const out = [whole(n, 'http://adlnet.gov/expapi/verbs/registered', day(0))];
    if (i % 4 > 0) for (let k = 0; k < 8; k++) out.push({ ...did(n, day(k)), object: { id: `https://units.test/${k % 4}` } });
    if (i % 4 === 3) out.push(whole(n, COMPLETED, '2026-11-10T10:00:00Z') as never);
    void r;
    return out as never[];
  }));
}
console.log('statements', Date.now() - t); t = Date.now();
await site.part.drain();
console.log('drain', Date.now() - t);
await site.people('D0', ['corr'], { roles: ['correspondent'] });
await site.people('ALL', ['corr-all']);
const tree = await site.directory.tree();
const idAll = (await site.directory.personByAgentKey(keyOf('corr-all')))?.id ?? '';
await site.directory.grant(idAll, { role: 'correspondent' }, { by: 'x', at: Date.now() - 1000 });
void tree;
await site.part.drain();
const corr = await http.logIn('corr'); const everywhere = await http.logIn('corr-all'); const me = await http.logIn('p-0103');
const ask = async (what: string, path: string, who: Record<string, string>, rounds = 30) => {
  const first = performance.now(); const r0 = await http.get(path, who); const cold = performance.now() - first;
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) { const s = performance.now(); await http.get(path, who); times.push(performance.now() - s); }
  console.log(what, 'cold', cold.toFixed(0), 'median', median(times), 'ms; status', r0.status, 'bytes', r0.text.length);
};
await ask('own', '/api/me/learning', me);
await ask('progress 330', '/api/progress', corr);
await ask('progress 330 late', '/api/progress?state=late', corr);
await ask('progress 33000', '/api/progress', everywhere);
await ask('progress 33000 late', '/api/progress?state=late', everywhere);
await ask('progress 33000 needed (none)', '/api/progress?state=needed', everywhere, 10);
await ask('progress 33000 csv', '/api/progress?format=csv', everywhere, 3);
const visible: number[] = []; const visibleP: number[] = [];
for (let i = 0; i < 20; i++) {
  await new Promise((r) => setTimeout(r, 1500));
  const sessions = JSON.parse((await http.get('/api/me/learning', me)).text).sessions.length;
  const s = performance.now();
  await site.commit([did('p-0103', new Date(Date.UTC(2020, 0, 1 + i, 9)).toISOString())]);
  for (;;) { if (JSON.parse((await http.get('/api/me/learning', me)).text).sessions.length > sessions) break; await new Promise((r) => setTimeout(r, 10)); }
  visible.push(performance.now() - s);
  await new Promise((r) => setTimeout(r, 1500));
  const name = `new-${i}`; 
  void name;
  const s2 = performance.now();
  const course = `https://courses.test/new-${i}`;
  await site.commit([did('p-0100', '2026-11-11T09:00:00Z', { course })]);
  for (;;) { if (JSON.parse((await http.get(`/api/progress?parcours=${encodeURIComponent(course)}`, corr)).text).rows?.length > 0) break; await new Promise((r) => setTimeout(r, 10)); }
  visibleP.push(performance.now() - s2);
}
console.log('POST to visible: own', median(visible), 'max', Math.max(...visible).toFixed(0), 'progress', median(visibleP), 'max', Math.max(...visibleP).toFixed(0));
await http.close();
