/** Patterns over colours, in the order of the series. */

const common = { color: 'var(--chart-pattern)', dashArrayX: [1, 0], symbolSize: 1 } as const;

const DECALS = [
  { ...common, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 6 },
  {
    ...common,
    symbol: 'circle',
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [6, 0],
    symbolSize: 0.8,
  },
  { ...common, dashArrayX: [1, 0], dashArrayY: [4, 3], rotation: -Math.PI / 4 },
  {
    ...common,
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
  },
  { ...common, dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: Math.PI / 2 },
] as const;

/** The first series goes plain. */
export const decal = (index: number): object => (index === 0 ? {} : { decal: DECALS[(index - 1) % DECALS.length] });
