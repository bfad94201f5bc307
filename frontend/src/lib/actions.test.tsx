import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { show } from '@/testing/render';
import { useActions, useAllActions, type Action } from './actions';

function Adds({ actions }: { actions: Action[] }) {
  useActions(actions);
  return null;
}

function Lists() {
  return <p>{useAllActions().map((a) => a.label).join(', ')}</p>;
}

const press = (...keys: string[]) => keys.forEach((key) => fireEvent.keyDown(document.body, { key }));

describe('actions', () => {
  it('are performed by their keys, alone and in sequence', () => {
    const one = vi.fn();
    const two = vi.fn();
    show(<Adds actions={[{ name: 'a', label: 'A', keys: 'n', perform: one }, { name: 'b', label: 'B', keys: 'g c', perform: two }]} />);
    press('g', 'c');
    expect(two).toHaveBeenCalledOnce();
    press('c');
    expect(two).toHaveBeenCalledOnce();
    press('n');
    expect(one).toHaveBeenCalledOnce();
  });

  it('leave keys to the field that is typed in', () => {
    const one = vi.fn();
    show(
      <>
        <Adds actions={[{ name: 'a', label: 'A', keys: 'n', perform: one }]} />
        <input aria-label="name" />
      </>,
    );
    fireEvent.keyDown(screen.getByLabelText('name'), { key: 'n' });
    expect(one).not.toHaveBeenCalled();
  });

  it('of a page replace the shell’s and go with the page', () => {
    const shell = { name: 'new', label: 'New', perform: vi.fn() };
    function Window() {
      const [page, setPage] = useState(true);
      return (
        <>
          <Adds actions={[shell]} />
          {page && <Adds actions={[{ ...shell, label: 'New segment' }]} />}
          <Lists />
          <button onClick={() => setPage(false)}>leave</button>
        </>
      );
    }
    show(<Window />);
    expect(screen.getByText('New segment')).toBeDefined();
    fireEvent.click(screen.getByText('leave'));
    expect(screen.getByText('New')).toBeDefined();
  });

  it('perform with the newest state', () => {
    const seen: number[] = [];
    function Counter() {
      const [n, setN] = useState(0);
      useActions([{ name: 'a', label: 'A', keys: 'n', perform: () => seen.push(n) }]);
      return <button onClick={() => setN(n + 1)}>more</button>;
    }
    show(<Counter />);
    fireEvent.click(screen.getByText('more'));
    press('n');
    expect(seen).toEqual([1]);
  });
});
