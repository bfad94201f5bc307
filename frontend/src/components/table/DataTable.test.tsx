import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { barriers, show } from '@/testing/render';
import { DataTable, type DataColumn, type Sort } from './DataTable';
import { pagesOf, type ServerRows } from './useServerPages';

interface Person {
  name: string;
  age: number;
}

const columns: DataColumn<Person>[] = [
  { key: 'name', label: 'Name', sortable: true, render: (p) => p.name },
  { key: 'age', label: 'Age', align: 'right', render: (p) => p.age },
];

function rowsOf(total: number, part: Partial<ServerRows<Person>> = {}): ServerRows<Person> {
  return { total, row: (i) => (i < total ? { name: `Person ${i}`, age: i } : undefined), onRange: () => {}, stale: false, error: null, retry: () => {}, ...part };
}

describe('DataTable', () => {
  it('draws a screenful of a million rows', () => {
    show(<DataTable label="People" columns={columns} rows={rowsOf(1_000_000)} />);
    const drawn = screen.getAllByRole('row').length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(60);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1000001');
  });

  it('moves by the keyboard and opens with Enter', () => {
    const onOpen = vi.fn();
    show(<DataTable label="People" columns={columns} rows={rowsOf(100)} onOpen={onOpen} />);
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'Enter']) fireEvent.keyDown(grid, { key });
    expect(onOpen).toHaveBeenCalledWith({ name: 'Person 2', age: 2 });
    fireEvent.keyDown(grid, { key: 'Home' });
    expect(grid.getAttribute('aria-activedescendant')).toMatch(/-0$/);
  });

  it('sorts up, down and not at all', () => {
    const seen: (Sort | null)[] = [];
    function Sorted() {
      const [sort, setSort] = useState<Sort | null>(null);
      return <DataTable label="People" columns={columns} rows={rowsOf(3)} sort={sort} onSort={(s) => { seen.push(s); setSort(s); }} />;
    }
    show(<Sorted />);
    for (let i = 0; i < 3; i++) fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(seen).toEqual([{ key: 'name', descending: false }, { key: 'name', descending: true }, null]);
    expect(screen.queryByRole('button', { name: 'Age' })).toBeNull();
  });

  it('says what to do when it is empty, and what failed', () => {
    const { rerender } = show(<DataTable label="People" columns={columns} rows={rowsOf(0)} empty={<p>Import some</p>} />);
    expect(screen.getByText('Import some')).toBeDefined();
    rerender(<></>);
    show(<DataTable label="People" columns={columns} rows={rowsOf(0, { error: new Error('the disk is gone') })} />);
    expect(screen.getByRole('alert').textContent).toContain('The disk is gone.');
  });

  it('has no barriers, loaded or loading', async () => {
    const { container } = show(<DataTable label="People" columns={columns} rows={rowsOf(30)} sort={{ key: 'name', descending: false }} onSort={() => {}} onOpen={() => {}} />);
    expect(await barriers(container)).toEqual([]);
    const loading = show(<DataTable label="People" columns={columns} rows={{ ...rowsOf(0), total: undefined }} />);
    expect(await barriers(loading.container)).toEqual([]);
  });
});

it('asks for the pages of what is seen, and the first for the total', () => {
  expect(pagesOf(0, 40, 100)).toEqual([0]);
  expect(pagesOf(480, 520, 100)).toEqual([0, 4, 5]);
  expect(pagesOf(0, -1, 100)).toEqual([0]);
});
