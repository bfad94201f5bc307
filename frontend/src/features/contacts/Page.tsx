import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconDatabaseImport, IconFilter, IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import { Page } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ColumnChooser } from '@/components/table/ColumnChooser';
import { DataTable } from '@/components/table/DataTable';
import { SearchField, Toolbar } from '@/components/toolbar/Toolbar';
import { useActions } from '@/lib/actions';
import { count, plural, share } from '@/lib/format';
import { useCurrency, useStatus } from '@/lib/status';
import { labelOf } from '@/lib/value';
import { NewContact } from './NewContact';
import { useColumns, useContactRows, useSegmentNames, useSentence } from './api';
import { choosable, tableColumns } from './columns';
import { useChosenColumns } from './useChosenColumns';

/** Everybody, or those of a segment, a condition or a search. The view is in the address. */
export default function ContactsPage() {
  const navigate = useNavigate();
  const view = useSearch({ strict: false }) as Record<string, string | undefined>;
  const change = (part: Record<string, string | undefined>) => void navigate({ to: '/contacts', search: { ...view, ...part }, replace: true });
  const [text, setText] = useState(view.q ?? '');
  const [search] = useDebouncedValue(text.trim(), 80);
  const columns = useColumns();
  const [chosen, setChosen] = useChosenColumns(columns.data);
  const segments = useSegmentNames();
  const currency = useCurrency();
  const total = useStatus().data?.contacts ?? 0;
  const sort = view.sort ? { key: view.sort.replace(/^-/, ''), descending: view.sort.startsWith('-') } : null;
  const rows = useContactRows({
    search,
    segment: view.segment ?? '',
    condition: view.condition ?? '',
    sort: sort?.key ?? '',
    descending: sort?.descending ?? false,
    columns: chosen,
  });
  const searchRef = useRef<HTMLInputElement>(null);
  const gridRef = useRef<HTMLDivElement>(null);
  const table = useMemo(() => tableColumns(chosen, columns.data ?? [], currency), [chosen, columns.data, currency]);
  useActions([{ name: 'contacts.search', label: 'Search contacts', keys: '/', section: 'Contacts', icon: IconSearch, perform: () => searchRef.current?.focus() }]);
  const segment = segments.data?.find((s) => s.slug === view.segment);
  const narrowed = search !== '' || Boolean(view.segment) || Boolean(view.condition);

  return (
    <Page
      title="Contacts"
      subtitle={rows.total === undefined ? ' ' : narrowed ? `${count(rows.total)} of ${plural(total, 'contact')} (${share(rows.total, total)})` : plural(rows.total, 'contact')}
      actions={
        <>
          <NewContact />
          <Button component={Link} to="/data" leftSection={<IconDatabaseImport size={15} />}>
            Import
          </Button>
        </>
      }
      toolbar={
        <Toolbar
          end={
            <ColumnChooser
              choices={choosable(columns.data ?? []).map((c) => ({ key: c.name, label: labelOf(c), about: total > 0 && c.filled >= 0 ? share(c.filled, total) : undefined }))}
              chosen={chosen}
              onChange={setChosen}
            />
          }
        >
          <SearchField ref={searchRef} value={text} onChange={setText} label="Search name, address, number" onDown={() => gridRef.current?.focus()} />
          <Select
            aria-label="Segment"
            placeholder="All contacts"
            leftSection={<IconFilter size={14} />}
            data={(segments.data ?? []).map((s) => ({ value: s.slug, label: s.name }))}
            value={view.segment ?? null}
            onChange={(slug) => change({ segment: slug ?? undefined })}
            clearable
            searchable
            w={220}
            nothingFoundMessage="No segment is called so"
          />
          {view.condition && <ConditionChip condition={view.condition} onRemove={() => change({ condition: undefined })} />}
        </Toolbar>
      }
      body="fill"
    >
      <DataTable
        label={segment ? `Contacts in ${segment.name}` : 'Contacts'}
        columns={table}
        rows={rows}
        sort={sort}
        onSort={(s) => change({ sort: s ? `${s.descending ? '-' : ''}${s.key}` : undefined })}
        onOpen={(r) => void navigate({ to: '/contacts/$id', params: { id: String(r.id) } })}
        gridRef={gridRef}
        empty={
          narrowed ? (
            <EmptyState
              title="Nobody is like that"
              drawing="people"
              action={
                <Button
                  onClick={() => {
                    setText('');
                    change({ segment: undefined, condition: undefined });
                  }}
                >
                  Show all {count(total)}
                </Button>
              }
            >
              No contact fits the search and the filter together.
            </EmptyState>
          ) : (
            <EmptyState
              title="No contacts yet"
              drawing="people"
              action={
                <Button component={Link} to="/data" variant="filled">
                  Import contacts
                </Button>
              }
            >
              Bring them from a CSV file of your shop or newsletter. Your list stays in this one file on your machine.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function ConditionChip({ condition, onRemove }: { condition: string; onRemove: () => void }) {
  const sentence = useSentence(condition);
  return (
    <Chip tone="accent" icon={<IconFilter size={12} />} onRemove={onRemove} removeLabel="Remove the condition">
      {sentence.data ?? 'A condition'}
    </Chip>
  );
}
