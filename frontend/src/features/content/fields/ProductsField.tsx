import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useCategories, useSavedRecommendations } from '../api';
import { listingOf, sourceOf } from './form';
import css from './fields.module.css';

const sources = [
  { value: 'recommendations', label: 'What suits each person' },
  { value: 'bought_together', label: 'Bought together with what they have' },
  { value: 'viewed_together', label: 'Looked at together' },
  { value: 'same_category', label: 'Of the categories they like' },
  { value: 'recently_viewed', label: 'What they looked at lately' },
  { value: 'back_in_stock', label: 'Back in stock' },
  { value: 'trending', label: 'Selling well now' },
  { value: 'newest', label: 'The newest' },
  { value: 'category', label: 'Of a category' },
  { value: 'skus', label: 'These products' },
  { value: 'recommendation', label: 'A way of your own' },
];

/** Where the products of a block come from. */
export function ProductsField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const listing = listingOf(value);
  const categories = useCategories(listing.from === 'category');
  const saved = useSavedRecommendations(listing.from === 'recommendation');
  return (
    <div className={css.form}>
      <Select label={label} data={sources} value={listing.from === 'for_you' ? 'recommendations' : listing.from} allowDeselect={false} onChange={(from) => from && onChange(sourceOf({ from, which: from === listing.from ? listing.which : '' }))} />
      {listing.from === 'category' && (
        <Autocomplete label="Category" size="xs" data={categories.data ?? []} value={listing.which} onChange={(which) => onChange(sourceOf({ from: 'category', which }))} />
      )}
      {listing.from === 'skus' && (
        <TextInput label="Numbers" description="SKUs with commas between them, in the order in which they are shown" value={listing.which} onChange={(e) => onChange(sourceOf({ from: 'skus', which: e.currentTarget.value }))} />
      )}
      {listing.from === 'recommendation' && (
        <Select
          label="Way of choosing"
          description={saved.data?.length === 0 ? 'There is none yet; add one under Data, Recommendations' : undefined}
          data={saved.data ?? []}
          value={listing.which || null}
          onChange={(which) => onChange(sourceOf({ from: 'recommendation', which: which ?? '' }))}
        />
      )}
    </div>
  );
}
