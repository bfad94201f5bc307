import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Column } from '@/lib/generated/api';
import { useStatus } from '@/lib/status';
import { usualColumns } from './columns';

/** The columns a person chose for this workspace, kept on this machine. */
export function useChosenColumns(columns: Column[] | undefined): [string[], (chosen: string[]) => void] {
  const workspace = useStatus().data?.uuid ?? '';
  const [kept, setKept] = useLocalStorage<string[] | null>({ key: `columns ${workspace}`, defaultValue: null, getInitialValueInEffect: false });
  const chosen = useMemo(() => {
    if (!columns) return [];
    const known = new Set(columns.map((c) => c.name));
    return kept?.filter((name) => known.has(name)) ?? usualColumns(columns);
  }, [columns, kept]);
  return [chosen, setKept];
}
