interface Props {
  values: number[];
  /** What it shows, in a sentence. */
  label: string;
  width?: number;
  height?: number;
}

/** A line as small as a word: the course of a number. */
export function Sparkline({ values, label, width = 160, height = 36 }: Props) {
  if (values.length < 2) return null;
  const points = sparkPoints(values, width, height);
  const last = points.at(-1);
  const line = points.map(([x, y]) => `${x},${y}`).join(' ');
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polygon points={`0,${height} ${line} ${width - 4},${height}`} fill="var(--accent-soft)" />
      <polyline points={line} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeLinejoin="round" />
      {last && <circle cx={last[0]} cy={last[1]} r="3" fill="var(--spark)" />}
    </svg>
  );
}

/** Points of the line, from zero at the bottom to the greatest value at the top. */
export function sparkPoints(values: number[], width: number, height: number): [number, number][] {
  const most = Math.max(...values, 0);
  const step = (width - 4) / Math.max(1, values.length - 1);
  return values.map((v, i) => [round(i * step), round(height - 3 - (most > 0 ? (Math.max(0, v) / most) * (height - 7) : 0))]);
}

const round = (n: number) => Math.round(n * 10) / 10;
