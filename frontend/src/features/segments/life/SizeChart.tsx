import { useCallback, useMemo } from 'react';
import { Chart, roomForLabels } from '@/components/chart/Chart';
import type { ChartColors } from '@/components/chart/colors';
import { count, date, shortDate } from '@/lib/format';
import type { SegmentDay } from '@/lib/generated/api';
import { pointsOf } from './words';
import css from './life.module.css';

/** How many people were in it, day by day, as steps; days of an edit are marked. */
export function SizeChart({ days, name }: { days: SegmentDay[]; name: string }) {
  const option = useCallback((c: ChartColors) => lineOf(days, c), [days]);
  const table = useMemo(
    () => ({
      columns: ['Day', 'People', 'Joined', 'Left', 'What else'],
      rows: days.toReversed().map((d) => [date(d.date), count(d.size), count(d.joined), count(d.left), d.edited ? 'definition changed' : '']),
    }),
    [days],
  );
  if (days.length === 0) return <p className={css.quiet}>The line begins with the first count, in a moment.</p>;
  return <Chart label={`People in ${name} over time`} option={option} table={table} height={184} />;
}

function lineOf(days: SegmentDay[], c: ChartColors) {
  const points = pointsOf(days);
  const last = points.at(-1);
  return {
    grid: { left: 0, right: 56, top: 20, bottom: 4, ...roomForLabels },
    xAxis: {
      type: 'time',
      minInterval: 86_400_000,
      // A line of one day is drawn across that day.
      ...(points.length === 1 ? { min: at(points[0]?.date ?? '') - 86_400_000, max: at(points[0]?.date ?? '') + 86_400_000 } : {}),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: c.line } },
      splitLine: { show: false },
      axisLabel: { color: c.muted, hideOverlap: true, formatter: (ms: number) => shortDate(ms) },
    },
    yAxis: { type: 'value', min: 0, minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.muted, formatter: (n: number) => count(n) } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: c.paper,
      borderColor: c.line,
      textStyle: { color: c.ink, fontSize: 12 },
      valueFormatter: (n: unknown) => count(Number(n)),
    },
    series: [
      {
        type: 'line',
        name: 'People',
        step: 'end',
        data: points.map((p) => [at(p.date), p.size]),
        lineStyle: { color: c.accent, width: 2 },
        itemStyle: { color: c.accent },
        areaStyle: { color: c.accent, opacity: 0.08 },
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: points.length < 3,
        endLabel: { show: true, formatter: () => count(last?.size ?? 0), color: c.ink, fontSize: 13, fontWeight: 600 },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: c.muted, type: 'dashed' },
          label: { formatter: 'edited', color: c.muted, fontSize: 12 },
          data: days.filter((d) => d.edited).map((d) => ({ xAxis: at(d.date) })),
        },
      },
    ],
  };
}

/** A day's noon here, in Unix milliseconds, so that it is the same day in every zone. */
const at = (day: string) => new Date(`${day}T12:00:00`).getTime();
