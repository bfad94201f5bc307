import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { EmptyState } from '@/components/states/EmptyState';
import { DataTable, type DataColumn } from '@/components/table/DataTable';
import { SearchField, Toolbar } from '@/components/toolbar/Toolbar';
import { count, money } from '@/lib/format';
import type { Product } from '@/lib/generated/api';
import { openAddress } from '@/lib/native';
import { useCurrency } from '@/lib/status';
import { useCategories, useProducts } from './api';
import css from './data.module.css';
import { Feeds } from './feeds/Feeds';

/** The catalogue with its pictures. */
export function Products() {
  const currency = useCurrency();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 80);
  const [category, setCategory] = useState('');
  const categories = useCategories();
  const rows = useProducts(search, category);
  const gridRef = useRef<HTMLDivElement>(null);
  const [columns] = useState(() => columnsOf(currency));
  return (
    <div className={css.products}>
      <div className={css.productTools}>
        <Feeds />
        <Toolbar>
          <SearchField value={text} onChange={setText} label="Search by title or number" onDown={() => gridRef.current?.focus()} />
          <Select aria-label="Category" placeholder="All categories" data={(categories.data ?? []).map((c) => ({ value: c.name, label: `${c.name} (${count(c.count)})` }))} value={category || null} onChange={(c) => setCategory(c ?? '')} clearable searchable w={220} />
        </Toolbar>
      </div>
      <DataTable
        label="Products"
        columns={columns}
        rows={rows}
        gridRef={gridRef}
        onOpen={(p) => {
          if (p.url) void openAddress(p.url);
        }}
        empty={
          search || category ? (
            <EmptyState title="No product is like that" drawing="sheet" />
          ) : (
            <EmptyState
              title="No products yet"
              drawing="sheet"
              action={
                <Button component={Link} to="/data/import" variant="filled">
                  Import products
                </Button>
              }
            >
              With a catalogue, an e-mail can show products with their pictures and prices, each person their own.
            </EmptyState>
          )
        }
      />
    </div>
  );
}

function columnsOf(currency: string): DataColumn<Product>[] {
  return [
    { key: 'image', label: 'Picture', width: 56, grow: 0.01, render: (p) => <Picture product={p} /> },
    { key: 'title', label: 'Title', width: 220, grow: 3, render: (p) => <span className={css.name}>{p.title || p.sku}</span> },
    { key: 'sku', label: 'Number', width: 100, render: (p) => p.sku },
    { key: 'category', label: 'Category', width: 120, render: (p) => p.category },
    { key: 'price', label: 'Price', width: 90, align: 'right', render: (p) => p.price && money(p.price, currency) },
    { key: 'stock', label: 'In stock', width: 80, align: 'right', render: (p) => (p.gone ? <span className={css.muted}>not in its feed</span> : p.stock < 0 ? <span className={css.muted}>unknown</span> : p.stock === 0 ? <span className={css.bad}>none</span> : count(p.stock)) },
  ];
}

/** Pictures kept in the workspace are shown; those of the web are not fetched by merely looking. */
function Picture({ product }: { product: Product }) {
  if (!product.image.startsWith('/asset/')) return <span className={css.noPicture} aria-hidden />;
  return <img className={css.picture} src={product.image} alt="" loading="lazy" />;
}
