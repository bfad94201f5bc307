import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useCategories } from '../api';
import { listingOf, sourceOf, type Listing } from './form';
import css from './fields.module.css';

const sources = [
  { value: 'recommendations', label: 'What suits each person' },
  { value: 'newest', label: 'The newest' },
  { value: 'category', label: 'Of a category' },
  { value: 'skus', label: 'These products' },
];

/** Where the products of a block come from. */
export function ProductsField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const listing = listingOf(value);
  const categories = useCategories(listing.from === 'category');
  return (
    <div className={css.form}>
      <Select
        label={label}
        data={sources}
        value={listing.from}
        allowDeselect={false}
        onChange={(from) => from && onChange(sourceOf({ from: from as Listing['from'], which: from === listing.from ? listing.which : '' }))}
      />
      {listing.from === 'category' && (
        <Autocomplete label="Category" size="xs" data={categories.data ?? []} value={listing.which} onChange={(which) => onChange(sourceOf({ from: 'category', which }))} />
      )}
      {listing.from === 'skus' && (
        <TextInput label="Numbers" description="SKUs with commas between them, in the order in which they are shown" value={listing.which} onChange={(e) => onChange(sourceOf({ from: 'skus', which: e.currentTarget.value }))} />
      )}
    </div>
  );
}
