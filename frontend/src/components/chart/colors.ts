/** The theme's colours as charts need them: resolved, since a chart reads no CSS. */
export interface ChartColors {
  ink: string;
  muted: string;
  line: string;
  paper: string;
  accent: string;
  spark: string;
  /** Okabe–Ito: safe for every kind of colour vision. */
  series: string[];
}

export function chartColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: read('--ink'),
    muted: read('--ink-2'),
    line: read('--line'),
    paper: read('--paper'),
    accent: read('--accent'),
    spark: read('--spark'),
    series: [1, 2, 3, 4, 5, 6, 7].map((n) => read(`--chart-${n}`)),
  };
}
