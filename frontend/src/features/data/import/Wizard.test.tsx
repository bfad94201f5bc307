import { fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { noVocabulary } from '@/components/condition/vocabulary';
import type { ImportPlan, ImportRequest } from '@/lib/generated/api';
import { backend } from '@/testing/backend';
import { barriers, showAt } from '@/testing/render';
import { firstChoices } from './request';
import { Wizard } from './Wizard';

const column = (index: number, header: string, target: string, type: string, samples: string[], becomes: string[]) => ({ index, header, target, type, stated: false, samples, becomes, filled: 3, empty: 1, distinct: 3 });

/** Stands for the program: it asks for the order of day and month until it is told. */
function inspect(r: ImportRequest): ImportPlan {
  const told = r.date_order !== '';
  return {
    path: r.path, file: 'people.csv', size: 2048, kind: r.kind, delimiter: ';', encoding: 'utf-8', quote: '"', rows: 4, problem: '',
    columns: [column(0, 'Mail', 'email', 'text', ['a@x.example'], ['a@x.example']), column(1, 'Born', 'attribute:born', 'date', ['01/02/1990'], [told && r.date_order === 'dmy' ? '1990-02-01' : '1990-01-02'])],
    sample_rows: [['a@x.example', '01/02/1990']],
    bad_rows: [{ line: 5, column: 3, field: '', reason: 'the row has 3 cells, the header 2' }],
    bad_count: 1,
    questions: told ? [] : [{ field: 'date_order', message: 'In “Born”, does the day or the month come first?', options: [{ value: 'dmy', label: 'The day first', example: '01/02/1990 is 1 February 1990' }, { value: 'mdy', label: 'The month first', example: '01/02/1990 is 2 January 1990' }] }],
    targets: [{ value: 'email', label: 'E-mail address' }, { value: 'ignore', label: 'nothing' }],
  };
}

function Stage() {
  const [choices, setChoices] = useState(firstChoices('/up/people.csv'));
  return <Wizard choices={choices} onChange={setChoices} />;
}

it('asks what only a person knows, shows what becomes of it, and writes only then', async () => {
  const { calls } = backend({
    'Data.Inspect': inspect as never,
    'Segments.Vocabulary': () => ({ ...noVocabulary, purposes: ['marketing'] }),
    'Data.Start': () => ({ job: 'j1' }),
    'Jobs.List': () => [],
  });
  const { container } = await showAt('/data/import', <Stage />);
  const write = await screen.findByRole('button', { name: 'Import 4 rows' });
  expect(screen.getByText('Answer the question about dates first.')).toBeDefined();
  expect(write).toHaveProperty('disabled', true);
  expect(screen.getByText('after the answer above')).toBeDefined();
  expect(screen.getByText(/the row has 3 cells/)).toBeDefined();
  expect(await barriers(container)).toEqual([]);

  fireEvent.click(screen.getByRole('radio', { name: /The day first/ }));
  expect(await screen.findByText('1 Feb 1990')).toBeDefined();
  await waitFor(() => expect(write).toHaveProperty('disabled', false));

  fireEvent.click(await screen.findByRole('checkbox', { name: /agreed to marketing/ }));
  expect(screen.getByText('Say where people agreed to marketing.')).toBeDefined();
  fireEvent.change(screen.getByLabelText('Where they agreed to marketing'), { target: { value: 'the till' } });
  await waitFor(() => expect(write).toHaveProperty('disabled', false));
  fireEvent.click(write);
  await waitFor(() => expect(calls.find((c) => c.method === 'Data.Start')?.args[0]).toMatchObject({ date_order: 'dmy', consent: [{ purpose: 'marketing', source: 'the till' }], dry_run: false }));
}, 30_000);
