import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Chart, roomForLabels } from '@/components/chart/Chart';
import type { ChartColors } from '@/components/chart/colors';
import { Section } from '@/components/page/Page';
import { WorkProgress } from '@/components/progress/WorkProgress';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, dateTime, decimal } from '@/lib/format';
import type { Evaluation as Result, EvaluationScore } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import { startEvaluation, useEvaluated, useLastEvaluation } from './api';
import css from './recommendations.module.css';

const methods: Record<string, string> = { ours: 'Recommendations', cosine: 'Plain neighbours', popularity: 'Best sellers' };

/** Leaves out everybody's last order and tells how much of it would have been recommended. */
export function Evaluation() {
  const last = useLastEvaluation();
  const done = useEvaluated();
  const run = useRunJob<Result>(done);
  const result = run.result ?? last.data;
  return (
    <Section
      title="How well they tell what people buy next"
      aside={
        <Button onClick={() => run.start(startEvaluation)} loading={run.running}>
          {result?.at ? 'Test again' : 'Test on last orders'}
        </Button>
      }
    >
      <p className={css.lead}>Everybody’s last order is left out, products are recommended from what is left, and then the last order is looked at: how much of it was among the first ten?</p>
      {run.running && <WorkProgress label="Testing recommendations" job={run.job} onStop={run.cancel} />}
      {run.error && <ErrorState error={run.error} title="The test did not end" onRetry={() => run.start(startEvaluation)} />}
      {last.error && <ErrorState error={last.error} title="The last test could not be read" onRetry={() => void last.refetch()} />}
      {last.isPending && <LoadingRows rows={3} />}
      {result && result.at > 0 && <Told result={result} />}
    </Section>
  );
}

function Told({ result }: { result: Result }) {
  const [ours] = result.scores;
  if (result.people === 0 || !ours) return <p className={css.lead}>Nobody has ordered twice yet, so there is nothing to measure.</p>;
  const popular = result.scores.find((s) => s.method === 'popularity');
  return (
    <>
      <Picture result={result} />
      <p className={css.meaning}>
        Of {count(result.people)} people with two orders or more, {percent(ours.hit_rate)} got at least one product of their last order among the {result.top} recommended
        {popular && popular.recall > 0 && `; ${decimal(Math.round((ours.recall / popular.recall) * 10) / 10)} times as much of each order as by showing everybody the best sellers`}. Among products
        that were new to the person it is {percent(ours.new_hit_rate)}
        {popular && popular.new_recall > 0 && `, and ${decimal(Math.round((ours.new_recall / popular.new_recall) * 10) / 10)} times as much`}.
      </p>
      <p className={css.small}>
        {count(result.products)} products, tested {dateTime(result.at)} in {decimal(Math.round(result.ms / 100) / 10)} s.
      </p>
    </>
  );
}

const measures: { name: string; of: (s: EvaluationScore) => number }[] = [
  { name: 'Of the last order', of: (s) => s.recall },
  { name: 'Of what was new in it', of: (s) => s.new_recall },
];

function Picture({ result }: { result: Result }) {
  const scores = useMemo(() => [...result.scores].sort((a, b) => a.recall - b.recall), [result]);
  const option = useCallback(
    (c: ChartColors) => ({
      grid: { left: 0, right: 196, top: 8, bottom: 4, ...roomForLabels },
      xAxis: { type: 'value', show: false },
      yAxis: { type: 'category', data: measures.map((m) => m.name).reverse(), axisTick: { show: false }, axisLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.ink } },
      series: scores.map((s) => ({
        type: 'bar',
        name: methods[s.method] ?? s.method,
        data: measures.map((m) => m.of(s)).reverse(),
        barCategoryGap: '28%',
        itemStyle: { color: s.method === 'ours' ? c.accent : c.line, borderRadius: [0, 2, 2, 0] },
        label: { show: true, position: 'right', color: c.muted, formatter: ({ value }: { value: unknown }) => `${methods[s.method] ?? s.method} ${percent(Number(value))}` },
      })),
    }),
    [scores],
  );
  const table = useMemo(
    () => ({
      columns: ['Method', 'People with a hit', 'Recall', 'New: people with a hit', 'New: recall'],
      rows: result.scores.map((s) => [methods[s.method] ?? s.method, percent(s.hit_rate), percent(s.recall), percent(s.new_hit_rate), percent(s.new_recall)]),
    }),
    [result],
  );
  return <Chart label={`Part of the last order among the first ${result.top} products, by method`} option={option} table={table} height={208} />;
}

function percent(v: number): string {
  return `${decimal(Math.round(v * 1000) / 10)}%`;
}
